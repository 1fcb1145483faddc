import { join } from 'node:path';
import { readIssueFile } from '../newspaper/read.js';
import type { GenerationWriter } from '../store/generation-writer.js';
import type { Manifest } from '../store/manifest.js';
import { embedMissing } from './embed.js';
import { planOf } from './plan.js';
import { type GenerationWork, publishGeneration } from './publish-generation.js';
import { digestOf, reasonOf, type Scan } from './scan.js';
import type { Skipped } from './skipped.js';
import type { State } from './state.js';
import type { IndexReport, UpdateOptions } from './types.js';
import { workIssue } from './work-issue.js';

/** Which files a run takes in and out. */
interface Changes {
	readonly added: readonly string[];
	readonly changed: readonly string[];
	readonly removed: readonly string[];
	readonly unchanged: number;
}

/** Writes the generation that stands for the issue files as they were scanned; the caller holds the lock. */
export async function writeGeneration(options: UpdateOptions, state: State, scan: Scan): Promise<IndexReport> {
	const { indexDir } = options;
	const { base, beside } = await planOf(options, state.manifest, scan);
	let changes: Changes = { added: [], changed: [], removed: [], unchanged: 0 };
	let skipped: readonly Skipped[] = [];
	let embedded = 0;
	const work: GenerationWork = {
		base,
		beside,
		// A file that could not be read after all is not in the index: the next run must not take it for known.
		sources: () => digestOf(scan.files, new Set(skipped.map(({ file }) => file))),
		begin(path, files) {
			const copied = beside ? base?.recent : base?.database;
			if (copied) files.copy(join(indexDir, copied.name), path);
			return Boolean(copied);
		},
		async fill(writer) {
			if (base?.recent && !beside) writer.absorb(join(indexDir, base.recent.name));
			changes = changesBetween(new Map([...(beside?.issues() ?? []), ...writer.issues()]), scan.files);
			skipped = await takeIn(options, writer, changes);
		},
		async embed(writer, vectors, known) {
			const model = await embedMissing(options, writer, vectors, known);
			embedded = model.embedded;
			// What stays points to vectors of this model.
			return beside && base ? base.model : model.id;
		},
	};
	try {
		const manifest = await publishGeneration(options, state, work);
		return reportOf(manifest, changes, embedded, [...scan.skipped, ...skipped]);
	} finally {
		beside?.close();
	}
}

function changesBetween(old: ReadonlyMap<string, string>, now: ReadonlyMap<string, string>): Changes {
	const added = [...now.keys()].filter((file) => !old.has(file));
	const changed = [...now].filter(([file, sha256]) => old.has(file) && old.get(file) !== sha256).map(([file]) => file);
	const removed = [...old.keys()].filter((file) => !now.has(file)).sort();
	return { added, changed, removed, unchanged: now.size - added.length - changed.length };
}

/** Takes the changed files out and in. One that cannot be read after all is left out, and said so. */
async function takeIn(options: UpdateOptions, writer: GenerationWriter, changes: Changes): Promise<Skipped[]> {
	const skipped: Skipped[] = [];
	for (const file of [...changes.removed, ...changes.changed]) writer.removeIssue(file);
	writer.removalsDone();
	const fresh = [...changes.added, ...changes.changed].sort();
	const tagger = fresh.length > 0 && options.tagger ? await options.tagger() : null;
	for (const [done, file] of fresh.entries()) {
		options.onProgress?.({ label: '读报', done, total: fresh.length, unit: 'issues' });
		try {
			const issue = await readIssueFile(options.seedsDir, file);
			const { gaps, articles } = await workIssue(issue, tagger);
			writer.addIssue(issue, gaps, articles);
		} catch (error) {
			skipped.push({ file, message: reasonOf(error) });
		}
	}
	writer.additionsDone();
	if (fresh.length > 0)
		options.onProgress?.({ label: '读报', done: fresh.length, total: fresh.length, unit: 'issues' });
	return skipped;
}

function reportOf(manifest: Manifest, changes: Changes, embedded: number, skipped: readonly Skipped[]): IndexReport {
	const left = new Set(skipped.map(({ file }) => file));
	const taken = (files: readonly string[]): string[] => files.filter((file) => !left.has(file));
	return {
		issues: { ...changes, added: taken(changes.added), changed: taken(changes.changed) },
		articles: manifest.counts.articles,
		chunks: manifest.counts.passages,
		embedded,
		reused: manifest.vectors - embedded,
		model: manifest.model,
		seconds: 0,
		skipped,
	};
}
