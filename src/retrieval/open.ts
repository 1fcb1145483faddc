import type { Embedder } from '../embedding/types.js';
import type { Hit, SearchableSnapshot } from '../store/types.js';
import { fuse, type Ranked } from './fuse.js';
import { KeywordLeg } from './keyword.js';
import type { ArticleHit, Retriever } from './types.js';
import { VectorLeg } from './vector.js';

/** So many passages of each leg go into the fusion. */
const CANDIDATES = 100;
/** What an article's second, third … passage adds to its best. */
const VOTES = [0.1, 0.05, 0.025];

/** Opens a retriever on a snapshot. The embedder is opened when the first query needs it; without one keywords serve. */
export function openRetriever(snapshot: SearchableSnapshot, embedder: () => Promise<Embedder | null>): Retriever {
	let keywords: KeywordLeg | undefined;
	const vectors = new VectorLeg(snapshot, embedder);

	const rank = async (query: string, limit: number, keywordsOnly = false): Promise<readonly Ranked[]> => {
		keywords ??= new KeywordLeg(snapshot);
		const depth = Math.max(CANDIDATES, limit);
		return fuse(keywords.scores(query), keywordsOnly ? null : await vectors.scores(query, depth), depth);
	};
	const hitOf = ({ passage, ...scores }: Ranked): Hit => ({ passage: snapshot.passage(passage), ...scores });

	return {
		async search(query, limit) {
			return (await rank(query, limit)).slice(0, limit).map(hitOf);
		},
		async searchArticles(query, limit, { keywordsOnly = false } = {}) {
			const { article } = snapshot.passageTable();
			const byArticle = new Map<number, Ranked[]>();
			for (const ranked of await rank(query, CANDIDATES, keywordsOnly)) {
				const number = article[ranked.passage] ?? 0;
				const known = byArticle.get(number);
				if (known) known.push(ranked);
				else byArticle.set(number, [ranked]);
			}
			return [...byArticle]
				.map(([number, ranked]) => ({ article: number, score: vote(ranked), ranked }))
				.sort((a, b) => b.score - a.score || a.article - b.article)
				.slice(0, limit)
				.map(({ ranked, ...rest }): ArticleHit => ({ ...rest, hits: ranked.map(hitOf) }));
		},
	};
}

function vote(ranked: readonly Ranked[]): number {
	return ranked.reduce((sum, { score }, n) => sum + score * (n === 0 ? 1 : (VOTES[n - 1] ?? 0)), 0);
}
