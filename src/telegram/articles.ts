import { createHash } from 'node:crypto';
import type { Snapshot, StoredArticle } from '../store/types.js';

/** Names of articles and issues that fit a button and mean the same in a later generation of the index. */
interface Keys {
	readonly byNumber: ReadonlyMap<number, string>;
	readonly byKey: ReadonlyMap<string, number>;
	/** Files, newest issue first, and the key of each. */
	readonly issues: readonly IssueEntry[];
}

/** An issue as it is listed. */
export interface IssueEntry {
	readonly file: string;
	readonly issueDate: string | null;
	readonly key: string;
	readonly articles: readonly { readonly number: number; readonly headline: string }[];
}

/** What finds a quote again: the text itself and where it stood. */
export interface QuotePlace {
	readonly file: string;
	readonly quote: string;
	readonly start: number;
}

const made = new WeakMap<Snapshot, Keys>();

function hash(text: string): string {
	return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

function keysOf(snapshot: Snapshot): Keys {
	const known = made.get(snapshot);
	if (known) return known;
	const byNumber = new Map<number, string>();
	const byKey = new Map<string, number>();
	const issues = new Map<string, { issueDate: string | null; articles: { number: number; headline: string }[] }>();
	for (const { number, file, issueDate, headline } of snapshot.headlines()) {
		// The same headline twice in one issue: they are told apart by their order.
		let key = hash(`${file}\0${headline}`);
		for (let n = 2; byKey.has(key); n++) key = hash(`${file}\0${headline}\0${n}`);
		byNumber.set(number, key);
		byKey.set(key, number);
		const issue = issues.get(file) ?? { issueDate, articles: [] };
		issue.articles.push({ number, headline });
		issues.set(file, issue);
	}
	const listed = [...issues].map(([file, issue]) => ({ file, ...issue, key: hash(file) }));
	listed.sort((a, b) => order(b.issueDate, a.issueDate) || order(b.file, a.file));
	const keys = { byNumber, byKey, issues: listed };
	made.set(snapshot, keys);
	return keys;
}

function order(one: string | null, other: string | null): number {
	const [a, b] = [one ?? '', other ?? ''];
	return a < b ? -1 : a > b ? 1 : 0;
}

export function keyOfArticle(snapshot: Snapshot, number: number): string {
	return keysOf(snapshot).byNumber.get(number) ?? '0'.repeat(16);
}

export function articleNumber(snapshot: Snapshot, key: string): number | null {
	return keysOf(snapshot).byKey.get(key) ?? null;
}

/** All issues, newest first. */
export function issuesOf(snapshot: Snapshot): readonly IssueEntry[] {
	return keysOf(snapshot).issues;
}

/** The article that holds a quote and where in its source the quote begins; null when the text is gone. */
export function findQuote(
	snapshot: Snapshot,
	place: QuotePlace,
): { readonly article: StoredArticle; readonly at: number } | null {
	let elsewhere: { article: StoredArticle; at: number } | null = null;
	const issue = issuesOf(snapshot).find((one) => one.file === place.file);
	for (const { number } of issue?.articles ?? []) {
		const article = snapshot.article(number);
		const near = place.start - article.start;
		if (near >= 0 && article.source.startsWith(place.quote, near)) return { article, at: near };
		const at = article.source.indexOf(place.quote);
		if (at >= 0) elsewhere ??= { article, at };
	}
	if (elsewhere) return elsewhere;
	// The file may have got another name.
	for (const number of snapshot.articlesContaining(place.quote)) {
		const article = snapshot.article(number);
		const at = article.source.indexOf(place.quote);
		if (at >= 0) return { article, at };
	}
	return null;
}
