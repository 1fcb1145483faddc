import { PackedMatrix } from '../store/packed-matrix.js';
import { dimensionOf, packedOf } from '../store/packed-vector.js';
import type { ClusterStore } from './cluster-store.js';
import type { PassageDocument } from './documents.js';
import { type SearchHit, search } from './search.js';

/** Up to so many passages every one is compared by the engine: exact, and a matter of milliseconds. */
const EXACT_MOST = 5_000;

/** A question as numbers. */
export interface QueryVector {
	readonly model: string;
	readonly numbers: Float32Array;
}

/** The passages nearest to a question: all compared where they are few, by the graph where they are many. */
export async function nearestOf(
	store: ClusterStore,
	index: string,
	{ model, numbers }: QueryVector,
	limit: number,
): Promise<readonly SearchHit[]> {
	const filter = { bool: { filter: [store.filter, { term: { model } }] } };
	const query =
		store.counts.passages <= EXACT_MOST
			? comparing(filter, numbers)
			: { knn: { vector: { vector: [...numbers], k: limit, filter } } };
	return (await search(store.cluster, index, { size: limit, track_total_hits: false, query })).hits.hits;
}

/** Scores all that pass the filter, one by one. */
function comparing(query: object, numbers: Float32Array): object {
	const params = { field: 'vector', query_value: [...numbers], space_type: 'innerproduct' };
	return { script_score: { query, script: { lang: 'knn', source: 'knn_score', params } } };
}

/** Vectors compared in one go. */
const AT_ONCE = 512;

/**
 * Reckons cosines from the packed vectors, as the embedded store does, so that both give the same numbers. The room for
 * them is kept from question to question.
 */
export class Cosines {
	#matrix: PackedMatrix | undefined;

	/** The cosine of each passage with a question; null where it has no vector of the model. */
	of({ model, numbers }: QueryVector, passages: readonly PassageDocument[]): readonly (number | null)[] {
		const cosines: (number | null)[] = [];
		this.#matrix ??= new PackedMatrix(AT_ONCE, numbers.length);
		for (let from = 0; from < passages.length; from += AT_ONCE) {
			const packed = passages.slice(from, from + AT_ONCE).map((one) => {
				const isOfModel = one.model === model && one.packed !== undefined;
				const bytes = isOfModel ? packedOf(Buffer.from(one.packed ?? '', 'base64')) : null;
				return bytes && dimensionOf(bytes) === numbers.length ? bytes : null;
			});
			for (const [row, bytes] of packed.entries()) if (bytes) this.#matrix.set(row, bytes);
			const products = this.#matrix.products(numbers, packed.length);
			cosines.push(...packed.map((bytes, row) => (bytes ? (products[row] ?? 0) : null)));
		}
		return cosines;
	}
}
