import { BaseDatabase } from '../store/base-database.js';
import { faultAtAGlance, fileFault } from '../store/files.js';
import { GRAPH_FROM } from '../store/load-vectors.js';
import { type Manifest, RECIPE } from '../store/manifest.js';
import type { Scan } from './scan.js';
import { baseTally } from './tally.js';
import type { UpdateOptions } from './types.js';

/**
 * From so many passages on, issues that come are kept in a second, small database: copying the large one and summing
 * it would take longer than reading them. Below, one file is simpler and as quick: docs/performance.md.
 */
export const SPLIT_FROM = 20_000;
/** With more issues in it the small database goes into the large one: two months of a daily paper. */
export const RECENT_MOST = 64;

/** What a run begins with. */
export interface Plan {
	/** The generation that is taken on; null where everything is made anew. */
	readonly base: Manifest | null;
	/** Its large database, where that stays as it is and only the small one is written. */
	readonly beside: BaseDatabase | null;
}

/** Chooses the least work that gives what a rebuild gives. The caller closes `beside`. */
export async function planOf(options: UpdateOptions, manifest: Manifest | null, scan: Scan): Promise<Plan> {
	if (!manifest || options.rebuild || manifest.recipe !== RECIPE) return { base: null, beside: null };
	const { indexDir } = options;
	const beside = (await canStay(options, manifest)) ? unchangedBase(indexDir, manifest, scan) : null;
	if (beside) return { base: manifest, beside };
	if (fileFault(indexDir, manifest.database)) return { base: null, beside: null };
	const isWhole = manifest.recent === null || fileFault(indexDir, manifest.recent) === null;
	// A small database that is damaged is left out: its issues are read again.
	return { base: isWhole ? manifest : { ...manifest, recent: null }, beside: null };
}

/** Whether the large database is worth leaving alone and everything it points to is in place. Dear questions come last. */
async function canStay(options: UpdateOptions, manifest: Manifest): Promise<boolean> {
	const { indexDir, splitFrom = SPLIT_FROM, graphFrom = GRAPH_FROM } = options;
	const { database, recent, vectorStore, hnsw, vectors, contents, model } = manifest;
	if (baseTally(manifest).passages < splitFrom || hnsw !== null || vectors >= graphFrom) return false;
	if (model !== null && vectors < contents) return false;
	if (faultAtAGlance(indexDir, database) || (recent && fileFault(indexDir, recent))) return false;
	if (vectorStore === null || fileFault(indexDir, vectorStore)) return false;
	const embedder = await options.embedder();
	return embedder === null || embedder.id === model;
}

/** The large database, if every issue in it is as it was and few have come since. */
function unchangedBase(dir: string, { database }: Manifest, { files }: Scan): BaseDatabase | null {
	const base = new BaseDatabase(dir, database.name);
	const known = base.issues();
	if (files.size - known.size <= RECENT_MOST && [...known].every(([file, sha256]) => files.get(file) === sha256))
		return base;
	base.close();
	return null;
}
