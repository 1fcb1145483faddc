import { z } from 'zod';
import type { Bulk } from './bulk.js';
import { type Cluster, WRITING } from './cluster.js';
import { articleDocument, issueDocument, passageDocument, searchable } from './documents.js';
import { ARTICLES, ISSUES, passagesIndex } from './indexes.js';
import { neighbours } from './neighbours.js';
import { searchAll } from './search.js';

/** Documents read and written back at a time; each passage has its vector with it. */
const PAGE = 200;

const seen = z.object({ _seq_no: z.int(), _primary_term: z.int() });

/**
 * Writes documents back with another end of life, each only if nobody changed it since it was read. The parts of a
 * document that the engine does not give back are made anew.
 */
export async function endLives(
	cluster: Cluster,
	bulk: Bulk,
	dimension: number,
	which: object,
	until: number,
): Promise<void> {
	const indexes: readonly (readonly [index: string, sort: readonly object[], whole: (source: unknown) => object])[] = [
		[ISSUES, [{ file: 'asc' }, { from: 'asc' }], (source) => issueDocument.parse(source)],
		[ARTICLES, [{ issue: 'asc' }, { place: 'asc' }], (source) => wholeArticle(source)],
		[
			passagesIndex(dimension),
			[{ issue: 'asc' }, { place: 'asc' }, { n: 'asc' }],
			(source) => searchable(passageDocument.parse(source)),
		],
	];
	for (const [index, sort, whole] of indexes) {
		const body = { query: which, sort, seq_no_primary_term: true };
		for await (const hit of searchAll(cluster, index, body, WRITING, PAGE)) {
			const { _seq_no: seqNo, _primary_term: term } = seen.parse(hit);
			const document = { ...whole(hit._source), until };
			await bulk.write({ index, id: hit._id, document, seen: { seqNo, term } });
		}
	}
}

function wholeArticle(source: unknown): object {
	const document = articleDocument.parse(source);
	return { ...document, pairs: neighbours(document.source).join(' ') };
}
