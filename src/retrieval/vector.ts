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
	#passages: PassagesByLabel | undefined;

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
		this.#passages ??= new PassagesByLabel(labels);
		const passages = this.#passages;
		const nearest = index
			.search(vector, limit)
			.flatMap(({ label, score }) => passages.of(label).map((passage) => ({ passage, score })));
		return { nearest, of: (passage) => index.similarity(vector, labels[passage] ?? 0) };
	}
}

/** Passages with the same content share a vector: for each label the passages that point to it, as a chain through two arrays. */
class PassagesByLabel {
	/** The first passage of a label and the one behind a passage, each plus one; 0 where there is none. */
	readonly #first: Uint32Array;
	readonly #next: Uint32Array;

	constructor(labels: Uint32Array) {
		this.#first = new Uint32Array(labels.reduce((most, label) => Math.max(most, label), 0) + 1);
		this.#next = new Uint32Array(labels.length);
		for (let passage = labels.length - 1; passage >= 0; passage--) {
			const label = labels[passage] as number;
			this.#next[passage] = this.#first[label] as number;
			this.#first[label] = passage + 1;
		}
	}

	/** In order. */
	of(label: number): number[] {
		const passages: number[] = [];
		for (let at = this.#first[label] ?? 0; at > 0; at = this.#next[at - 1] ?? 0) passages.push(at - 1);
		return passages;
	}
}
