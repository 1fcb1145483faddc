import { type App, keepingOf, openApp, type Reporter } from '../app.js';
import { type Flags, readSettings, type Settings } from '../config.js';
import { UsageError } from '../errors.js';
import type { Keeping } from '../keeping.js';
import { progressOn } from './progress.js';
import type { Terminal } from './terminal.js';

/** The settings that the flags of a command give. */
export function settingsOf(flags: Readonly<Record<string, unknown>>): Settings {
	const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
	const onOff = (value: unknown): boolean | undefined => (typeof value === 'boolean' ? value : undefined);
	const given: Flags = {
		seeds: text(flags['seeds']),
		index: text(flags['index']),
		data: text(flags['data']),
		llm: onOff(flags['llm']),
	};
	return readSettings(given);
}

/** The same for a command on the files of an index of this machine. Throws a UsageError where a cluster keeps the index. */
export function embeddedSettingsOf(flags: Readonly<Record<string, unknown>>): Settings {
	const settings = settingsOf(flags);
	if (settings.cluster)
		throw new UsageError('索引在集群里：备份和恢复请用 OpenSearch 的快照，或先用 wenqu migrate 搬到本机。');
	return settings;
}

/** Reports progress and warnings on standard error. */
export function reporterOn(terminal: Terminal): Reporter & { done(): void } {
	const progress = progressOn(terminal);
	return {
		progress,
		warn: (line) => {
			progress.done();
			terminal.err(line);
		},
		done: () => progress.done(),
	};
}

/** Opens wenqu for a command, uses it, and closes it whatever happens. */
export async function withApp<T>(
	flags: Readonly<Record<string, unknown>>,
	terminal: Terminal,
	use: (app: App) => Promise<T>,
): Promise<T> {
	const reporter = reporterOn(terminal);
	const app = await openApp(settingsOf(flags), reporter);
	reporter.done();
	try {
		return await use(app);
	} finally {
		app.close();
	}
}

/** Opens the place where the index is kept, for a command that works on the index itself. */
export async function withKeeping<T>(
	flags: Readonly<Record<string, unknown>>,
	terminal: Terminal,
	use: (keeping: Keeping, done: () => void) => Promise<T>,
): Promise<T> {
	const reporter = reporterOn(terminal);
	const keeping = await keepingOf(settingsOf(flags), reporter, true);
	try {
		return await use(keeping, reporter.done);
	} finally {
		keeping.close();
	}
}
