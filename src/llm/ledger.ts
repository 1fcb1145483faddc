import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';

/** Replies kept; the longest unused go first. */
const KEPT = 5000;

/** What was paid for: replies by the content of their question, and how many tokens each day cost. */
export class Ledger {
	readonly #db: Database.Database;
	readonly #statements;

	private constructor(db: Database.Database) {
		this.#db = db;
		db.exec(`
			CREATE TABLE IF NOT EXISTS replies (key TEXT PRIMARY KEY, text TEXT NOT NULL, tokens INTEGER NOT NULL, used INTEGER NOT NULL);
			CREATE TABLE IF NOT EXISTS days (day TEXT PRIMARY KEY, tokens INTEGER NOT NULL)`);
		this.#statements = {
			find: db.prepare<[string], { text: string; tokens: number }>('SELECT text, tokens FROM replies WHERE key = ?'),
			touch: db.prepare('UPDATE replies SET used = (SELECT max(used) + 1 FROM replies) WHERE key = ?'),
			keep: db.prepare(
				'INSERT OR REPLACE INTO replies VALUES (?, ?, ?, (SELECT coalesce(max(used), 0) + 1 FROM replies))',
			),
			tidy: db.prepare(
				'DELETE FROM replies WHERE key IN (SELECT key FROM replies ORDER BY used DESC LIMIT -1 OFFSET ?)',
			),
			spent: db.prepare<[string], { tokens: number }>('SELECT tokens FROM days WHERE day = ?'),
			spend: db.prepare(
				'INSERT INTO days VALUES (?, max(0, ?)) ON CONFLICT (day) DO UPDATE SET tokens = max(0, tokens + ?)',
			),
		};
	}

	/** Opens the ledger of a data folder; one that cannot be opened or written is kept in memory, and `onProblem` is told. */
	static open(dataDir: string, onProblem: () => void): Ledger {
		try {
			mkdirSync(dataDir, { recursive: true });
			const db = new Database(join(dataDir, 'llm.sqlite'), { timeout: 2000 });
			db.pragma('journal_mode = WAL');
			return new Ledger(db);
		} catch {
			onProblem();
			return Ledger.inMemory();
		}
	}

	static inMemory(): Ledger {
		return new Ledger(new Database(':memory:'));
	}

	/** The reply that was paid for under this key. */
	find(key: string): { readonly text: string; readonly tokens: number } | null {
		const row = this.#statements.find.get(key);
		if (row) this.#statements.touch.run(key);
		return row ?? null;
	}

	keep(key: string, text: string, tokens: number): void {
		this.#statements.keep.run(key, text, tokens);
		this.#statements.tidy.run(KEPT);
	}

	/**
	 * Sets tokens aside before they are spent, so that questions asked at once cannot pass the limit together. Gives the
	 * function that puts the true cost in their place, or null where the day's limit does not allow them.
	 */
	reserve(day: string, tokens: number, limit: number): ((spent: number) => void) | null {
		const isAllowed = this.#db.transaction(() => {
			if (this.spent(day) + tokens > limit) return false;
			this.#statements.spend.run(day, tokens, tokens);
			return true;
		});
		if (!isAllowed.immediate()) return null;
		return (spent) => this.#statements.spend.run(day, spent - tokens, spent - tokens);
	}

	/** Tokens spent or set aside on a day. */
	spent(day: string): number {
		return this.#statements.spent.get(day)?.tokens ?? 0;
	}

	close(): void {
		this.#db.close();
	}
}
