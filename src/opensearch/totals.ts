import { z } from 'zod';
import { type Cluster, WRITING } from './cluster.js';
import { ARTICLES, ISSUES, passagesIndex } from './indexes.js';
import { count, search } from './search.js';
import type { NamespaceState } from './state.js';

const sum = z.object({ value: z.number() });

/** Makes everything that was written findable. What is not seen yet by its generation stays unseen. */
export async function refresh(cluster: Cluster, dimension: number): Promise<void> {
	const indexes = [ISSUES, ARTICLES, passagesIndex(dimension)].join(',');
	await cluster.tell({ method: 'POST', path: `/${indexes}/_refresh` }, WRITING);
}

/** What a generation holds, counted by the engine. */
export async function totalsOf(
	cluster: Cluster,
	dimension: number,
	filter: object,
	model: string | null,
): Promise<Pick<NamespaceState, 'counts' | 'terms' | 'vectors' | 'newestDate'>> {
	const passages = passagesIndex(dimension);
	const dated = { bool: { filter: [filter, { exists: { field: 'date' } }] } };
	const newest = { size: 1, query: dated, sort: [{ date: 'desc' }], _source: false, docvalue_fields: ['date'] };
	const terms = {
		size: 0,
		query: filter,
		aggs: { body: { sum: { field: 'body_terms' } }, head: { sum: { field: 'headline_terms' } } },
	};
	const { aggregations } = await search(cluster, passages, terms, WRITING);
	const [found] = (await search(cluster, ISSUES, newest, WRITING)).hits.hits;
	const ofModel = { bool: { filter: [filter, { term: { model: model ?? '' } }] } };
	return {
		counts: {
			issues: await count(cluster, ISSUES, filter, WRITING),
			articles: await count(cluster, ARTICLES, filter, WRITING),
			passages: await count(cluster, passages, filter, WRITING),
		},
		terms: sum.parse(aggregations?.['body']).value + sum.parse(aggregations?.['head']).value,
		vectors: model === null ? 0 : await count(cluster, passages, ofModel, WRITING),
		newestDate: z
			.string()
			.nullable()
			.parse(found?.fields?.['date']?.[0] ?? null),
	};
}
