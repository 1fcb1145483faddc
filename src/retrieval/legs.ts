import type { Hit, StoredPassage } from '../store/types.js';
import type { Ranked } from './fuse.js';

/** A passage of a candidate and what the two legs say of it. */
export interface ScoredPassage extends Pick<StoredPassage, 'text' | 'headline'> {
	/** 0 where it shares no term with the query. */
	readonly keyword: number;
	/** Null where it has no vector, or none was asked for. */
	readonly cosine: number | null;
}

/** What the two legs found for one query. */
export interface Found {
	/** Both legs fused, best first. */
	readonly passages: readonly Ranked[];
	/** Number of the article that a passage found belongs to. */
	articleOf(passage: number): number;
	/** How much a term of the query says, by how few passages hold it. */
	rarity(term: string): number;
	/** All passages of these articles, in order, each with what the legs say of it. */
	scored(articles: readonly number[]): Promise<readonly (readonly ScoredPassage[])[]>;
	/** Passages found, with their text. */
	hits(ranked: readonly Ranked[]): Promise<readonly Hit[]>;
}

/** Keyword leg and vector leg over one generation of the index, wherever that is kept. */
export interface Legs {
	/** So many passages of each leg go into the fusion. */
	find(query: string, depth: number, keywordsOnly: boolean): Promise<Found>;
}
