import { askedOf } from '../retrieval/asked.js';
import { B, HEADLINE_WEIGHT, inverseFrequency, K1, weightedTerms } from '../retrieval/bm25.js';
import type { PassageDocument } from './documents.js';

/** The embedded postings count a term in the headline so often at most. */
const MOST_HEADLINE = 3;
/** A question of a whole page is looked up by its first so many different terms: the engine takes about a thousand. */
const MOST_TERMS = 900;

/** The terms of a query, each with its weight. */
export type QueryTerms = ReadonlyMap<string, number>;

export function queryTerms(query: string): QueryTerms {
	return new Map([...weightedTerms(query)].slice(0, MOST_TERMS));
}

/** With the terms of the topic the engine's limit on the parts of a query is kept. */
export const MOST_COUNTED = 1_000;

/** The terms whose rarity the ranking will ask for. */
export function topicTerms(query: string): ReadonlySet<string> {
	const terms = new Set<string>();
	askedOf(query, (term) => {
		terms.add(term);
		return 0;
	});
	return terms;
}

/** What scores depend on beside the passage: how many there are, how long they are, and how many hold each term. */
export interface Collection {
	readonly passages: number;
	readonly meanTerms: number;
	readonly holding: ReadonlyMap<string, number>;
}

type Counted = Pick<PassageDocument, 'body' | 'head' | 'body_terms' | 'headline_terms'>;

/**
 * Scores a passage as the embedded keyword leg does, number for number: the engine's own scores go by shards, by rounded
 * lengths, and by passages that have gone. They choose the candidates; these rank them.
 */
export function keywordScore(terms: QueryTerms, passage: Counted, collection: Collection): number {
	const { passages, meanTerms, holding } = collection;
	const body = occurrences(passage.body, terms);
	const head = occurrences(passage.head, terms);
	const length = passage.body_terms + passage.headline_terms;
	const norm = Math.fround(K1 * (1 - B + (B * length) / Math.max(meanTerms, 1)));
	let score = 0;
	for (const [term, weight] of terms) {
		const frequency = (body.get(term) ?? 0) + HEADLINE_WEIGHT * Math.min(head.get(term) ?? 0, MOST_HEADLINE);
		if (frequency === 0) continue;
		const factor = weight * inverseFrequency(holding.get(term) ?? 0, passages) * (K1 + 1);
		score = Math.fround(score + (factor * frequency) / (frequency + norm));
	}
	return score;
}

function occurrences(text: string, terms: QueryTerms): ReadonlyMap<string, number> {
	const found = new Map<string, number>();
	for (const term of text.split(' ')) if (terms.has(term)) found.set(term, (found.get(term) ?? 0) + 1);
	return found;
}
