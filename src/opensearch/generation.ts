import { IndexError } from '../errors.js';
import { Bulk } from './bulk.js';
import { type Cluster, WRITING } from './cluster.js';
import { type IssueDocuments, type PassageDocument, searchable } from './documents.js';
import { ARTICLES, ISSUES, passagesIndex } from './indexes.js';
import type { Lease } from './lease.js';
import { endLives } from './retiring.js';
import { count, searchAll } from './search.js';
import { type NamespaceState, visibleOf } from './state.js';
import { type PassageVectors, StoredVectors } from './stored-vectors.js';
import { refresh, totalsOf } from './totals.js';
import { STILL_THERE, visible } from './visibility.js';

/** So long after a generation went out of use nobody can be reading it any more. */
const READ_ON_MS = 10 * 60_000;
/** Abandoned generations that are remembered; what they left is cleared away by the next run. */
const ABANDONED_KEPT = 100;
const HISTORY_KEPT = 200;

/** Writes the next generation of a namespace, unseen until it is published; the caller holds the lease. */
export class ClusterGeneration {
	readonly #bulk: Bulk;
	readonly #vectors: StoredVectors | null;
	readonly #index: string;
	#written = { issues: 0, articles: 0, passages: 0 };
	readonly #retired: string[] = [];

	constructor(
		private readonly cluster: Cluster,
		private readonly namespace: string,
		private readonly lease: Lease,
		vectors: PassageVectors | null,
		private readonly dimension: number,
	) {
		this.#bulk = new Bulk(cluster);
		this.#index = passagesIndex(dimension);
		this.#vectors = vectors && new StoredVectors(cluster, this.#index, vectors);
	}

	get embedded(): number {
		return this.#vectors?.embedded ?? 0;
	}

	/** Clears away what runs left that never came to their end. */
	async heal(): Promise<void> {
		const { abandoned, dimension } = this.lease.state;
		if (abandoned.length === 0) return;
		await refresh(this.cluster, dimension);
		const ended = { bool: { filter: [this.#own(), { terms: { until: abandoned } }] } };
		await endLives(this.cluster, this.#bulk, dimension, ended, STILL_THERE);
		await this.#bulk.flush();
	}

	/** Takes issues out, by file name. */
	async retire(files: readonly string[]): Promise<void> {
		if (files.length === 0) return;
		this.lease.check();
		const { state } = this.lease;
		const issues = { bool: { filter: [visible([visibleOf(this.namespace, state)]), { terms: { file: files } }] } };
		const ids = await this.#issueIds(issues);
		this.#retired.push(...ids);
		const which = { bool: { should: [{ ids: { values: ids } }, { terms: { issue: ids } }], minimum_should_match: 1 } };
		await endLives(this.cluster, this.#bulk, state.dimension, which, this.lease.generation);
	}

	/** Puts an issue in; its passages get their vectors on the way, unless they have them. */
	async add({ issue, articles, passages }: IssueDocuments): Promise<void> {
		this.lease.check();
		const bare = passages.map(({ document }) => document);
		const isBare = bare.some(({ packed }) => packed === undefined);
		const whole: readonly PassageDocument[] = this.#vectors && isBare ? await this.#vectors.give(bare) : bare;
		for (const [n, document] of whole.entries())
			await this.#bulk.write({ index: this.#index, id: passages[n]?.id ?? '', document: searchable(document) });
		for (const { id, document } of articles) await this.#bulk.write({ index: ARTICLES, id, document });
		await this.#bulk.write({ index: ISSUES, id: issue.id, document: issue.document });
		this.#written.issues++;
		this.#written.articles += articles.length;
		this.#written.passages += passages.length;
	}

	/** Proves that all is there, counts it, and publishes it in one step. */
	async publish(
		change: Pick<NamespaceState, 'recipe' | 'sources' | 'lastRun'> & { readonly model: string | null },
	): Promise<NamespaceState> {
		await this.#bulk.flush();
		for (const dimension of new Set([this.dimension, this.lease.state.dimension]))
			await refresh(this.cluster, dimension);
		await this.#proveWritten();
		const generation = this.lease.generation;
		const filter = visible([{ ...visibleOf(this.namespace, this.lease.state), generation }]);
		const totals = await totalsOf(this.cluster, this.dimension, filter, change.model);
		const at = new Date().toISOString();
		const state = await this.lease.publish((before) => ({
			...before,
			...change,
			...totals,
			dimension: this.dimension,
			model: totals.vectors > 0 ? change.model : null,
			published: at,
			abandoned: before.abandoned.slice(-ABANDONED_KEPT),
			history: [...before.history, { generation, at }].slice(-HISTORY_KEPT),
		}));
		await this.#sweep(state).catch(() => undefined);
		return state;
	}

	/** Everything that this run wrote must be found, and what it took out must be seen no more. */
	async #proveWritten(): Promise<void> {
		const came = { bool: { filter: [this.#own(), { term: { from: this.lease.generation } }] } };
		const found = {
			issues: await count(this.cluster, ISSUES, came, WRITING),
			articles: await count(this.cluster, ARTICLES, came, WRITING),
			passages: await count(this.cluster, this.#index, came, WRITING),
		};
		const { issues, articles, passages } = this.#written;
		const after = visible([{ ...visibleOf(this.namespace, this.lease.state), generation: this.lease.generation }]);
		const left = { bool: { filter: [after, { terms: { issue: this.#retired } }] } };
		const isRetired = (await count(this.cluster, passagesIndex(this.lease.state.dimension), left, WRITING)) === 0;
		if (found.issues !== issues || found.articles !== articles || found.passages !== passages || !isRetired)
			throw new IndexError(
				'集群没有收齐写入的内容，这次的更新没有发布，上一次发布的索引没有变。请再运行一次 wenqu index。',
			);
	}

	/** Removes what no reader can need: gone for long, or never published. Readers do not see any of it as it is. */
	async #sweep({ history, abandoned, dimension }: NamespaceState): Promise<void> {
		const old = history
			.filter(({ at }) => Date.now() - Date.parse(at) > READ_ON_MS)
			.map(({ generation }) => generation);
		const gone = { range: { until: { lte: Math.max(0, ...old) } } };
		// What an abandoned run took out is still there.
		const dead = { bool: { filter: [gone], must_not: [{ terms: { until: abandoned } }] } };
		const query = {
			bool: { filter: [this.#own()], should: [dead, { terms: { from: abandoned } }], minimum_should_match: 1 },
		};
		for (const index of [ISSUES, ARTICLES, passagesIndex(dimension)]) {
			const path = `/${index}/_delete_by_query`;
			await this.cluster.tell({ method: 'POST', path, query: { conflicts: 'proceed' }, body: { query } }, WRITING);
		}
	}

	#own(): object {
		return { term: { namespace: this.namespace } };
	}

	async #issueIds(query: object): Promise<readonly string[]> {
		const ids: string[] = [];
		for await (const hit of searchAll(
			this.cluster,
			ISSUES,
			{ query, sort: [{ file: 'asc' }], _source: false },
			WRITING,
		))
			ids.push(hit._id);
		return ids;
	}
}
