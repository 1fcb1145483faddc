import type { Hit } from '../store/types.js';

/** An article as its passages rank it. */
export interface ArticleHit {
	/** Article number. */
	readonly article: number;
	readonly score: number;
	/** Its passages among those found, best first. */
	readonly hits: readonly Hit[];
}

/** Finds passages for a question: keyword leg and vector leg, fused; ties broken by file name and place. */
export interface Retriever {
	search(query: string, limit: number): Promise<readonly Hit[]>;
	/** Ranks articles instead: the best passage counts, and the others vote for it. */
	searchArticles(query: string, limit: number): Promise<readonly ArticleHit[]>;
}
