import type { StoredArticle } from './types.js';

/** An issue as a store lists it. */
export interface StoredIssue {
	readonly file: string;
	readonly issueDate: string | null;
	/** Number of its first article; the others follow. */
	readonly first: number;
	/** How many articles it has, at least one. */
	readonly articles: number;
}

/** An article without its text and facts. */
export interface Heading {
	readonly number: number;
	readonly file: string;
	readonly issueDate: string | null;
	readonly headline: string;
}

/** A person by how many articles give him a part in what they report. */
export interface Active {
	readonly name: string;
	readonly articles: number;
	/** Number of the first of them. */
	readonly first: number;
}

/** How many of the most named people are looked at closely: who took part most is among those named most. */
export const MOST_NAMED = 40;

/**
 * One complete generation of the index, as everything that answers asks for it. Two keep it: files on this machine and
 * a cluster. What may lie elsewhere comes as a promise; nothing changes while the store is open. Throws an IndexError
 * where something is damaged or cannot be reached.
 */
export interface Store {
	readonly counts: { readonly issues: number; readonly articles: number; readonly passages: number };
	/** Newest issue date, or null when no issue is dated. */
	readonly newestDate: string | null;
	/** Issues that have articles, by file name. */
	issues(): readonly StoredIssue[];
	/** The articles of these issues, in order. */
	headings(issues: readonly StoredIssue[]): Promise<readonly Heading[]>;
	/** Throws a RangeError where there is no such article. */
	article(number: number): Promise<StoredArticle>;
	/** Several at once, in the order asked for. */
	articles(numbers: readonly number[]): Promise<readonly StoredArticle[]>;
	/** The article that holds this place of an issue file; null where none does. */
	articleAt(file: string, place: number): Promise<StoredArticle | null>;
	/** Every article that names this person (exact bare name), in order. */
	articlesNaming(person: string): Promise<readonly number[]>;
	/** Every article whose raw text holds the string (exact after width folding), in order. */
	articlesContaining(text: string): Promise<readonly number[]>;
	/** Articles of these issues whose headline tells of a meeting or another event and whose raw text holds the string, where one is given; in order. */
	gatherings(issues: readonly StoredIssue[], holding: string | null): Promise<readonly number[]>;
	/** Bare names that the articles hold: all that stand in this text, and maybe others. */
	peopleIn(text: string): Promise<ReadonlySet<string>>;
	/** Names that could be meant by this one, sorted: they differ in one character, hold it, or begin and end as it does. */
	peopleLike(name: string): Promise<readonly string[]>;
	/** Whoever took part most, all who did so equally often; the most named first, then by name. None where nobody took part. */
	mostActive(): Promise<readonly Active[]>;
	/** Whom most articles name, for an example; null where nobody is named. */
	mostNamed(): Promise<string | null>;
	/** Every bare name. They may be many: a question asks `peopleIn`. */
	people(): Promise<ReadonlySet<string>>;
	close(): void;
}
