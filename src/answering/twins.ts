import type { Store } from '../store/store.js';
import type { StoredArticle } from '../store/types.js';
import { fold } from '../text/fold.js';
import { cite, type Desk } from './desk.js';
import type { Citation, Finding } from './types.js';

/** Enough of a quote to find the few articles that may hold it; its end is sought too, for a line may break in its beginning. */
const SOUGHT = 14;
/** Sources that are looked for again in other issues; a list of more is long enough. */
const MOST = 12;

/** What is printed, however it is broken into lines: two articles with the same are one article. */
function printed(article: StoredArticle): string {
	return fold(article.source).replace(/[\s#]/gu, '');
}

/** Articles without those that are printed word for word the same as one before. */
export function distinctArticles(articles: readonly StoredArticle[]): readonly StoredArticle[] {
	const seen = new Set<string>();
	return articles.filter((article) => {
		const text = printed(article);
		if (seen.has(text)) return false;
		seen.add(text);
		return true;
	});
}

/** The same finding with every source: a quote whose article is printed in other places too is cited from there as well. */
export async function withTwins(finding: Finding, { snapshot }: Desk): Promise<Finding> {
	if (finding.status !== 'answered') return finding;
	const cited = new Set(finding.citations.map(placeOf));
	// Several quotes of one article need its copies once.
	const copies = new Map<number, Promise<readonly StoredArticle[]>>();
	const twins: Citation[] = [];
	for (const { file, start, quote } of finding.citations.slice(0, MOST)) {
		const own = await snapshot.articleAt(file, start);
		if (!own) continue;
		const others = copies.get(own.number) ?? copiesOf(own, quote, snapshot);
		copies.set(own.number, others);
		for (const other of await others) {
			const found = looselyBroken(quote).exec(other.source);
			if (!found) continue;
			const at = other.start + found.index;
			const twin = cite(other, { start: at, end: at + found[0].length });
			if (!cited.has(placeOf(twin))) twins.push(twin);
			cited.add(placeOf(twin));
		}
	}
	return twins.length > 0 ? { ...finding, citations: [...finding.citations, ...twins] } : finding;
}

function placeOf({ file, start }: Citation): string {
	return `${file}:${start}`;
}

/** Matches a quote wherever its lines break. */
function looselyBroken(quote: string): RegExp {
	const characters = [...quote.replace(/\s/gu, '')].map((character) =>
		character.replace(/[\\^$.*+?()[\]{}|/-]/u, '\\$&'),
	);
	return new RegExp(characters.join('\\s*'), 'u');
}

/** The other articles that are printed word for word like this one, found by a quote of it. */
async function copiesOf(own: StoredArticle, quote: string, snapshot: Store): Promise<readonly StoredArticle[]> {
	const runs = quote.split(/\s+/u).sort((a, b) => b.length - a.length);
	const run = runs[0] ?? '';
	const half = Math.min(SOUGHT, Math.ceil(run.length / 2));
	const pieces = half > 0 ? [run.slice(0, half), run.slice(-half)] : [];
	const holding = await Promise.all(pieces.map((piece) => snapshot.articlesContaining(piece)));
	const numbers = [...new Set(holding.flat())].filter((number) => number !== own.number).sort((a, b) => a - b);
	const text = printed(own);
	return (await snapshot.articles(numbers.slice(0, MOST))).filter((other) => printed(other) === text);
}
