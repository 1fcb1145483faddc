import type { Embedder } from '../embedding/types.js';
import type { SearchableSnapshot } from '../store/types.js';

/** The vector leg's view of one query. */
export interface VectorScores {
	/** Nearest passages first. */
	readonly nearest: readonly { readonly passage: number; readonly score: number }[];
	/** Cosine of any passage; null where it has no vector. */
	of(passage: number): number | null;
}

/** The vector leg: the question's vector against the passages'. Null scores where there is no model or there are no vectors. */
export class VectorLeg {
	#passages: ReadonlyMap<number, readonly number[]> | undefined;

	constructor(
		private readonly snapshot: SearchableSnapshot,
		private readonly embedder: () => Promise<Embedder | null>,
	) {}

	async scores(query: string, limit: number): Promise<VectorScores | null> {
		// The model is loaded only where there is something to compare with.
		if (this.snapshot.model === null) return null;
		const embedder = await this.embedder();
		if (!embedder || embedder.id !== this.snapshot.model) return null;
		const index = this.snapshot.vectors(embedder.dimension);
		if (!index) return null;
		const vector = await embedder.embedQuestion(query);
		const { vector: labels } = this.snapshot.passageTable();
		const passages = this.#passagesOf();
		const nearest = index
			.search(vector, limit)
			.flatMap(({ label, score }) => (passages.get(label) ?? []).map((passage) => ({ passage, score })));
		return { nearest, of: (passage) => index.similarity(vector, labels[passage] ?? 0) };
	}

	/** Passages with the same content share a vector. */
	#passagesOf(): ReadonlyMap<number, readonly number[]> {
		if (!this.#passages) {
			const passages = new Map<number, number[]>();
			this.snapshot.passageTable().vector.forEach((label, passage) => {
				const known = passages.get(label);
				if (known) known.push(passage);
				else passages.set(label, [passage]);
			});
			this.#passages = passages;
		}
		return this.#passages;
	}
}
