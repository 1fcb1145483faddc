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

/** Compares with every vector: never wrong, fast enough up to some ten thousand, and what the other is tested against. */
export class ExactIndex implements VectorIndex {
	readonly kind = 'exact';
	readonly size: number;
	readonly #rows = new Map<number, number>();

	/** `matrix` holds one row of `dimension` numbers for each label. */
	constructor(
		private readonly labels: readonly number[],
		private readonly matrix: Float32Array,
		private readonly dimension: number,
	) {
		this.size = labels.length;
		labels.forEach((label, row) => {
			this.#rows.set(label, row);
		});
	}

	search(vector: Float32Array, limit: number): readonly Neighbour[] {
		const scores = new Float64Array(this.size);
		for (let row = 0; row < this.size; row++) scores[row] = this.#dot(vector, row);
		const bar =
			limit < this.size ? (Float64Array.from(scores).sort()[this.size - limit] ?? 0) : Number.NEGATIVE_INFINITY;
		const found: Neighbour[] = [];
		for (let row = 0; row < this.size; row++) {
			const score = scores[row] ?? 0;
			if (score >= bar) found.push({ label: this.labels[row] ?? 0, score });
		}
		return found.sort(byScore).slice(0, limit);
	}

	similarity(vector: Float32Array, label: number): number | null {
		const row = this.#rows.get(label);
		return row === undefined ? null : this.#dot(vector, row);
	}

	/** Four sums side by side: the processor adds them at once, which a single running sum would forbid. */
	#dot(vector: Float32Array, row: number): number {
		const { matrix, dimension } = this;
		const from = row * dimension;
		let a = 0;
		let b = 0;
		let c = 0;
		let d = 0;
		for (let i = 0; i < dimension; i += 4) {
			a += (vector[i] as number) * (matrix[from + i] as number);
			b += (vector[i + 1] as number) * (matrix[from + i + 1] as number);
			c += (vector[i + 2] as number) * (matrix[from + i + 2] as number);
			d += (vector[i + 3] as number) * (matrix[from + i + 3] as number);
		}
		return a + b + c + d;
	}
}

export function byScore(a: Neighbour, b: Neighbour): number {
	return b.score - a.score || a.label - b.label;
}
