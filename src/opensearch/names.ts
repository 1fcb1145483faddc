import { z } from 'zod';
import type { Cluster } from './cluster.js';
import { ARTICLES } from './indexes.js';
import { search } from './search.js';

/** The longest and shortest piece of a text that can be a name. */
const LONGEST = 12;
const SHORTEST = 2;
/** Names that could be meant by another: more than anybody is shown. */
const MOST_ALIKE = 1_000;
/** The engine counts so many names in each shard before it compares the shards, so that none is missed. */
const COUNTED = 20_000;
const PAGE = 2_000;

const buckets = z.object({ buckets: z.array(z.object({ key: z.string(), doc_count: z.int() })) });
const composite = z.object({
	buckets: z.array(z.object({ key: z.object({ name: z.string() }) })),
	after_key: z.object({ name: z.string() }).optional(),
});

/** How often articles hold a name: the engine counts. */
export interface NameCount {
	readonly name: string;
	readonly articles: number;
}

async function counted(cluster: Cluster, query: object, terms: object): Promise<readonly NameCount[]> {
	const { aggregations } = await search(cluster, ARTICLES, { size: 0, query, aggs: { names: { terms } } });
	const found = aggregations ? buckets.parse(aggregations['names']).buckets : [];
	return found.map(({ key, doc_count }) => ({ name: key, articles: doc_count }));
}

/** The names that stand in a text: every piece of it is looked up at once. */
export async function namesIn(cluster: Cluster, filter: object, text: string): Promise<ReadonlySet<string>> {
	const pieces = new Set<string>();
	for (const line of text.split('\n'))
		for (let at = 0; at < line.length; at++)
			for (let length = SHORTEST; length <= LONGEST && at + length <= line.length; length++)
				pieces.add(line.slice(at, at + length));
	if (pieces.size === 0) return new Set();
	const include = [...pieces];
	const query = { bool: { filter: [filter, { terms: { people: include } }] } };
	const found = await counted(cluster, query, { field: 'people', include, size: include.length });
	return new Set(found.map(({ name }) => name));
}

/** Names that could be meant by this one, sorted: see `Store.peopleLike`. */
export async function namesLike(cluster: Cluster, filter: object, name: string): Promise<readonly string[]> {
	const units = [...name];
	const any = (at: number): string => units.map((unit, n) => (n === at ? '.' : escaped(unit))).join('');
	const patterns = [`.*${escaped(name)}.*`, ...units.map((_, at) => any(at))];
	if (name.length > 1) patterns.push(`${escaped(units[0] ?? '')}.*${escaped(units.at(-1) ?? '')}.*`);
	const terms = { field: 'people', include: patterns.join('|'), size: MOST_ALIKE, order: { _key: 'asc' } };
	return (await counted(cluster, filter, terms)).map((one) => one.name);
}

/** A character as itself in the engine's own kind of pattern. */
function escaped(text: string): string {
	return text.replace(/[^\p{L}\p{N}]/gu, (char) => `\\${char}`);
}

const MOST_FIRST = [{ _count: 'desc' }, { _key: 'asc' }];

/** The names that most articles hold, most first, then by name. */
export async function mostNamed(cluster: Cluster, filter: object, limit: number): Promise<readonly NameCount[]> {
	return counted(cluster, filter, { field: 'people', size: limit, shard_size: COUNTED, order: MOST_FIRST });
}

/** In how many articles each of these names has a part in what is reported. */
export async function partsOf(
	cluster: Cluster,
	filter: object,
	names: readonly string[],
): Promise<ReadonlyMap<string, number>> {
	const found = await counted(cluster, filter, { field: 'active', include: names, size: Math.max(names.length, 1) });
	return new Map(found.map(({ name, articles }) => [name, articles]));
}

/** Every name, page after page. */
export async function allNames(cluster: Cluster, filter: object): Promise<ReadonlySet<string>> {
	const names = new Set<string>();
	for (let after: object | undefined, isFirst = true; isFirst || after; isFirst = false) {
		const sources = [{ name: { terms: { field: 'people' } } }];
		const aggs = { names: { composite: { size: PAGE, sources, ...(after ? { after } : {}) } } };
		const { aggregations } = await search(cluster, ARTICLES, { size: 0, query: filter, aggs });
		if (!aggregations) break;
		const page = composite.parse(aggregations['names']);
		for (const { key } of page.buckets) names.add(key.name);
		after = page.after_key;
	}
	return names;
}
