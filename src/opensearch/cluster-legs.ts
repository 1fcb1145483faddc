import { z } from 'zod';
import type { Embedder } from '../embedding/types.js';
import { inverseFrequency } from '../retrieval/bm25.js';
import { fuseRows, type Ranked } from '../retrieval/fuse.js';
import type { Found, Legs, ScoredPassage } from '../retrieval/legs.js';
import type { Hit, StoredPassage } from '../store/types.js';
import type { ClusterStore } from './cluster-store.js';
import { type PassageDocument, passageDocument, passageHolds } from './documents.js';
import { clusterError } from './failure.js';
import { passagesIndex } from './indexes.js';
import {
	type Collection,
	keywordScore,
	MOST_COUNTED,
	type QueryTerms,
	queryTerms,
	topicTerms,
} from './keyword-scores.js';
import { search } from './search.js';
import { Cosines, nearestOf, type QueryVector } from './vectors.js';

/** The engine gives so many times more candidates than are wanted, as its scores differ a little from ours. */
const MORE = 1.5;
/** An article's passages are numbered from its number times this: the order of file and place stays. */
const PER_ARTICLE = 100_000;
/** Queries whose keyword candidates are remembered: a question is asked by keywords first, then by both legs. */
const REMEMBERED = 16;

/** A passage that came from the cluster, and where it stands. */
interface Known {
	readonly id: string;
	readonly article: number;
	readonly document: PassageDocument;
	readonly keyword: number;
}

/** What the keyword leg found, and what is needed to score any other passage. */
interface ByKeywords {
	readonly terms: QueryTerms;
	readonly collection: Collection;
	readonly best: readonly number[];
	readonly known: ReadonlyMap<number, Known>;
}

const filters = z.object({ buckets: z.record(z.string(), z.object({ doc_count: z.int() })) });

/** The two legs over a cluster: the engine finds and counts; the scores of what it found are reckoned here. */
export class ClusterLegs implements Legs {
	readonly #remembered = new Map<string, Promise<ByKeywords>>();
	readonly #index: string;
	readonly #cosines = new Cosines();

	constructor(
		private readonly store: ClusterStore,
		private readonly embedder: () => Promise<Embedder | null>,
	) {
		this.#index = passagesIndex(store.parts[0]?.state.dimension ?? 0);
	}

	async find(query: string, depth: number, keywordsOnly: boolean): Promise<Found> {
		const [byKeywords, vector] = await Promise.all([
			this.#byKeywords(query, depth),
			keywordsOnly ? null : this.#vectorOf(query),
		]);
		const { terms, collection, best } = byKeywords;
		const known = new Map(byKeywords.known);
		const cosines = new Map<number, number>();
		if (vector) {
			const hits = await nearestOf(this.store, this.#index, vector, depth);
			const nearest = hits.flatMap(({ _id, _source }) => this.#know(_id, _source, terms, collection, known) ?? []);
			const both = [...new Set([...nearest, ...best])];
			const found = this.#cosines.of(
				vector,
				both.flatMap((passage) => known.get(passage)?.document ?? []),
			);
			both.forEach((passage, n) => {
				const cosine = found[n];
				if (typeof cosine === 'number') cosines.set(passage, cosine);
			});
		}
		const rows = [...new Set([...best, ...cosines.keys()])].map((passage) => ({
			passage,
			keyword: known.get(passage)?.keyword ?? 0,
			vector: cosines.get(passage) ?? null,
		}));
		return {
			passages: fuseRows(rows),
			articleOf: (passage) => known.get(passage)?.article ?? 0,
			rarity: (term) => inverseFrequency(collection.holding.get(term) ?? 0, collection.passages),
			scored: (articles) => this.#scored(articles, terms, collection, vector),
			hits: async (ranked) => ranked.map((one) => hitOf(one, known)),
		};
	}

	#byKeywords(query: string, depth: number): Promise<ByKeywords> {
		const key = `${depth} ${query}`;
		const remembered = this.#remembered.get(key);
		if (remembered) return remembered;
		const found = this.#searchKeywords(query, depth);
		this.#remembered.set(key, found);
		found.catch(() => this.#remembered.delete(key));
		if (this.#remembered.size > REMEMBERED) this.#remembered.delete(this.#remembered.keys().next().value ?? '');
		return found;
	}

	/** Candidates by the engine's scores, and in the same request how many passages hold each term. */
	async #searchKeywords(query: string, depth: number): Promise<ByKeywords> {
		const { store } = this;
		const terms = queryTerms(query);
		const counted = new Set(terms.keys());
		// The ranking asks how rare the words of the topic are; they may be parted otherwise than those of the question.
		for (const term of topicTerms(query)) if (counted.size < MOST_COUNTED) counted.add(term);
		const total = store.parts.reduce((sum, { state }) => sum + state.terms, 0);
		const passages = store.counts.passages;
		const nothing = { passages, meanTerms: total / Math.max(passages, 1), holding: new Map<string, number>() };
		if (terms.size === 0) return { terms, collection: nothing, best: [], known: new Map() };
		const all = [...counted];
		const { hits, aggregations } = await search(store.cluster, this.#index, {
			size: Math.ceil(depth * MORE),
			track_total_hits: false,
			query: {
				bool: {
					filter: [store.filter],
					should: all.map((term) => ({ term: { terms: { value: term, boost: terms.get(term) ?? 0 } } })),
					minimum_should_match: 1,
				},
			},
			aggs: {
				holding: { filters: { filters: Object.fromEntries(all.map((term) => [term, { term: { terms: term } }])) } },
			},
		});
		const buckets = aggregations ? filters.parse(aggregations['holding']).buckets : {};
		const holding = new Map(all.map((term) => [term, buckets[term]?.doc_count ?? 0] as const));
		const collection = { ...nothing, holding };
		const known = new Map<number, Known>();
		for (const hit of hits.hits) this.#know(hit._id, hit._source, terms, collection, known);
		const best = [...known]
			.filter(([, { keyword }]) => keyword > 0)
			.sort(([a, one], [b, other]) => other.keyword - one.keyword || a - b)
			.slice(0, depth)
			.map(([passage]) => passage);
		return { terms, collection, best, known };
	}

	async #vectorOf(query: string): Promise<QueryVector | null> {
		const models = new Set(this.store.parts.flatMap(({ state }) => (state.vectors > 0 ? [state.model] : [])));
		// The model is loaded only where there is something to compare with.
		if (models.size === 0) return null;
		const embedder = await this.embedder();
		if (!embedder || !models.has(embedder.id)) return null;
		return { model: embedder.id, numbers: await embedder.embedQuestion(query) };
	}

	/** Takes in a passage from the cluster and gives its number; null where it is none of this generation. */
	#know(
		id: string,
		source: unknown,
		terms: QueryTerms,
		collection: Collection,
		known: Map<number, Known>,
	): number | null {
		const document = passageDocument.parse(source);
		const article = this.store.list.numberOf(document.issue, document.place);
		if (article === null) return null;
		const number = article * PER_ARTICLE + document.n;
		if (!known.has(number))
			known.set(number, { id, article, document, keyword: keywordScore(terms, document, collection) });
		return number;
	}

	/** Everything of these articles, for the ranking to read. */
	async #scored(
		articles: readonly number[],
		terms: QueryTerms,
		collection: Collection,
		vector: QueryVector | null,
	): Promise<readonly (readonly ScoredPassage[])[]> {
		const ids = articles.map((number) => this.store.list.passageIds(number));
		const values = ids.flat();
		if (values.length === 0) return articles.map(() => []);
		const { hits } = await search(this.store.cluster, this.#index, { size: values.length, query: { ids: { values } } });
		const documents = new Map(hits.hits.map((hit) => [hit._id, passageDocument.parse(hit._source)]));
		const found = values.map((id) => {
			const document = documents.get(id);
			if (!document) throw clusterError('red');
			return document;
		});
		const cosines = vector ? this.#cosines.of(vector, found) : [];
		let at = 0;
		return ids.map((own) =>
			own.map(() => {
				const cosine = cosines[at] ?? null;
				const document = found[at++] as PassageDocument;
				const { text, headline } = document;
				return { text, headline, keyword: keywordScore(terms, document, collection), cosine };
			}),
		);
	}
}

function hitOf({ passage: number, ...scores }: Ranked, known: ReadonlyMap<number, Known>): Hit {
	const found = known.get(number);
	if (!found || !passageHolds(found.document)) throw clusterError('red');
	const { content: id, text, headline, start, end } = found.document;
	const passage: StoredPassage = { number, article: found.article, id, text, headline, start, end };
	return { passage, ...scores };
}
