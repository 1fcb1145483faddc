import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readIssueFile } from '../newspaper/read.js';
import { diskFiles, type FileOperations, fileFault, markFile, temporaryName } from '../store/files.js';
import { GenerationWriter } from '../store/generation-writer.js';
import { type Manifest, RECIPE, readManifest, writeManifest } from '../store/manifest.js';
import { VECTORS, VectorStore } from '../store/vectors.js';
import { embedMissing } from './embed.js';
import { writeGraph } from './graph.js';
import { reasonOf, type Scan } from './scan.js';
import type { Skipped } from './skipped.js';
import { clearLeftovers, type State } from './state.js';
import type { IndexReport, UpdateOptions } from './types.js';
import { workIssue } from './work-issue.js';

/** Which files a run takes in and out. */
interface Changes {
	readonly added: readonly string[];
	readonly changed: readonly string[];
	readonly removed: readonly string[];
	readonly unchanged: number;
}

/** Writes the next generation beside the published one and publishes it; the caller holds the lock. */
export async function writeGeneration(options: UpdateOptions, state: State, scan: Scan): Promise<IndexReport> {
	const { indexDir, onStep = () => {}, files = diskFiles } = options;
	const name = `wenqu-${String(state.next).padStart(6, '0')}`;
	const path = join(indexDir, `${name}.sqlite`);
	const temporary = temporaryName(path);
	const base = usableBase(options, state);
	let writer: GenerationWriter | undefined;
	let vectors: VectorStore | undefined;
	try {
		if (base) files.copy(join(indexDir, base.database.name), temporary);
		onStep('copied');
		writer = new GenerationWriter(temporary, !base);
		const before = writer.labels();
		const changes = changesBetween(writer.issues(), scan.files);
		const skipped = await takeIn(options, writer, changes);
		onStep('worked');
		vectors = VectorStore.open(
			indexDir,
			{ mark: state.manifest?.vectorStore ?? null, lastLabel: state.manifest?.lastLabel ?? 0 },
			(line) => options.onWarning?.(line),
		);
		const model = await embedMissing(options, writer, vectors);
		onStep('embedded');
		writer.linkVectors(join(indexDir, VECTORS), model.id);
		const labels = writer.labels();
		vectors.sweep(labels, state.next);
		onStep('linked');
		const hnsw = writeGraph({ dir: indexDir, name: `${name}.hnsw`, base, before, labels, vectors, files });
		onStep('graph');
		const lastLabel = vectors.lastLabel();
		vectors.finish();
		const manifest = {
			format: 1,
			recipe: RECIPE,
			generation: state.next,
			published: new Date().toISOString(),
			counts: writer.counts(),
			contents: writer.contents().length,
			vectors: labels.size,
			lastLabel,
			newestDate: writer.newestDate(),
			model: labels.size > 0 ? model.id : null,
			sources: scan.digest,
			hnsw,
		};
		writer.finish();
		files.sync(temporary);
		onStep('finished');
		files.rename(temporary, path);
		files.sync(dirname(path));
		onStep('renamed');
		const published: Manifest = {
			...manifest,
			database: markFile(indexDir, `${name}.sqlite`),
			vectorStore: markFile(indexDir, VECTORS),
		};
		writeManifest(indexDir, published, files);
		onStep('published');
		clearQuietly(indexDir, published);
		return reportOf(published, changes, model.embedded, [...scan.skipped, ...skipped]);
	} catch (error) {
		writer?.abandon();
		vectors?.abandon();
		// The manifest's rename may be done and only what follows have failed: then these files are the index.
		if (isPublished(indexDir, state.next)) throw error;
		for (const left of [temporary, path, join(indexDir, `${name}.hnsw`)]) removeQuietly(left, files);
		throw error;
	}
}

/** The generation that can be copied and changed: of the same making, and whole. */
function usableBase({ indexDir, rebuild }: UpdateOptions, { manifest }: State): Manifest | null {
	if (!manifest || rebuild || manifest.recipe !== RECIPE) return null;
	return fileFault(indexDir, manifest.database) ? null : manifest;
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
	for (const [done, file] of fresh.entries()) {
		options.onProgress?.({ label: '读报', done, total: fresh.length, unit: 'issues' });
		try {
			const issue = await readIssueFile(options.seedsDir, file);
			const { gaps, articles } = workIssue(issue);
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

/** Whether the manifest names this generation, or may do so for all one can tell. */
function isPublished(dir: string, generation: number): boolean {
	try {
		return readManifest(dir)?.generation === generation;
	} catch {
		return true;
	}
}

/** The old generation's files are cleared away by whoever can; the new one is published whether they go or not. */
function clearQuietly(dir: string, manifest: Manifest): void {
	try {
		clearLeftovers(dir, manifest);
	} catch {
		// The next writer clears them away.
	}
}

/** A run that failed may have failed because nothing can be written or removed any more; its own error is the one to tell. */
function removeQuietly(path: string, files: FileOperations): void {
	try {
		files.remove(path);
		rmSync(`${path}-journal`, { force: true });
	} catch {
		// The next writer clears it away.
	}
}
