import { join } from 'node:path';
import Database from 'better-sqlite3';
import { rowChecksum, rowHolds } from './checksums.js';
import { type FileMark, fileFault } from './files.js';
import { isPacked, packedOf, unpackVector } from './packed-vector.js';
import type { VectorRow } from './rows.js';
import { salvageVectors } from './salvage.js';
import { VECTOR_SCHEMA } from './schema.js';

/** Vectors have a database of their own: they come one by one and outlive the generations that use them. */
export const VECTORS = 'vectors.sqlite';
/** How long a reader waits while a writer commits. */
export const PATIENCE_MS = 5_000;
/** Stands in the file's header while a run stores vectors. */
const UNFINISHED = 1;
/** Commit after so many: a run that is killed loses half a second's work. */
const BATCH = 32;

/** The stored vectors, open for the one writer. Labels are never used twice. */
export class VectorStore {
	readonly #database: Database.Database;
	readonly #insert: Database.Statement;
	#pending: [content: string, model: string, packed: Uint8Array][] = [];

	/** Whether the file is not the one that was published: then rows must be proven, and passages may point astray. */
	readonly isSuspect: boolean;

	private constructor(database: Database.Database, suspect: boolean, lastLabel: number) {
		this.#database = database;
		this.isSuspect = suspect;
		raiseSequence(database, lastLabel);
		packFloats(database);
		this.#insert = database.prepare(
			'INSERT OR REPLACE INTO vectors (content, model, vector, checksum) VALUES (?, ?, ?, ?)',
		);
	}

	/**
	 * Opens or creates the store. `published` is what the last generation left: a file that differs from it is proven
	 * first, and what is sound of a damaged one is saved. Labels go on above `lastLabel` even when the store was lost,
	 * because the graph of the last generation still knows the old ones.
	 */
	static open(
		dir: string,
		{ mark, lastLabel }: { readonly mark: FileMark | null; readonly lastLabel: number },
		onWarning: (line: string) => void,
	): VectorStore {
		const path = join(dir, VECTORS);
		const suspect = mark === null || fileFault(dir, mark) !== null;
		try {
			return new VectorStore(openSound(path, suspect), suspect, lastLabel);
		} catch (error) {
			if (!isDamage(error)) throw error;
			const saved = salvageVectors(path, lastLabel);
			onWarning(`${VECTORS} 已损坏（${error.message}），救出 ${saved} 个向量，其余重新计算。`);
			return new VectorStore(openSound(path, true), true, lastLabel);
		}
	}

	/** The highest label that was ever given. */
	lastLabel(): number {
		const sequence = this.#database.prepare("SELECT seq FROM sqlite_sequence WHERE name = 'vectors'").pluck();
		return (sequence.get() as number | undefined) ?? 0;
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

	/** Keeps a vector as `packVector` gives it; written when some have come together, or by `flush`. */
	put(content: string, model: string, packed: Uint8Array): void {
		this.#pending.push([content, model, packed]);
		if (this.#pending.length >= BATCH) this.flush();
	}

	flush(): void {
		const batch = this.#pending;
		this.#pending = [];
		if (batch.length === 0) return;
		this.#database.transaction(() => {
			this.#database.pragma(`user_version = ${UNFINISHED}`);
			for (const row of batch) this.#insert.run(...row, rowChecksum(row));
		})();
	}

	/** Drops every row that is not what was written; returns how many. */
	dropDamaged(): number {
		if (!this.isSuspect) return 0;
		const bad: number[] = [];
		for (const row of this.#database.prepare('SELECT * FROM vectors').iterate() as IterableIterator<VectorRow>) {
			if (!rowHolds([row.content, row.model, row.vector], row.checksum)) bad.push(row.label);
		}
		const remove = this.#database.prepare('DELETE FROM vectors WHERE label = ?');
		this.#database.transaction(() => bad.forEach((label) => void remove.run(label)))();
		return bad.length;
	}

	/** The vector of a label, or null where there is none or it is damaged. */
	vector(label: number): Float32Array | null {
		const row = this.#database.prepare('SELECT * FROM vectors WHERE label = ?').get(label) as VectorRow | undefined;
		const isSound = row && rowHolds([row.content, row.model, row.vector], row.checksum);
		const packed = isSound ? packedOf(row.vector) : null;
		return packed && unpackVector(packed);
	}

	/**
	 * Forgets what no passage uses. A vector goes one generation after its passage: readers of the generation before
	 * may not have loaded theirs yet. Looked at are those that may have lost their passage; all where it is not known.
	 */
	sweep(isUsed: (label: number) => boolean, generation: number, lost?: readonly number[]): void {
		// All labels stand in an index, and so do the few orphans: the vectors themselves are not read.
		const labels = lost ?? (this.#database.prepare('SELECT label FROM vectors').pluck().all() as number[]);
		const rows = this.#database.prepare('SELECT label, orphaned FROM vectors WHERE orphaned IS NOT NULL').raw().all();
		const orphans = new Map(rows as [label: number, generation: number][]);
		const mark = this.#database.prepare('UPDATE vectors SET orphaned = ? WHERE label = ?');
		const remove = this.#database.prepare('DELETE FROM vectors WHERE label = ?');
		this.#database.transaction(() => {
			for (const label of new Set([...labels, ...orphans.keys()])) {
				const orphaned = orphans.get(label);
				if (isUsed(label)) {
					if (orphaned !== undefined) mark.run(null, label);
				} else if (orphaned === undefined) mark.run(generation, label);
				else if (orphaned < generation) remove.run(label);
			}
		})();
	}

	/** Says in the file that the run which wrote here came to its end. */
	finish(): void {
		this.#database.pragma('user_version = 0');
		this.#database.close();
	}

	abandon(): void {
		this.#database.close();
	}
}

/** Whether a run stored vectors here and was cut short: then the file differs from what was published, and rightly. */
export function isUnfinished(dir: string): boolean {
	let database: Database.Database | undefined;
	try {
		database = new Database(join(dir, VECTORS), { readonly: true, fileMustExist: true, timeout: PATIENCE_MS });
		return database.pragma('user_version', { simple: true }) === UNFINISHED;
	} catch (error) {
		// Killed in the middle of a commit: it is rolled back by the next writer, as this reader may not.
		return error instanceof Database.SqliteError && error.code.startsWith('SQLITE_READONLY');
	} finally {
		database?.close();
	}
}

/** Packs the vectors of a store that an earlier version wrote: all of them or, where that fails, none. */
function packFloats(database: Database.Database): void {
	const first = database.prepare('SELECT vector FROM vectors LIMIT 1').pluck().get() as Buffer | undefined;
	if (!first || isPacked(first)) return;
	const rows = database.prepare('SELECT * FROM vectors WHERE label > ? ORDER BY label LIMIT 1000');
	const update = database.prepare('UPDATE vectors SET vector = ?, checksum = ? WHERE label = ?');
	const remove = database.prepare('DELETE FROM vectors WHERE label = ?');
	database.transaction(() => {
		database.pragma(`user_version = ${UNFINISHED}`);
		for (let last = 0; ; ) {
			const some = rows.all(last) as VectorRow[];
			if (some.length === 0) return;
			for (const { label, content, model, vector, checksum } of some) {
				last = label;
				// A damaged one is left for whoever drops those.
				if (!rowHolds([content, model, vector], checksum)) continue;
				const packed = packedOf(vector);
				if (!packed) remove.run(label);
				else update.run(packed, rowChecksum([content, model, packed]), label);
			}
		}
	})();
	database.exec('VACUUM');
}

/** Opens the database; a suspect one only when its pages and its index are as they should be. */
function openSound(path: string, suspect: boolean): Database.Database {
	const database = new Database(path, { timeout: PATIENCE_MS });
	try {
		database.pragma('journal_mode = DELETE');
		database.exec(VECTOR_SCHEMA);
		const fault = suspect ? database.pragma('integrity_check(1)', { simple: true }) : 'ok';
		if (fault !== 'ok') throw new Database.SqliteError(String(fault).split('\n')[0] ?? '', 'SQLITE_CORRUPT');
		return database;
	} catch (error) {
		database.close();
		throw error;
	}
}

function raiseSequence(database: Database.Database, lastLabel: number): void {
	const raised = database.prepare("UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = 'vectors'").run(lastLabel);
	if (raised.changes === 0 && lastLabel > 0)
		database.prepare("INSERT INTO sqlite_sequence (name, seq) VALUES ('vectors', ?)").run(lastLabel);
}

function isDamage(error: unknown): error is InstanceType<typeof Database.SqliteError> {
	return error instanceof Database.SqliteError && /^SQLITE_(?:CORRUPT|NOTADB|FORMAT|ERROR)/.test(error.code);
}
