import { type App, openApp, type Reporter } from '../app.js';
import { type Flags, readSettings, type Settings } from '../config.js';
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
