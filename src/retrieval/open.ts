import type { Embedder } from '../embedding/types.js';
import type { Hit, SearchableSnapshot } from '../store/types.js';
import { askedOf } from './asked.js';
import { type Candidate, candidatesOf } from './candidates.js';
import { fuse, type Ranked } from './fuse.js';
import { KeywordLeg, type KeywordScores } from './keyword.js';
import type { ArticleHit, Retriever } from './types.js';
import { VectorLeg, type VectorScores } from './vector.js';
import { logit, rankingWeights } from './weights.js';

/** So many passages of each leg go into the fusion. */
const CANDIDATES = 100;
/** So many of the articles that they belong to are ranked by all that is known of them; the others keep their place. */
const RANKED = 60;
/** What an article's second, third … passage adds to its best. */
const VOTES = [0.1, 0.05, 0.025];
/** Log-odds are drawn together by this before they become scores: whoever reads on weighs the second article too. */
const TEMPERATURE = 4;

/** An article with its score, and its passages best first. */
interface RankedArticle {
	readonly article: number;
	readonly score: number;
	readonly ranked: readonly Ranked[];
}

/** What both legs say of a query. */
interface Found {
	readonly keyword: KeywordScores;
	readonly vector: VectorScores | null;
	readonly passages: readonly Ranked[];
}

/** Finds articles and passages in one snapshot. */
export class RankedRetriever implements Retriever {
	#keywords: KeywordLeg | undefined;
	readonly #vectors: VectorLeg;

	constructor(
		private readonly snapshot: SearchableSnapshot,
		embedder: () => Promise<Embedder | null>,
	) {
		this.#vectors = new VectorLeg(snapshot, embedder);
	}

	async search(query: string, limit: number): Promise<readonly Hit[]> {
		const found = await this.#find(query, Math.max(CANDIDATES, limit), false);
		const passages = this.#articles(query, found).flatMap(({ score, ranked }) => {
			const most = ranked[0]?.score || 1;
			// The best passage has its article's score, the others theirs in proportion.
			return ranked.map((one) => ({ ...one, score: (score * one.score) / most }));
		});
		return passages
			.sort((a, b) => b.score - a.score || a.passage - b.passage)
			.slice(0, limit)
			.map((one) => this.#hit(one));
	}

	async searchArticles(query: string, limit: number, { keywordsOnly = false } = {}): Promise<readonly ArticleHit[]> {
		const found = await this.#find(query, CANDIDATES, keywordsOnly);
		const articles = keywordsOnly ? this.#voted(found) : this.#articles(query, found);
		return articles
			.slice(0, limit)
			.map(({ ranked, ...rest }) => ({ ...rest, hits: ranked.map((one) => this.#hit(one)) }));
	}

	/** The articles that are ranked for a query, with the features that rank them. */
	async candidates(query: string): Promise<readonly Candidate[]> {
		const found = await this.#find(query, CANDIDATES, false);
		return this.#candidates(query, found, this.#voted(found).slice(0, RANKED));
	}

	async #find(query: string, depth: number, keywordsOnly: boolean): Promise<Found> {
		this.#keywords ??= new KeywordLeg(this.snapshot);
		const keyword = this.#keywords.scores(query);
		const vector = keywordsOnly ? null : await this.#vectors.scores(query, depth);
		return { keyword, vector, passages: fuse(keyword, vector, depth) };
	}

	/** Articles by their best passage and the votes of the others. */
	#voted({ passages }: Found): readonly RankedArticle[] {
		const { article } = this.snapshot.passageTable();
		const byArticle = new Map<number, Ranked[]>();
		for (const ranked of passages) {
			const number = article[ranked.passage] ?? 0;
			const known = byArticle.get(number);
			if (known) known.push(ranked);
			else byArticle.set(number, [ranked]);
		}
		return sorted([...byArticle].map(([number, ranked]) => ({ article: number, score: vote(ranked), ranked })));
	}

	/** The same, the first of them ranked by all that is known of them. */
	#articles(query: string, found: Found): readonly RankedArticle[] {
		const voted = this.#voted(found);
		const candidates = this.#candidates(query, found, voted.slice(0, RANKED));
		const logits = candidates.map(({ features }) => logit(rankingWeights(), features));
		const most = logits.reduce((high, value) => Math.max(high, value), Number.NEGATIVE_INFINITY);
		const top = voted[0]?.score ?? 0;
		const ranked = sorted(
			candidates.map(({ article, ranked }, n) => ({
				article,
				ranked,
				score: top * Math.exp(((logits[n] ?? 0) - most) / TEMPERATURE),
			})),
		);
		const least = ranked.at(-1)?.score ?? 0;
		const rest = voted.slice(RANKED).map((one) => ({ ...one, score: (one.score / top) * least }));
		return [...ranked, ...rest];
	}

	#candidates(query: string, found: Found, voted: readonly RankedArticle[]): readonly Candidate[] {
		const asked = askedOf(query, (term) => this.#keywords?.rarity(term) ?? 0);
		const grouped = voted.map(({ article, ranked }) => [article, ranked] as const);
		return candidatesOf(this.snapshot, asked, grouped, found.keyword, found.vector);
	}

	#hit({ passage, ...scores }: Ranked): Hit {
		return { passage: this.snapshot.passage(passage), ...scores };
	}
}

/** Opens a retriever on a snapshot. The embedder is opened when the first query needs it; without one keywords serve. */
export function openRetriever(snapshot: SearchableSnapshot, embedder: () => Promise<Embedder | null>): Retriever {
	return new RankedRetriever(snapshot, embedder);
}

function sorted(articles: readonly RankedArticle[]): RankedArticle[] {
	return [...articles].sort((a, b) => b.score - a.score || a.article - b.article);
}

function vote(ranked: readonly Ranked[]): number {
	return ranked.reduce((sum, { score }, n) => sum + score * (n === 0 ? 1 : (VOTES[n - 1] ?? 0)), 0);
}
