import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { IndexBusyError, IndexError } from '../errors.js';

/** The right to write the index, held by one process at a time. */
export interface WriterLock {
	release(): void;
}

const LOCK = 'writer.lock';
const POLL_MS = 50;

/**
 * Takes the writer's lock: at once or not at all, or, with `wait`, as soon as the other writer is done.
 * It is SQLite's lock on an empty database. The operating system drops it when its process dies, however it
 * dies, so that there are no stale locks to tell from live ones.
 */
export async function lockIndex(dir: string, wait: boolean): Promise<WriterLock> {
	for (;;) {
		const lock = tryLock(dir);
		if (lock) return lock;
		if (!wait) throw new IndexBusyError(`另一个进程正在写 ${dir} 里的索引，请稍后再试，或加 --wait 等它写完。`);
		await sleep(POLL_MS);
	}
}

function tryLock(dir: string): WriterLock | null {
	let database: Database.Database | undefined;
	try {
		mkdirSync(dir, { recursive: true });
		database = new Database(join(dir, LOCK), { timeout: 0 });
		// Nothing is ever written: without a journal a killed process leaves none lying.
		database.pragma('journal_mode = MEMORY');
		database.exec('BEGIN EXCLUSIVE');
		const held = database;
		return { release: () => held.close() };
	} catch (error) {
		database?.close();
		if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) return null;
		throw new IndexError(`${dir} 里的索引不能写：${error instanceof Error ? error.message : String(error)}。`, {
			cause: error,
		});
	}
}
