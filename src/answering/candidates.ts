import type { ArticleHit } from '../retrieval/types.js';
import { type Candidate, candidateOf, type Desk } from './desk.js';
import { isOtherEdition } from './editions.js';
import { coverage, missingNames } from './relevance.js';
import { distinctArticles } from './twins.js';
import type { Query } from './types.js';

/** So many articles are looked at closely. */
const KEPT = 5;

/**
 * The articles that fit best. Keywords alone decide where they leave no doubt: the best article holds nearly all of
 * the question and is far ahead. The model is loaded, and the vectors asked, only for the rest.
 */
export async function candidatesFor(query: Query, desk: Desk): Promise<readonly Candidate[]> {
	const { retriever, thresholds } = desk;
	const byKeywords = await retriever.searchArticles(query.text, KEPT * 2, { keywordsOnly: true });
	const ahead = (byKeywords[1]?.score ?? 0) <= thresholds.aheadByKeywords * (byKeywords[0]?.score ?? 0);
	if (ahead) {
		const quick = await rescored(query, byKeywords, desk);
		const [best] = quick;
		if (
			best &&
			coverage(query, best.article) >= thresholds.decidedCoverage &&
			missingNames(query, best.article).length === 0
		)
			return quick;
	}
	return rescored(query, await retriever.searchArticles(query.text, KEPT * 2), desk);
}

async function rescored(query: Query, found: readonly ArticleHit[], desk: Desk): Promise<readonly Candidate[]> {
	const top = found[0]?.score || 1;
	const scores = new Map(found.map((hit) => [hit.article, hit.score]));
	const articles = distinctArticles(await desk.snapshot.articles([...scores.keys()]));
	const fitting = articles.map((article) => {
		const raw = scores.get(article.number) ?? 0;
		const missing = missingNames(query, article).length + (isOtherEdition(query, article) ? 1 : 0);
		const fit = 0.5 * coverage(query, article) - 0.15 * missing;
		return { article, raw, score: raw / top + fit };
	});
	fitting.sort((a, b) => b.score - a.score || a.article.number - b.article.number);
	const first = fitting[0]?.score ?? 1;
	return fitting.slice(0, KEPT).map(({ article, raw, score }) => candidateOf(article, score / first, raw));
}
