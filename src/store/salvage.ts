import { statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { rowHolds } from './checksums.js';
import { diskFiles, temporaryName } from './files.js';
import type { VectorRow } from './rows.js';
import { VECTOR_SCHEMA } from './schema.js';

/** A stored vector takes more bytes than this, so that a file can hold no more of them than its size allows. */
const LEAST_ROW_BYTES = 128;

/**
 * Saves the sound rows of a damaged vector database into a new one in its place, each under its old label; returns how
 * many. Rows are asked for one by one, as one broken page would end a scan with all that lies behind it.
 */
export function salvageVectors(path: string, lastLabel: number): number {
	const beside = temporaryName(path);
	const fresh = new Database(beside);
	let saved = 0;
	try {
		fresh.pragma('journal_mode = OFF');
		fresh.exec(VECTOR_SCHEMA);
		const insert = fresh.prepare(
			'INSERT OR IGNORE INTO vectors (label, content, model, vector, checksum) VALUES (@label, @content, @model, @vector, @checksum)',
		);
		fresh.transaction(() => {
			for (const row of soundRows(path, lastLabel)) saved += insert.run(row).changes;
		})();
	} finally {
		fresh.close();
	}
	for (const tail of ['', '-journal']) diskFiles.remove(path + tail);
	diskFiles.sync(beside);
	diskFiles.rename(beside, path);
	return saved;
}

function* soundRows(path: string, lastLabel: number): Generator<VectorRow> {
	let old: Database.Database | undefined;
	try {
		old = new Database(path, { readonly: true, fileMustExist: true });
		const byLabel = old.prepare('SELECT * FROM vectors WHERE label = ?');
		const most = lastLabel + statSync(path).size / LEAST_ROW_BYTES;
		for (let label = 1; label <= most; label++) {
			const row = readRow(byLabel, label);
			if (row && rowHolds([row.content, row.model, row.vector], row.checksum)) yield row;
		}
	} catch {
		// Not even its first page can be read: nothing is to be saved.
	} finally {
		old?.close();
	}
}

function readRow(byLabel: Database.Statement, label: number): VectorRow | null {
	try {
		return (byLabel.get(label) as VectorRow | undefined) ?? null;
	} catch {
		return null;
	}
}
