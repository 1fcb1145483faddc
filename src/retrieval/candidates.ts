import type { SearchableSnapshot, StoredPassage } from '../store/types.js';
import type { Asked } from './asked.js';
import { featuresOf } from './features.js';
import type { Ranked } from './fuse.js';
import type { KeywordScores } from './keyword.js';
import type { VectorScores } from './vector.js';

/** An article that the legs found, with what the ranking goes by. */
export interface Candidate {
	readonly article: number;
	/** Its passages among those found, best first. */
	readonly ranked: readonly Ranked[];
	readonly features: readonly number[];
}

/** Makes the ranked passages' articles ready to be ranked anew; `grouped` comes with the best first. */
export function candidatesOf(
	snapshot: SearchableSnapshot,
	asked: Asked,
	grouped: readonly (readonly [article: number, ranked: readonly Ranked[]])[],
	keyword: KeywordScores,
	vector: VectorScores | null,
): readonly Candidate[] {
	const scored = ({ number, text, headline }: StoredPassage) => ({
		text,
		headline,
		keyword: keyword[number] ?? 0,
		cosine: vector?.of(number) ?? null,
	});
	const articles = grouped.map(([article]) => snapshot.passagesOf(article).map(scored));
	const most = articles.flat().reduce((high, passage) => Math.max(high, passage.keyword), 0);
	return grouped.map(([article, ranked], n) => {
		const passages = articles[n] ?? [];
		return { article, ranked, features: featuresOf(asked, passages[0]?.headline ?? '', passages, most) };
	});
}
