import type { Cluster } from './cluster.js';
import { Conflict, WRITING } from './cluster.js';

/** Goes up when documents of one version cannot be read by the other; the old index then stays beside the new. */
const FORMAT = 2;
/** Vectors of a model that is not there yet are given this many numbers. */
export const USUAL_DIMENSION = 512;

/** The state of each namespace: one small document. */
export const STATES = `wenqu-states-${FORMAT}`;
/** Issue files with their whole text. */
export const ISSUES = `wenqu-issues-${FORMAT}`;
export const ARTICLES = `wenqu-articles-${FORMAT}`;
/** Passages; an index for each length of vector, as a field holds one length only. */
export function passagesIndex(dimension: number): string {
	return `wenqu-passages-${FORMAT}-${dimension}`;
}

const keyword = { type: 'keyword' };
const integer = { type: 'integer' };
/** Kept in the document and looked up by nobody. */
const kept = { type: 'keyword', index: false, doc_values: false };
const tokens = { type: 'text', analyzer: 'whitespace', norms: false };
/** Summed up and looked up by nobody. */
const counted = { type: 'integer', index: false };
/** In which generation a document came, and in which it went. */
const life = { namespace: keyword, from: integer, until: integer };

function mappingOf(index: string, dimension: number): object {
	switch (index) {
		case STATES:
			return { properties: { namespace: keyword, state: kept } };
		case ISSUES:
			return {
				properties: {
					...life,
					...{ file: keyword, date: keyword, sha256: keyword, bytes: kept, length: kept, encoding: kept, gaps: kept },
					...{ text: kept, textSha256: kept, headlines: kept, starts: kept, passages: kept },
				},
			};
		case ARTICLES:
			return {
				// Pairs are made from the source whenever a document is written; nobody reads them back.
				_source: { excludes: ['pairs'] },
				properties: {
					...life,
					...{ issue: keyword, place: integer, start: kept, end: kept, headline: kept, layout: kept, source: kept },
					...{ facts: kept, checksum: kept, people: keyword, active: keyword },
					gathering: { type: 'boolean' },
					// Neighbours in their order, so that a phrase of them is a string of the text.
					pairs: { ...tokens, index_options: 'positions' },
				},
			};
		default:
			return {
				// What is looked up is made from what is kept, whenever a document is written.
				_source: { excludes: ['vector', 'terms'] },
				properties: {
					...life,
					...{ issue: keyword, place: integer, n: integer, start: kept, end: kept, content: keyword, headline: kept },
					...{ text: kept, checksum: kept, body_terms: counted, headline_terms: counted },
					...{ model: keyword, packed: { type: 'binary' } },
					...{ body: kept, head: kept },
					terms: { type: 'text', analyzer: 'whitespace', similarity: 'wenqu', index_options: 'freqs' },
					vector: {
						type: 'knn_vector',
						dimension,
						method: {
							name: 'hnsw',
							engine: 'lucene',
							space_type: 'innerproduct',
							parameters: { m: 16, ef_construction: 128 },
						},
					},
				},
			};
	}
}

function settingsOf(index: string, shards: number): object {
	const isLarge = index !== STATES;
	return {
		number_of_shards: isLarge ? shards : 1,
		// One copy where there is a second node to hold it.
		auto_expand_replicas: '0-1',
		// A run makes itself visible when it is whole; nobody sees a document before.
		refresh_interval: '60s',
		...(index.includes('passages') ? { knn: true, similarity: { wenqu: { type: 'BM25', k1: 0.9, b: 0.4 } } } : {}),
	};
}

/** Puts the templates in place and creates the indexes that are missing. Throws a ClusterError. */
export async function prepareIndexes(cluster: Cluster, dimension: number, shards: number): Promise<void> {
	for (const index of [STATES, ISSUES, ARTICLES, passagesIndex(dimension)]) {
		if ((await cluster.tell({ method: 'GET', path: `/${index}/_settings` }, WRITING)) !== null) continue;
		const alias = index.replace(`-${FORMAT}`, '');
		const template = {
			index_patterns: [index],
			priority: 200,
			template: {
				settings: { index: settingsOf(index, shards) },
				mappings: { dynamic: 'strict', ...mappingOf(index, dimension) },
				// The name for people and dashboards; it moves on when the format changes.
				aliases: { [alias]: {} },
			},
		};
		await cluster.tell({ method: 'PUT', path: `/_index_template/${index}`, body: template }, WRITING);
		await createIndex(cluster, index);
	}
}

async function createIndex(cluster: Cluster, index: string): Promise<void> {
	try {
		await cluster.tell({ method: 'PUT', path: `/${index}` }, WRITING);
	} catch (error) {
		// Another indexer may have been first, or a first attempt whose reply was lost.
		if (error instanceof Conflict) return;
		if ((await cluster.tell({ method: 'GET', path: `/${index}/_settings` }, WRITING)) === null) throw error;
	}
}
