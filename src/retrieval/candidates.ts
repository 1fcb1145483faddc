import type { Asked } from './asked.js';
import { featuresOf } from './features.js';
import type { Ranked } from './fuse.js';
import type { Found } from './legs.js';

/** An article that the legs found, with what the ranking goes by. */
export interface Candidate {
	readonly article: number;
	/** Its passages among those found, best first. */
	readonly ranked: readonly Ranked[];
	readonly features: readonly number[];
	readonly headline: string;
	/** The text of all its passages. */
	readonly text: string;
}

/** Makes the ranked passages' articles ready to be ranked anew; `grouped` comes with the best first. */
export async function candidatesOf(
	asked: Asked,
	grouped: readonly (readonly [article: number, ranked: readonly Ranked[]])[],
	found: Found,
): Promise<readonly Candidate[]> {
	const articles = await found.scored(grouped.map(([article]) => article));
	const most = articles.flat().reduce((high, passage) => Math.max(high, passage.keyword), 0);
	return grouped.map(([article, ranked], n) => {
		const passages = articles[n] ?? [];
		const headline = passages[0]?.headline ?? '';
		const features = featuresOf(asked, headline, passages, most);
		return {
			article,
			ranked,
			features,
			headline,
			// Few are read: it is put together when it is asked for.
			get text() {
				return passages.map((passage) => passage.text).join('\n');
			},
		};
	});
}
