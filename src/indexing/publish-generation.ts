import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type BaseDatabase, NO_IDS } from '../store/base-database.js';
import { diskFiles, type FileOperations, lookOf, markFile, temporaryName } from '../store/files.js';
import { GenerationWriter } from '../store/generation-writer.js';
import { GRAPH_FROM } from '../store/load-vectors.js';
import { type Manifest, RECIPE, readManifest, writeManifest } from '../store/manifest.js';
import { VECTORS, VectorStore } from '../store/vectors.js';
import { writeGraph } from './graph.js';
import { clearLeftovers, type State } from './state.js';
import { baseTally, sumOf, tallyOf } from './tally.js';
import type { UpdateOptions } from './types.js';

/** What goes into a generation; the rest, from the graph to the manifest, is the same for all. */
export interface GenerationWork {
	/** Puts the database to begin with at this path, or gives false: then it begins empty. */
	begin(path: string, files: FileOperations): boolean;
	/** Brings the rows to what they shall be. */
	fill(writer: GenerationWriter): Promise<void>;
	/**
	 * Sees to it that the vectors are stored, and says of which model they are. `known` is the model by which every passage
	 * that was there before has its vector; null where that is not certain.
	 */
	embed(writer: GenerationWriter, vectors: VectorStore, known: string | null): Promise<string | null>;
	/** The large database of the published generation, where only the small one beside it is written. */
	readonly beside?: BaseDatabase | null;
	/** The generation whose graph is taken on, and the labels it stood for (else: those of the database begun with). */
	readonly base: Manifest | null;
	readonly before?: ReadonlySet<number>;
	/** Digest over the issue files that the rows come from; asked for when they are filled in. */
	sources(): string;
}

/** Writes the next generation beside the published one and publishes it; the caller holds the lock. */
export async function publishGeneration(
	options: Pick<UpdateOptions, 'indexDir' | 'onStep' | 'onWarning' | 'files' | 'graphFrom'>,
	state: State,
	work: GenerationWork,
): Promise<Manifest> {
	const { indexDir, onStep = () => {}, files = diskFiles, graphFrom: from = GRAPH_FROM } = options;
	const { beside = null } = work;
	const kept = beside ? state.manifest : null;
	const name = `wenqu-${String(state.next).padStart(6, '0')}`;
	const path = join(indexDir, `${name}.sqlite`);
	const temporary = temporaryName(path);
	let writer: GenerationWriter | undefined;
	let vectors: VectorStore | undefined;
	try {
		const isCopy = work.begin(temporary, files);
		onStep('copied');
		writer = new GenerationWriter(temporary, { isFresh: !isCopy, after: beside?.lastIds ?? NO_IDS });
		const before = work.before ?? writer.labels();
		await work.fill(writer);
		onStep('worked');
		vectors = VectorStore.open(
			indexDir,
			{ mark: state.manifest?.vectorStore ?? null, lastLabel: state.manifest?.lastLabel ?? 0 },
			(line) => options.onWarning?.(line),
		);
		const known = isCopy && !vectors.isSuspect ? knownModel(work) : null;
		const model = await work.embed(writer, vectors, known);
		onStep('embedded');
		writer.linkVectors(join(indexDir, VECTORS), model, { onlyNew: known !== null && known === model });
		const labels = writer.labels();
		const isUsed = (label: number): boolean => labels.has(label) || (beside?.pointsTo(label) ?? false);
		vectors.sweep(isUsed, state.next, beside ? [...before] : undefined);
		onStep('linked');
		const { base } = work;
		const graph = { dir: indexDir, name: `${name}.hnsw`, base, before, labels, vectors, files, from };
		const hnsw = beside ? null : writeGraph(graph);
		onStep('graph');
		const lastLabel = vectors.lastLabel();
		vectors.finish();
		const own = tallyOf(writer, labels, beside);
		const all = sumOf(own, kept && baseTally(kept));
		const { issues, articles, passages } = all;
		const manifest = {
			format: 1,
			recipe: RECIPE,
			generation: state.next,
			published: new Date().toISOString(),
			counts: { issues, articles, passages },
			contents: all.contents,
			vectors: all.vectors,
			lastLabel,
			newestDate: newest(writer.newestDate(), beside?.newestDate() ?? null),
			model: all.vectors > 0 ? model : null,
			sources: work.sources(),
			hnsw,
		};
		writer.finish();
		files.sync(temporary);
		onStep('finished');
		files.rename(temporary, path);
		files.sync(dirname(path));
		onStep('renamed');
		const written = markFile(indexDir, `${name}.sqlite`);
		const database = kept?.database ?? written;
		const published: Manifest = {
			...manifest,
			database: { ...database, look: lookOf(indexDir, database.name) },
			recent: kept && { ...written, ...own },
			vectorStore: markFile(indexDir, VECTORS),
		};
		writeManifest(indexDir, published, files);
		onStep('published');
		clearQuietly(indexDir, published);
		return published;
	} catch (error) {
		writer?.abandon();
		vectors?.abandon();
		// The manifest's rename may be done and only what follows have failed: then these files are the index.
		if (isPublished(indexDir, state.next)) throw error;
		for (const left of [temporary, path, join(indexDir, `${name}.hnsw`)]) removeQuietly(left, files);
		throw error;
	}
}

/** The later of two dates (YYYY-MM-DD), where there are any. */
function newest(a: string | null, b: string | null): string | null {
	return a === null || (b !== null && b > a) ? b : a;
}

/** The model whose vectors all passages of the generation begun with point to; null where some may not. */
function knownModel({ base, before }: GenerationWork): string | null {
	const isOwn = base !== null && before === undefined;
	return isOwn && base.vectors === base.contents ? base.model : null;
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
