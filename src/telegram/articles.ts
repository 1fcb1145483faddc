import { createHash } from 'node:crypto';
import type { Store, StoredIssue } from '../store/store.js';
import type { StoredArticle } from '../store/types.js';

/** An issue as it is listed. */
export interface IssueEntry extends StoredIssue {
	readonly key: string;
}

/** The issues of a store, newest first, and what is known of their articles so far. */
interface Listed {
	readonly issues: readonly IssueEntry[];
	readonly byFile: ReadonlyMap<string, IssueEntry>;
	readonly articles: Map<string, Promise<readonly ArticleEntry[]>>;
}

/** An article as it is listed. Its key fits a button and means the same in a later generation of the index. */
export interface ArticleEntry {
	readonly number: number;
	readonly headline: string;
	readonly key: string;
}

/** What finds a quote again: the text itself and where it stood. */
export interface QuotePlace {
	readonly file: string;
	readonly quote: string;
	readonly start: number;
}

const made = new WeakMap<Store, Listed>();
/** The first half of an article's key is the beginning of its issue's, so that the key alone says where to look. */
const HALF = 8;

function hash(text: string): string {
	return createHash('sha256')
		.update(text)
		.digest('hex')
		.slice(0, 2 * HALF);
}

function listedOf(snapshot: Store): Listed {
	const known = made.get(snapshot);
	if (known) return known;
	const issues = snapshot.issues().map((issue) => ({ ...issue, key: hash(issue.file) }));
	issues.sort((a, b) => order(b.issueDate, a.issueDate) || order(b.file, a.file));
	const listed = { issues, byFile: new Map(issues.map((issue) => [issue.file, issue])), articles: new Map() };
	made.set(snapshot, listed);
	return listed;
}

function order(one: string | null, other: string | null): number {
	const [a, b] = [one ?? '', other ?? ''];
	return a < b ? -1 : a > b ? 1 : 0;
}

/** All issues, newest first. */
export function issuesOf(snapshot: Store): readonly IssueEntry[] {
	return listedOf(snapshot).issues;
}

/** The articles of an issue, in order. */
export function articlesOf(snapshot: Store, issue: IssueEntry): Promise<readonly ArticleEntry[]> {
	const { articles } = listedOf(snapshot);
	const known = articles.get(issue.file);
	if (known) return known;
	const found = listArticles(snapshot, issue);
	articles.set(issue.file, found);
	// What could not be reached is asked for again next time.
	found.catch(() => articles.delete(issue.file));
	return found;
}

async function listArticles(snapshot: Store, issue: IssueEntry): Promise<readonly ArticleEntry[]> {
	const taken = new Set<string>();
	return (await snapshot.headings([issue])).map(({ number, headline }) => {
		// The same headline twice in one issue: they are told apart by their order.
		let key = keyOf(issue, headline);
		for (let n = 2; taken.has(key); n++) key = keyOf(issue, `${headline}\0${n}`);
		taken.add(key);
		return { number, headline, key };
	});
}

function keyOf(issue: IssueEntry, headline: string): string {
	return issue.key.slice(0, HALF) + hash(`${issue.file}\0${headline}`).slice(0, HALF);
}

export async function keyOfArticle(snapshot: Store, article: StoredArticle): Promise<string> {
	const issue = listedOf(snapshot).byFile.get(article.file);
	const articles = issue ? await articlesOf(snapshot, issue) : [];
	return articles.find((one) => one.number === article.number)?.key ?? '0'.repeat(2 * HALF);
}

export async function articleNumber(snapshot: Store, key: string): Promise<number | null> {
	for (const issue of issuesOf(snapshot)) {
		if (issue.key.slice(0, HALF) !== key.slice(0, HALF)) continue;
		const found = (await articlesOf(snapshot, issue)).find((one) => one.key === key);
		if (found) return found.number;
	}
	return null;
}

/** The article that holds a quote and where in its source the quote begins; null when the text is gone. */
export async function findQuote(
	snapshot: Store,
	place: QuotePlace,
): Promise<{ readonly article: StoredArticle; readonly at: number } | null> {
	const there = await snapshot.articleAt(place.file, place.start);
	if (there?.source.startsWith(place.quote, place.start - there.start))
		return { article: there, at: place.start - there.start };
	const issue = listedOf(snapshot).byFile.get(place.file);
	const inIssue = issue ? Array.from({ length: issue.articles }, (_, n) => issue.first + n) : [];
	const found = holding(await snapshot.articles(inIssue), place.quote);
	if (found) return found;
	// The file may have got another name.
	return holding(await snapshot.articles(await snapshot.articlesContaining(place.quote)), place.quote);
}

function holding(
	articles: readonly StoredArticle[],
	quote: string,
): { readonly article: StoredArticle; readonly at: number } | null {
	const article = articles.find(({ source }) => source.includes(quote));
	return article ? { article, at: article.source.indexOf(quote) } : null;
}
