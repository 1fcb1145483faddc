import { SUMMARY } from '../answering/answerer.js';
import type { LlmTask } from '../answering/llm-use.js';
import { coverage, holds, wholeText } from '../answering/relevance.js';
import type { Finding, Query } from '../answering/types.js';
import type { ArticleHit, Retriever } from '../retrieval/types.js';
import type { Store } from '../store/store.js';
import type { StoredArticle } from '../store/types.js';
import { articlesCited, passagesOfQuotes, passagesOn, type ShownPassage } from './passages.js';

/** Asks to set things side by side, which the rules have no kind for. */
export const COMPARE = /比较|对比|相比|区别|异同|(?:什么|哪些|有何|有啥)不同|差异|差别/u;
const MANY_ARTICLES = /各|几[篇次场个]|所有|全部|这些|一共|都(?:有|说|讲)|综述|梳理/u;
/** Quotes that a rewording is shown at most; a longer list is clearer as it stands. */
const MOST_QUOTES = 12;
const ARTICLES = 4;
/** An article further down than this share of the best one's score is about something else. */
const NEAR = 0.5;
const COVERAGE = 0.3;

/** What a model is to do for a finding; null where it has nothing to add, or nothing may be added. */
export async function taskFor(
	query: Query,
	finding: Finding,
	snapshot: Store,
): Promise<Exclude<LlmTask, 'understand'> | null> {
	if (await isComputed(query, finding, snapshot)) return null;
	if (COMPARE.test(query.text)) return isComparable(finding) ? 'compare' : null;
	// Whether the issues say it at all is decided without the model.
	if (finding.status !== 'answered') return null;
	if (SUMMARY.test(query.text) || (MANY_ARTICLES.test(query.text) && query.kind === 'what')) return 'summarise';
	if (query.kind === 'why' || query.kind === 'how') return 'explain';
	return finding.citations.length <= MOST_QUOTES ? 'word' : null;
}

/** That no single article answers is no refusal where several are to be set side by side. */
function isComparable({ status, reason }: Finding): boolean {
	return status !== 'not_found' || reason === 'not_stated' || reason === 'no_such_event';
}

/** Counted, summed or ranked: no single quote says it, so no sentence of a model could be proven. */
async function isComputed(query: Query, finding: Finding, snapshot: Store): Promise<boolean> {
	if (query.kind === 'aggregate' || query.kind === 'table') return true;
	const rows = (await articlesCited(finding.citations, snapshot)).flatMap((article) =>
		article.facts.tables.flatMap((table) => table.rows.map((row) => ({ file: article.file, ...row.line }))),
	);
	return finding.citations.some(({ file, start, end }) =>
		rows.some((row) => row.file === file && row.start < end && start < row.end),
	);
}

/** What the model is shown for a task: the quotes of the finding, or what its articles, and others near them, say. */
export async function passagesFor(
	task: Exclude<LlmTask, 'understand'>,
	query: Query,
	finding: Finding,
	{ snapshot, retriever }: { readonly snapshot: Store; readonly retriever: Retriever },
): Promise<readonly ShownPassage[]> {
	if (task === 'word') return passagesOfQuotes(finding.citations, snapshot);
	const cited = await articlesCited(finding.citations, snapshot);
	if (task === 'explain') return passagesOn(query.topic, cited.slice(0, 2), 1200);
	const hits = await retriever.searchArticles(query.text, ARTICLES * 2);
	const found = await snapshot.articles(hits.map((hit) => hit.article));
	const near = nearest(query, hits, found);
	if (task === 'compare') return passagesOn(query.topic, sidesOf(query, cited, found, near), 900);
	return passagesOn(query.topic, once([...cited, ...near]).slice(0, ARTICLES), 600);
}

/** The articles to be compared: for each name the question insists on the best that holds it. None where a name has none: it is compared with nothing. */
function sidesOf(
	query: Query,
	cited: readonly StoredArticle[],
	hit: readonly StoredArticle[],
	near: readonly StoredArticle[],
): readonly StoredArticle[] {
	const found = once([...cited, ...hit]);
	const names = [...query.insisted, ...query.persons];
	const sides = names.map((name) => found.find((one) => holds(wholeText(one), name)));
	if (sides.includes(undefined)) return [];
	const more = cited.length > 1 ? cited : near;
	return once([...sides.filter((one) => one !== undefined), ...more]).slice(0, ARTICLES);
}

function once(articles: readonly StoredArticle[]): readonly StoredArticle[] {
	return articles.filter((one, n) => articles.findIndex((other) => other.number === one.number) === n);
}

function nearest(
	query: Query,
	hits: readonly ArticleHit[],
	articles: readonly StoredArticle[],
): readonly StoredArticle[] {
	const least = (hits[0]?.score ?? 0) * NEAR;
	return articles.filter((article, n) => (hits[n]?.score ?? 0) >= least && coverage(query, article) >= COVERAGE);
}
