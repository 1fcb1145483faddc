import type { Hit } from '../store/types.js';

/** An article as its passages rank it. */
export interface ArticleHit {
	/** Article number. */
	readonly article: number;
	readonly score: number;
	/** Its passages among those found, best first. */
	readonly hits: readonly Hit[];
}

/** How to search. */
export interface SearchOptions {
	/** Leave the vector leg out, and with it the loading of the model. */
	readonly keywordsOnly?: boolean;
	/** Let the reader tell articles apart that fit nearly alike. Whoever reads what is found anyway does without. */
	readonly closeRead?: boolean;
}

/** Finds passages for a question: keyword leg and vector leg, fused; ties broken by file name and place. */
export interface Retriever {
	search(query: string, limit: number): Promise<readonly Hit[]>;
	/** Ranks articles instead: the best passage counts, and the others vote for it. */
	searchArticles(query: string, limit: number, options?: SearchOptions): Promise<readonly ArticleHit[]>;
}
