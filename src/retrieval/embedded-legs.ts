import type { Embedder } from '../embedding/types.js';
import type { SearchableSnapshot } from '../store/types.js';
import { fuse } from './fuse.js';
import { KeywordLeg } from './keyword.js';
import type { Found, Legs } from './legs.js';
import { VectorLeg } from './vector.js';

/** The two legs over files of this machine. The embedder is opened when the first query needs it. */
export class EmbeddedLegs implements Legs {
	#keywords: KeywordLeg | undefined;
	readonly #vectors: VectorLeg;

	constructor(
		private readonly snapshot: SearchableSnapshot,
		embedder: () => Promise<Embedder | null>,
	) {
		this.#vectors = new VectorLeg(snapshot, embedder);
	}

	async find(query: string, depth: number, keywordsOnly: boolean): Promise<Found> {
		const { snapshot } = this;
		this.#keywords ??= new KeywordLeg(snapshot);
		const keywords = this.#keywords;
		const keyword = keywords.scores(query);
		const vector = keywordsOnly ? null : await this.#vectors.scores(query, depth);
		const { article } = snapshot.passageTable();
		return {
			passages: fuse(keyword, vector, depth),
			articleOf: (passage) => article[passage] ?? 0,
			rarity: (term) => keywords.rarity(term),
			scored: async (articles) =>
				articles.map((number) =>
					snapshot.passagesOf(number).map((passage) => ({
						text: passage.text,
						headline: passage.headline,
						keyword: keyword[passage.number] ?? 0,
						cosine: vector?.of(passage.number) ?? null,
					})),
				),
			hits: async (ranked) =>
				ranked.map(({ passage, ...scores }) => ({ passage: snapshot.passage(passage), ...scores })),
		};
	}
}
