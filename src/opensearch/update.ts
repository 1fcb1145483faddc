import { MODEL_ID } from '../embedding/model.js';
import { runOf } from '../indexing/last-run.js';
import { digestOf, reasonOf, type Scan, scanSources } from '../indexing/scan.js';
import type { Skipped } from '../indexing/skipped.js';
import { SourceNotes } from '../indexing/sources.js';
import type { IndexReport, UpdateOptions } from '../indexing/types.js';
import { workIssue } from '../indexing/work-issue.js';
import { readIssueFile } from '../newspaper/read.js';
import { RECIPE } from '../store/manifest.js';
import { documentsOf } from './documents.js';
import { ClusterGeneration } from './generation.js';
import { prepareIndexes, USUAL_DIMENSION } from './indexes.js';
import { IssueVersions } from './issue-versions.js';
import { Lease, writeFailure } from './lease.js';
import { type ClusterPlace, onlyNamespace } from './place.js';
import { type NamespaceState, readState } from './state.js';
import { computedBy, type PassageVectors } from './stored-vectors.js';

/** How to bring a cluster's index up to date: as the embedded one, but that nothing is written on this machine. */
export type ClusterUpdateOptions = Pick<
	UpdateOptions,
	'seedsDir' | 'indexDir' | 'embedder' | 'tagger' | 'rebuild' | 'wait' | 'onProgress'
> & {
	/** A folder without issue files empties nothing: it may not be mounted, and others answer from the namespace. */
	readonly sparesAll?: boolean;
	/** Vectors that are there already, in the place of the embedder's. */
	readonly vectors?: () => Promise<PassageVectors | null>;
};

/**
 * Brings a namespace up to date with the issue files: only what changed is worked on. Readers see all of it at once or,
 * whatever happens, nothing. Throws an IndexBusyError while another process writes the same namespace, a ClusterError
 * where the cluster does not take it.
 */
export async function updateCluster(place: ClusterPlace, options: ClusterUpdateOptions): Promise<IndexReport> {
	const started = performance.now();
	const namespace = onlyNamespace(place.settings);
	const notes = new SourceNotes(options.indexDir, options.seedsDir);
	const scan = await scanSources(options.seedsDir, notes);
	notes.save([...scan.files.keys()]);
	const seen = await readState(place.cluster, namespace);
	if (seen && options.sparesAll && scan.files.size === 0) return quietReport(seen.state, scan, started);
	if (seen && !(await needsWork(seen.state, scan, options))) return quietReport(seen.state, scan, started);
	try {
		const vectors = await vectorsOf(options);
		const dimension = vectors?.dimension ?? (seen?.state.dimension || USUAL_DIMENSION);
		await prepareIndexes(place.cluster, dimension, place.settings.shards);
		const fresh = { recipe: RECIPE, dimension };
		const lease = await Lease.take(place.cluster, namespace, fresh, options.wait ?? false);
		return await write(place, namespace, lease, vectors, dimension, options, started);
	} catch (error) {
		throw writeFailure(error);
	}
}

async function write(
	{ cluster }: ClusterPlace,
	namespace: string,
	lease: Lease,
	vectors: PassageVectors | null,
	dimension: number,
	options: ClusterUpdateOptions,
	started: number,
): Promise<IndexReport> {
	const seconds = (): number => Math.round(performance.now() - started) / 1000;
	try {
		// Files may have changed while another writer was waited for.
		const scan = await scanSources(options.seedsDir, new SourceNotes(options.indexDir, options.seedsDir));
		const generation = new ClusterGeneration(cluster, namespace, lease, vectors, dimension);
		await generation.heal();
		const before = lease.state;
		const isAnew = options.rebuild === true || before.recipe !== RECIPE || before.dimension !== dimension;
		const old = await IssueVersions.read(cluster, namespace, before, vectors?.id ?? null);
		const { added, changed, removed, again } = old.against(scan.files, isAnew);
		await generation.retire([...removed, ...changed, ...again]);
		const fresh = [...added, ...changed, ...again].sort();
		const skipped = await takeIn(generation, { namespace, generation: lease.generation }, fresh, options);
		const left = new Set(skipped.map(({ file }) => file));
		const model = vectors?.id ?? before.model;
		const taken = (files: readonly string[]): string[] => files.filter((file) => !left.has(file));
		const issues = { added: taken(added), changed: taken(changed), removed };
		const lastRun = runOf({ issues, embedded: generation.embedded }, seconds());
		const state = await generation.publish({ recipe: RECIPE, sources: digestOf(scan.files, left), model, lastRun });
		return {
			issues: { ...issues, unchanged: scan.files.size - added.length - changed.length },
			...{ articles: state.counts.articles, chunks: state.counts.passages, model: state.model },
			...{ embedded: generation.embedded, reused: state.vectors - generation.embedded },
			...{ seconds: seconds(), skipped: [...scan.skipped, ...skipped] },
		};
	} catch (error) {
		const told = writeFailure(error);
		const lastRun = runOf(told instanceof Error ? told : new Error(), seconds());
		await lease.abandon((state) => ({ ...state, lastRun }));
		throw told;
	}
}

/** Reads the files one after the other and hands their documents on. One that cannot be read after all is left out, and said so. */
async function takeIn(
	generation: ClusterGeneration,
	at: { readonly namespace: string; readonly generation: number },
	files: readonly string[],
	{ seedsDir, tagger: openTagger, onProgress }: ClusterUpdateOptions,
): Promise<Skipped[]> {
	const skipped: Skipped[] = [];
	const tagger = files.length > 0 && openTagger ? await openTagger() : null;
	for (const [done, file] of files.entries()) {
		onProgress?.({ label: '读报', done, total: files.length, unit: 'issues' });
		const issue = await readIssueFile(seedsDir, file).catch((error: unknown) => {
			skipped.push({ file, message: reasonOf(error) });
			return null;
		});
		if (!issue) continue;
		const { gaps, articles } = await workIssue(issue, tagger);
		await generation.add(documentsOf(at, issue, gaps, articles));
	}
	if (files.length > 0) onProgress?.({ label: '读报', done: files.length, total: files.length, unit: 'issues' });
	return skipped;
}

async function vectorsOf({ vectors, embedder }: ClusterUpdateOptions): Promise<PassageVectors | null> {
	if (vectors) return vectors();
	const opened = await embedder();
	return opened && computedBy(opened);
}

/** Whether the published generation is not what it should be. The model is asked for last: it is dear. */
async function needsWork(state: NamespaceState, scan: Scan, options: ClusterUpdateOptions): Promise<boolean> {
	if (options.rebuild || state.generation === 0 || state.recipe !== RECIPE || state.sources !== scan.digest)
		return true;
	const isWhole = state.vectors === state.counts.passages;
	if (isWhole && (state.model === MODEL_ID || state.counts.passages === 0)) return false;
	const vectors = await vectorsOf(options);
	return vectors !== null && (!isWhole || vectors.id !== state.model);
}

function quietReport(state: NamespaceState, scan: Scan, started: number): IndexReport {
	return {
		issues: { added: [], changed: [], removed: [], unchanged: scan.files.size },
		...{ articles: state.counts.articles, chunks: state.counts.passages, embedded: 0, reused: state.vectors },
		...{ model: state.model, seconds: Math.round(performance.now() - started) / 1000, skipped: scan.skipped },
	};
}
