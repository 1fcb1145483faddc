import { join } from 'node:path';
import Database from 'better-sqlite3';
import { IndexError } from '../errors.js';
import { rowChecksum, rowHolds } from './checksums.js';
import { diskFiles } from './files.js';

/** Vectors have a database of their own: they come one by one and outlive the generations that use them. */
export const VECTORS = 'vectors.sqlite';
/** How long a reader waits while a writer commits. */
const PATIENCE_MS = 5_000;
/** Commit after so many: a run that is killed loses half a second's work. */
const BATCH = 32;

const SCHEMA = `
CREATE TABLE IF NOT EXISTS vectors (
	label INTEGER PRIMARY KEY AUTOINCREMENT,
	content TEXT NOT NULL,
	model TEXT NOT NULL,
	vector BLOB NOT NULL,
	checksum BLOB NOT NULL,
	orphaned INTEGER,
	UNIQUE (content, model)
) STRICT;
`;

interface Row {
	readonly label: number;
	readonly content: string;
	readonly model: string;
	readonly vector: Buffer;
	readonly checksum: Buffer;
}

/** The stored vectors, open for the one writer. Labels are never used twice. */
export class VectorStore {
	readonly #database: Database.Database;
	readonly #insert: Database.Statement;
	#pending: [content: string, model: string, vector: Float32Array][] = [];

	private constructor(database: Database.Database) {
		this.#database = database;
		database.pragma('journal_mode = DELETE');
		database.exec(SCHEMA);
		this.#insert = database.prepare(
			'INSERT OR REPLACE INTO vectors (content, model, vector, checksum) VALUES (?, ?, ?, ?)',
		);
	}

	/** Opens or creates the store. One whose pages are damaged is begun anew: every vector can be computed again. */
	static open(dir: string, onWarning: (line: string) => void): VectorStore {
		const path = join(dir, VECTORS);
		try {
			return new VectorStore(new Database(path, { timeout: PATIENCE_MS }));
		} catch (error) {
			if (!isDamage(error)) throw writeFailure(error);
			onWarning(`${VECTORS} 已损坏（${error.message}），向量重新计算。`);
			for (const tail of ['', '-journal']) diskFiles.remove(path + tail);
			return new VectorStore(new Database(path));
		}
	}

	/** Which of these contents have no vector of the model yet. */
	missing(contents: readonly string[], model: string): string[] {
		const known = this.#database.prepare('SELECT 1 FROM vectors WHERE content = ? AND model = ?').pluck();
		return contents.filter((content) => known.get(content, model) === undefined);
	}

	/** The model of most stored vectors; null when there are none. */
	commonModel(): string | null {
		const most = 'SELECT model FROM vectors GROUP BY model ORDER BY count(*) DESC, model LIMIT 1';
		return (this.#database.prepare(most).pluck().get() as string | undefined) ?? null;
	}

	/** Keeps a vector; written when some have come together, or by `flush`. */
	put(content: string, model: string, vector: Float32Array): void {
		this.#pending.push([content, model, vector]);
		if (this.#pending.length >= BATCH) this.flush();
	}

	flush(): void {
		const batch = this.#pending;
		this.#pending = [];
		try {
			this.#database.transaction(() => {
				for (const [content, model, vector] of batch) {
					const bytes = bytesOf(vector);
					this.#insert.run(content, model, bytes, rowChecksum([content, model, bytes]));
				}
			})();
		} catch (error) {
			throw writeFailure(error);
		}
	}

	/** Drops every row that is not what was written; returns how many. */
	dropDamaged(): number {
		const bad: number[] = [];
		for (const row of this.#database.prepare('SELECT * FROM vectors').iterate() as IterableIterator<Row>) {
			if (!rowHolds([row.content, row.model, row.vector], row.checksum)) bad.push(row.label);
		}
		const remove = this.#database.prepare('DELETE FROM vectors WHERE label = ?');
		this.#database.transaction(() => bad.forEach((label) => void remove.run(label)))();
		return bad.length;
	}

	/** The vector of a label, or null where there is none or it is damaged. */
	vector(label: number): Float32Array | null {
		const row = this.#database.prepare('SELECT * FROM vectors WHERE label = ?').get(label) as Row | undefined;
		return row && rowHolds([row.content, row.model, row.vector], row.checksum) ? floatsOf(row.vector) : null;
	}

	/**
	 * Forgets what no passage uses. A vector goes one generation after its passage: readers of the generation before
	 * may not have loaded theirs yet.
	 */
	sweep(inUse: ReadonlySet<number>, generation: number): void {
		const rows = this.#database.prepare('SELECT label, orphaned FROM vectors').all() as {
			label: number;
			orphaned: number | null;
		}[];
		const mark = this.#database.prepare('UPDATE vectors SET orphaned = ? WHERE label = ?');
		const remove = this.#database.prepare('DELETE FROM vectors WHERE label = ?');
		this.#database.transaction(() => {
			for (const { label, orphaned } of rows) {
				if (inUse.has(label)) {
					if (orphaned !== null) mark.run(null, label);
				} else if (orphaned === null) mark.run(generation, label);
				else if (orphaned < generation) remove.run(label);
			}
		})();
	}

	close(): void {
		this.#database.close();
	}
}

/** Vectors read for a generation: one row of the matrix for each label; what is damaged or gone is left out. */
export interface LoadedVectors {
	readonly labels: readonly number[];
	readonly matrix: Float32Array;
	readonly damaged: number;
}

/** Reads the vectors of these labels (rising), every row compared with its checksum. */
export function readVectors(dir: string, labels: readonly number[], model: string, dimension: number): LoadedVectors {
	const database = new Database(join(dir, VECTORS), { readonly: true, fileMustExist: true, timeout: PATIENCE_MS });
	try {
		const wanted = new Set(labels);
		const matrix = new Float32Array(labels.length * dimension);
		const good: number[] = [];
		const statement = database.prepare('SELECT * FROM vectors WHERE model = ? ORDER BY label');
		for (const row of statement.iterate(model) as IterableIterator<Row>) {
			if (!wanted.has(row.label) || row.vector.length !== dimension * 4) continue;
			if (!rowHolds([row.content, row.model, row.vector], row.checksum)) continue;
			matrix.set(floatsOf(row.vector), good.length * dimension);
			good.push(row.label);
		}
		return { labels: good, matrix: matrix.subarray(0, good.length * dimension), damaged: labels.length - good.length };
	} finally {
		database.close();
	}
}

function bytesOf(vector: Float32Array): Buffer {
	return Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength);
}

/** Copied, because SQLite's bytes need not lie where floats may. */
function floatsOf(bytes: Uint8Array): Float32Array {
	return new Float32Array(Uint8Array.from(bytes).buffer);
}

function isDamage(error: unknown): error is InstanceType<typeof Database.SqliteError> {
	return error instanceof Database.SqliteError && /^SQLITE_(?:CORRUPT|NOTADB|FORMAT|ERROR)/.test(error.code);
}

function writeFailure(error: unknown): unknown {
	if (!(error instanceof Database.SqliteError)) return error;
	return new IndexError(`索引不能写：${error.message}。`, { cause: error });
}
