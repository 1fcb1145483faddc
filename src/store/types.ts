import type { ArticleFacts } from '../facts/types.js';
import type { Article } from '../newspaper/types.js';
import type { Passage } from '../passages/types.js';

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

/** A person as some article names it: the row that person and aggregate questions look up. */
export interface PersonRow {
	readonly name: string;
	readonly article: number;
}

/** A ranked passage and what each leg gave it. */
export interface Hit {
	readonly passage: StoredPassage;
	readonly score: number;
	readonly scores: { readonly keyword: number; readonly vector: number };
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
