import type { ArticleFacts } from '../facts/types.js';
import type { Article } from '../newspaper/types.js';
import type { Passage } from '../passages/types.js';
import type { VectorIndex } from './vector-index.js';

/** An article as kept: parsed, its raw text, and what it states. */
export interface StoredArticle extends Article {
	/** Stable within a generation; articles are numbered by file name and place. */
	readonly number: number;
	/** The issue file's text at [start, end), to prove quotes and to read on. */
	readonly source: string;
	readonly facts: ArticleFacts;
}

/** A passage as kept, with the article that it belongs to. */
export interface StoredPassage extends Passage {
	readonly number: number;
	readonly article: number;
}

/** A ranked passage and what each leg gave it. */
export interface Hit {
	readonly passage: StoredPassage;
	readonly score: number;
	readonly scores: { readonly keyword: number; readonly vector: number };
}

/** All passages as the keyword leg counts them: one place in each array for every passage number. */
export interface PassageTable {
	/** Article number. */
	readonly article: Uint32Array;
	/** Terms in the body and in the headline. */
	readonly bodyTerms: Uint32Array;
	readonly headlineTerms: Uint32Array;
	/** Label of the vector; 0 where there is none. */
	readonly vector: Uint32Array;
	/** Passage number of an internal id, as the postings name it. */
	readonly numberOf: Uint32Array;
}

/** One complete generation of the index, open for reading. Nothing in it changes while it is open. */
export interface Snapshot {
	readonly generation: number;
	readonly counts: { readonly issues: number; readonly articles: number; readonly passages: number };
	/** Newest issue date, or null when no issue is dated. */
	readonly newestDate: string | null;
	/** All articles in order (file name, then place), without source and facts. */
	headlines(): readonly {
		readonly number: number;
		readonly file: string;
		readonly issueDate: string | null;
		readonly headline: string;
	}[];
	article(number: number): StoredArticle;
	passage(number: number): StoredPassage;
	/** Passages of an article, in order. */
	passagesOf(article: number): readonly StoredPassage[];
	/** Every article that names this person (exact bare name). */
	articlesNaming(person: string): readonly number[];
	/** Every bare person name in the index, sorted. */
	people(): readonly string[];
	/** Every article whose raw text holds the string (exact after width folding), in order. */
	articlesContaining(text: string): readonly number[];
	close(): void;
}

/** A snapshot with what the retriever ranks by. */
export interface SearchableSnapshot extends Snapshot {
	/** What the keyword leg ranks by. */
	passageTable(): PassageTable;
	/** Packed postings of a term (see postings.ts), or null where no passage holds it. */
	postings(term: string): Uint8Array | null;
	/** The embedder whose vectors this generation holds; null when it has none. */
	readonly model: string | null;
	/** The stored vectors, loaded when first asked for; null where there are none, or none that can be trusted. */
	vectors(dimension: number): VectorIndex | null;
}
