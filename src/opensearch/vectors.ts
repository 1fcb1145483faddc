import type { ClusterStore } from './cluster-store.js';
import { search } from './search.js';

/** Up to so many passages every one is compared: exact, and a matter of milliseconds. */
const EXACT_MOST = 5_000;

/** A question as numbers. */
export interface QueryVector {
	readonly model: string;
	readonly numbers: Float32Array;
}

/** A passage near a question. */
export interface Near {
	readonly id: string;
	readonly source: unknown;
	readonly cosine: number;
}

/** The passages nearest to a question: all compared where they are few, by the graph where they are many. */
export async function nearestOf(
	store: ClusterStore,
	index: string,
	{ model, numbers }: QueryVector,
	limit: number,
): Promise<readonly Near[]> {
	const filter = { bool: { filter: [store.filter, { term: { model } }] } };
	const query =
		store.counts.passages <= EXACT_MOST
			? comparing(filter, numbers)
			: { knn: { vector: { vector: [...numbers], k: limit, filter } } };
	const { hits } = await search(store.cluster, index, {
		...{ size: limit, track_total_hits: false, _source: { excludes: ['packed'] }, query },
	});
	return hits.hits.map((hit) => ({ id: hit._id, source: hit._source, cosine: cosineOf(hit._score) }));
}

/** The cosine of each of these passages with a question; one without a vector is left out. */
export async function cosinesOf(
	store: ClusterStore,
	index: string,
	{ model, numbers }: QueryVector,
	ids: readonly string[],
): Promise<ReadonlyMap<string, number>> {
	if (ids.length === 0) return new Map();
	const filter = { bool: { filter: [{ ids: { values: ids } }, { term: { model } }] } };
	const { hits } = await search(store.cluster, index, {
		...{ size: ids.length, track_total_hits: false, _source: false, query: comparing(filter, numbers) },
	});
	return new Map(hits.hits.map((hit) => [hit._id, cosineOf(hit._score)]));
}

/** Scores all that pass the filter, one by one. */
function comparing(query: object, numbers: Float32Array): object {
	const params = { field: 'vector', query_value: [...numbers], space_type: 'innerproduct' };
	return { script_score: { query, script: { lang: 'knn', source: 'knn_score', params } } };
}

/** The engine makes an inner product positive before it calls it a score. */
function cosineOf(score: number | null): number {
	if (score === null) return -1;
	return score >= 1 ? score - 1 : 1 - 1 / score;
}
