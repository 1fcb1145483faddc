import Database from 'better-sqlite3';
import { rowHolds } from '../store/checksums.js';
import type { Manifest } from '../store/manifest.js';
import { dimensionOf, packedOf } from '../store/packed-vector.js';
import type { VectorRow } from '../store/rows.js';

/**
 * Proves the stored vectors: whole, each with a passage of its content and model. One that lost its passage waits a
 * generation for readers of the one before; one that a killed run stored waits for the next run. Neither is an error.
 */
export function checkVectors(
	databases: readonly Database.Database[],
	path: string,
	manifest: Pick<Manifest, 'model' | 'vectors'>,
	dimension: { stored: number },
): string[] {
	const linked = new Map(databases.flatMap(linksOf));
	const problems: string[] = [];
	let found = 0;
	let damaged = 0;
	let astray = 0;
	let database: Database.Database | undefined;
	try {
		database = new Database(path, { readonly: true, fileMustExist: true });
		for (const row of database.prepare('SELECT * FROM vectors').iterate() as IterableIterator<VectorRow>) {
			const content = linked.get(row.label);
			if (!rowHolds([row.content, row.model, row.vector], row.checksum)) damaged++;
			else if (content === undefined) continue;
			else if (content !== row.content || row.model !== manifest.model) astray++;
			else found++;
			const packed = packedOf(row.vector);
			if (packed) dimension.stored = dimensionOf(packed);
		}
	} catch (error) {
		problems.push(`向量库读不出来：${error instanceof Error ? error.message : String(error)}`);
	} finally {
		database?.close();
	}
	if (damaged > 0) problems.push(`${damaged} 个向量已损坏`);
	if (astray > 0) problems.push(`${astray} 个向量不属于所指的段落`);
	if (found < linked.size) problems.push(`${linked.size - found} 段的向量缺失`);
	if (linked.size !== manifest.vectors) problems.push('向量数目与清单不符');
	return problems;
}

/** Which passages of a database point to which vector, by the passages' contents. */
export function linksOf(database: Database.Database): [label: number, content: string][] {
	const rows = database.prepare('SELECT vector, content FROM passages WHERE vector IS NOT NULL').raw().all();
	return rows as [number, string][];
}
