import { z } from 'zod';
import type { Cluster, Patience } from './cluster.js';
import { READING } from './cluster.js';
import { clusterError } from './failure.js';

/** The engine gives so many hits at a time at most. */
export const PAGE = 5_000;

const hit = z.object({
	_id: z.string(),
	_score: z.number().nullable(),
	_source: z.unknown().optional(),
	_seq_no: z.int().optional(),
	_primary_term: z.int().optional(),
	fields: z.record(z.string(), z.array(z.unknown())).optional(),
	sort: z.array(z.unknown()).optional(),
});
export type SearchHit = z.infer<typeof hit>;

const reply = z.object({
	timed_out: z.boolean(),
	_shards: z.object({ failed: z.int() }),
	hits: z.object({ total: z.object({ value: z.int() }).optional(), hits: z.array(hit) }),
	aggregations: z.record(z.string(), z.unknown()).optional(),
});
export type SearchReply = z.infer<typeof reply>;

/**
 * Searches one index. Half an answer is none: a shard that is missing or late makes it a ClusterError, after some
 * attempts. An index that is not there yet holds nothing.
 */
export async function search(
	cluster: Cluster,
	index: string,
	body: object,
	patience: Patience = READING,
): Promise<SearchReply> {
	const query = { allow_partial_search_results: false, ignore_unavailable: false, search_type: 'dfs_query_then_fetch' };
	const found = await cluster.tell({ method: 'POST', path: `/${index}/_search`, query, body }, patience);
	if (found === null) return { timed_out: false, _shards: { failed: 0 }, hits: { hits: [] } };
	const parsed = reply.safeParse(found);
	if (!parsed.success) throw clusterError('wrong', parsed.error);
	if (parsed.data._shards.failed > 0) throw clusterError('red');
	if (parsed.data.timed_out) throw clusterError('slow');
	return parsed.data;
}

/** All hits of a query, page after page in the order of `sort`, whose values together are different for every document. */
export async function* searchAll(
	cluster: Cluster,
	index: string,
	body: { readonly query: object; readonly sort: readonly object[] } & Readonly<Record<string, unknown>>,
	patience: Patience = READING,
	page: number = PAGE,
): AsyncGenerator<SearchHit> {
	let after: readonly unknown[] | undefined;
	do {
		const from = after ? { search_after: after } : {};
		const { hits } = await search(cluster, index, { size: page, track_total_hits: false, ...body, ...from }, patience);
		yield* hits.hits;
		after = hits.hits.length === page ? hits.hits.at(-1)?.sort : undefined;
	} while (after);
}

const documents = z.object({
	docs: z.array(z.object({ _id: z.string(), found: z.boolean().optional(), _source: z.unknown().optional() })),
});

/** Documents by id, in the order asked for; null in the place of one that is not there. */
export async function getAll(
	cluster: Cluster,
	index: string,
	ids: readonly string[],
	fields: readonly string[] = [],
): Promise<readonly unknown[]> {
	if (ids.length === 0) return [];
	const query = fields.length > 0 ? { _source_includes: fields.join(',') } : {};
	const { docs } = await cluster.send({ method: 'POST', path: `/${index}/_mget`, query, body: { ids } }, documents);
	return docs.map((one) => (one.found ? one._source : null));
}

/** How many documents match. */
export async function count(
	cluster: Cluster,
	index: string,
	query: object,
	patience: Patience = READING,
): Promise<number> {
	const { hits } = await search(cluster, index, { size: 0, track_total_hits: true, query }, patience);
	return hits.total?.value ?? 0;
}
