import { highest } from './highest.js';
import type { PackedMatrix } from './packed-matrix.js';

/** A stored vector that is near a question's. */
export interface Neighbour {
	readonly label: number;
	/** Cosine, as all vectors are normalised. */
	readonly score: number;
}

/** Finds the stored vectors nearest to a question's; made anew for every generation. */
export interface VectorIndex {
	readonly kind: 'exact' | 'hnsw';
	readonly size: number;
	/** Nearest first; equal scores by label. */
	search(vector: Float32Array, limit: number): readonly Neighbour[];
	/** The cosine with one stored vector; null where the label is not stored. */
	similarity(vector: Float32Array, label: number): number | null;
}

/** Compares with every vector: never wrong, 0.6 ms for 20,000 of them, and what the other is tested against. */
export class ExactIndex implements VectorIndex {
	readonly kind = 'exact';
	readonly size: number;
	/** `labels` rise; `matrix` holds a row for each. */
	constructor(
		private readonly labels: Uint32Array,
		private readonly matrix: PackedMatrix,
	) {
		this.size = labels.length;
	}

	search(vector: Float32Array, limit: number): readonly Neighbour[] {
		const products = this.matrix.products(vector, this.size);
		return highest(products, limit).map((row) => ({ label: this.labels[row] ?? 0, score: products[row] ?? 0 }));
	}

	similarity(vector: Float32Array, label: number): number | null {
		const row = this.#rowOf(label);
		return row === null ? null : this.matrix.product(vector, row);
	}

	/** By halving: a table of all would take longer to make than a question's few hundred take to find. */
	#rowOf(label: number): number | null {
		let [low, high] = [0, this.labels.length];
		while (low < high) {
			const middle = (low + high) >>> 1;
			if ((this.labels[middle] as number) < label) low = middle + 1;
			else high = middle;
		}
		return this.labels[low] === label ? low : null;
	}
}

export function byScore(a: Neighbour, b: Neighbour): number {
	return b.score - a.score || a.label - b.label;
}
