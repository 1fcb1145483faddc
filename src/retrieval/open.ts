import type { Embedder } from '../embedding/types.js';
import type { Reader } from '../reading/types.js';
import type { Hit, SearchableSnapshot } from '../store/types.js';
import { askedOf } from './asked.js';
import { type Candidate, candidatesOf } from './candidates.js';
import { EmbeddedLegs } from './embedded-legs.js';
import type { Ranked } from './fuse.js';
import type { Found, Legs } from './legs.js';
import { close, glance, withGlances } from './reread.js';
import type { ArticleHit, Retriever } from './types.js';
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

/** Finds articles and passages in one generation of the index. */
export class RankedRetriever implements Retriever {
	/** The reader tells close ones apart; without one the features alone decide. It is opened when it is first needed. */
	constructor(
		private readonly legs: Legs,
		private readonly reader: () => Promise<Reader | null>,
	) {}

	async search(query: string, limit: number): Promise<readonly Hit[]> {
		const found = await this.legs.find(query, Math.max(CANDIDATES, limit), false);
		const passages = (await this.#articles(query, found, true)).flatMap(({ score, ranked }) => {
			const most = ranked[0]?.score || 1;
			// The best passage has its article's score, the others theirs in proportion.
			return ranked.map((one) => ({ ...one, score: (score * one.score) / most }));
		});
		passages.sort((a, b) => b.score - a.score || a.passage - b.passage);
		return found.hits(passages.slice(0, limit));
	}

	async searchArticles(
		query: string,
		limit: number,
		{ keywordsOnly = false, closeRead = false } = {},
	): Promise<readonly ArticleHit[]> {
		const found = await this.legs.find(query, CANDIDATES, keywordsOnly);
		const articles = keywordsOnly ? voted(found) : await this.#articles(query, found, closeRead);
		return Promise.all(
			articles.slice(0, limit).map(async ({ ranked, ...rest }) => ({ ...rest, hits: await found.hits(ranked) })),
		);
	}

	/** The articles that are ranked for a query, with the features that rank them. */
	async candidates(query: string): Promise<readonly Candidate[]> {
		const found = await this.legs.find(query, CANDIDATES, false);
		return this.#candidates(query, found, voted(found).slice(0, RANKED));
	}

	/** Articles by their passages' votes, the first of them ranked by all that is known of them. */
	async #articles(query: string, found: Found, closeRead: boolean): Promise<readonly RankedArticle[]> {
		const byVotes = voted(found);
		const candidates = await this.#candidates(query, found, byVotes.slice(0, RANKED));
		const logits = await this.#logits(query, candidates, closeRead);
		const most = logits.reduce((high, value) => Math.max(high, value), Number.NEGATIVE_INFINITY);
		const top = byVotes[0]?.score ?? 0;
		const ranked = sorted(
			candidates.map(({ article, ranked }, n) => ({
				article,
				ranked,
				score: top * Math.exp(((logits[n] ?? 0) - most) / TEMPERATURE),
			})),
		);
		const least = ranked.at(-1)?.score ?? 0;
		const rest = byVotes.slice(RANKED).map((one) => ({ ...one, score: (one.score / top) * least }));
		return [...ranked, ...rest];
	}

	/** Log-odds of each candidate by its features and, where several are close and it is asked for, by what the reader finds in them. */
	async #logits(query: string, candidates: readonly Candidate[], closeRead: boolean): Promise<readonly number[]> {
		const weights = rankingWeights();
		const logits = candidates.map(({ features }) => logit(weights.features, features));
		const near = closeRead ? close(query, candidates, logits) : [];
		const reader = near.length > 0 ? await this.reader() : null;
		if (!reader) return logits;
		const glances = near.map(async (n) => [n, await glance(query, candidates[n] as Candidate, reader)] as const);
		return withGlances(logits, new Map(await Promise.all(glances)), weights.glance);
	}

	#candidates(query: string, found: Found, articles: readonly RankedArticle[]): Promise<readonly Candidate[]> {
		const asked = askedOf(query, (term) => found.rarity(term));
		const grouped = articles.map(({ article, ranked }) => [article, ranked] as const);
		return candidatesOf(asked, grouped, found);
	}
}

/** Articles by their best passage and the votes of the others. */
function voted({ passages, articleOf }: Found): readonly RankedArticle[] {
	const byArticle = new Map<number, Ranked[]>();
	for (const ranked of passages) {
		const number = articleOf(ranked.passage);
		const known = byArticle.get(number);
		if (known) known.push(ranked);
		else byArticle.set(number, [ranked]);
	}
	return sorted([...byArticle].map(([number, ranked]) => ({ article: number, score: vote(ranked), ranked })));
}

/** Opens a retriever on a snapshot. Embedder and reader are opened when a query first needs them; without them keywords and features serve. */
export function openRetriever(
	snapshot: SearchableSnapshot,
	embedder: () => Promise<Embedder | null>,
	reader: () => Promise<Reader | null> = async () => null,
): Retriever {
	return new RankedRetriever(new EmbeddedLegs(snapshot, embedder), reader);
}

function sorted(articles: readonly RankedArticle[]): RankedArticle[] {
	return [...articles].sort((a, b) => b.score - a.score || a.article - b.article);
}

function vote(ranked: readonly Ranked[]): number {
	return ranked.reduce((sum, { score }, n) => sum + score * (n === 0 ? 1 : (VOTES[n - 1] ?? 0)), 0);
}
