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
export async function withTwins(finding: Finding, desk: Desk): Promise<Finding> {
	if (finding.status !== 'answered') return finding;
	const twins: Citation[] = [];
	const cited = new Set(finding.citations.map(({ file, start }) => `${file}:${start}`));
	for (const citation of finding.citations.slice(0, MOST)) {
		for (const twin of await twinsOf(citation, desk)) {
			const place = `${twin.file}:${twin.start}`;
			if (!cited.has(place)) twins.push(twin);
			cited.add(place);
		}
	}
	return twins.length > 0 ? { ...finding, citations: [...finding.citations, ...twins] } : finding;
}

/** Matches a quote wherever its lines break. */
function looselyBroken(quote: string): RegExp {
	const characters = [...quote.replace(/\s/gu, '')].map((character) =>
		character.replace(/[\\^$.*+?()[\]{}|/-]/u, '\\$&'),
	);
	return new RegExp(characters.join('\\s*'), 'u');
}

async function twinsOf({ file, start, quote }: Citation, { snapshot }: Desk): Promise<readonly Citation[]> {
	const runs = quote.split(/\s+/u).sort((a, b) => b.length - a.length);
	const run = runs[0] ?? '';
	const half = Math.min(SOUGHT, Math.ceil(run.length / 2));
	const pieces = half > 0 ? [run.slice(0, half), run.slice(-half)] : [];
	const holding = await Promise.all(pieces.map((piece) => snapshot.articlesContaining(piece)));
	const numbers = [...new Set(holding.flat())].sort((a, b) => a - b);
	if (numbers.length < 2) return [];
	const own = await snapshot.articleAt(file, start);
	const others = await snapshot.articles(numbers.filter((number) => number !== own?.number).slice(0, MOST));
	return others.flatMap((other) => {
		if (!own || printed(other) !== printed(own)) return [];
		const found = looselyBroken(quote).exec(other.source);
		const at = other.start + (found?.index ?? 0);
		return found ? [cite(other, { start: at, end: at + found[0].length })] : [];
	});
}
