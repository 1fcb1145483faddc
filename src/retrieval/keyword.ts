import { eachPosting } from '../store/postings.js';
import type { SearchableSnapshot } from '../store/types.js';
import { B, HEADLINE_WEIGHT, inverseFrequency, K1, weightedTerms } from './bm25.js';

/** So many terms' rarities are remembered. */
const REMEMBERED = 2_000;

/** Scores of all passages for one query; 0 where nothing of it occurs. */
export type KeywordScores = Float32Array;

/** The keyword leg: BM25 over words and pairs of characters, headline and body. */
export class KeywordLeg {
	readonly #norms: Float32Array;
	/** Rarities of the terms asked for lately: one question asks for each of its own twice. */
	readonly #rarities = new Map<string, number>();

	constructor(private readonly snapshot: SearchableSnapshot) {
		const { bodyTerms, headlineTerms } = snapshot.passageTable();
		const lengths = Float32Array.from(bodyTerms, (body, n) => body + (headlineTerms[n] ?? 0));
		const mean = lengths.reduce((sum, length) => sum + length, 0) / Math.max(lengths.length, 1);
		this.#norms = lengths.map((length) => K1 * (1 - B + (B * length) / Math.max(mean, 1)));
	}

	scores(query: string): KeywordScores {
		const { numberOf } = this.snapshot.passageTable();
		const norms = this.#norms;
		const scores = new Float32Array(norms.length);
		for (const [term, weight] of weightedTerms(query)) {
			const list = this.snapshot.postings(term);
			if (!list) continue;
			const factor = weight * this.#rarityOf(term, list) * (K1 + 1);
			eachPosting(list, (id, body, headline) => {
				const passage = numberOf[id] as number;
				const frequency = body + HEADLINE_WEIGHT * headline;
				scores[passage] = (scores[passage] as number) + (factor * frequency) / (frequency + (norms[passage] as number));
			});
		}
		return scores;
	}

	/** How much a term says, by how few passages hold it: BM25's inverse document frequency. */
	rarity(term: string): number {
		return this.#rarities.get(term) ?? this.#rarityOf(term, this.snapshot.postings(term));
	}

	#rarityOf(term: string, list: Uint8Array | null): number {
		const rarity = inverseFrequency(list ? countPostings(list) : 0, this.#norms.length);
		if (this.#rarities.size >= REMEMBERED) this.#rarities.clear();
		this.#rarities.set(term, rarity);
		return rarity;
	}
}

/** Each posting is two numbers, and the last byte of a number is below 128. */
function countPostings(list: Uint8Array): number {
	let numbers = 0;
	for (let at = 0; at < list.length; at++) if ((list[at] as number) < 0x80) numbers++;
	return numbers / 2;
}
