import type Database from 'better-sqlite3';

/** A call that is to be made, kept until it has been. */
export interface Outgoing {
	/** The chat whose order and limits it keeps to; null for calls that belong to none. */
	readonly chat: number | null;
	readonly method: string;
	readonly payload: Readonly<Record<string, unknown>>;
	/** The request id that its log lines carry. */
	readonly request: string;
}

/** An outgoing call with its row. */
export interface Kept extends Outgoing {
	readonly row: number;
	/** It was being sent when the process ended: it may arrive twice. */
	readonly tried: boolean;
}

interface OutgoingRow {
	readonly id: number;
	readonly chat: number | null;
	readonly method: string;
	readonly payload: string;
	readonly request: string;
	readonly tried: number;
}

/** Telegram keeps an update for a day; ids are remembered for two. */
const REMEMBERED_MS = 48 * 3600_000;

/**
 * Updates that came and calls that go, so that none is lost or made twice: an update is stored before it is confirmed
 * to Telegram, and closed in the same transaction that stores what is sent because of it.
 */
export class Ledger {
	readonly #statements;

	constructor(private readonly db: Database.Database) {
		this.#statements = {
			put: db.prepare('INSERT OR IGNORE INTO updates (id, body, at) VALUES (?, ?, ?)'),
			close: db.prepare('UPDATE updates SET body = NULL WHERE id = ?'),
			open: db.prepare<[], { body: string }>('SELECT body FROM updates WHERE body IS NOT NULL ORDER BY id'),
			last: db.prepare<[], { id: number | null }>('SELECT id FROM updates ORDER BY at DESC, id DESC LIMIT 1'),
			forget: db.prepare('DELETE FROM updates WHERE at < ? AND body IS NULL'),
			send: db.prepare('INSERT INTO outgoing (chat, method, payload, request, at) VALUES (?, ?, ?, ?, ?)'),
			tried: db.prepare('UPDATE outgoing SET tried = 1 WHERE id = ?'),
			untried: db.prepare('UPDATE outgoing SET tried = 0 WHERE id = ?'),
			sent: db.prepare('DELETE FROM outgoing WHERE id = ?'),
			waiting: db.prepare<[], OutgoingRow>('SELECT * FROM outgoing ORDER BY id'),
		};
	}

	/** Stores updates; gives those that were not known yet. */
	store(updates: readonly { readonly id: number; readonly body: string | null }[], now: number): ReadonlySet<number> {
		const fresh = new Set<number>();
		this.db.transaction(() => {
			for (const { id, body } of updates) if (this.#statements.put.run(id, body, now).changes > 0) fresh.add(id);
			this.#statements.forget.run(now - REMEMBERED_MS);
		})();
		return fresh;
	}

	/** Closes an update and keeps what is to be sent for it, in one step. */
	close(update: number | null, outgoing: readonly Outgoing[], now: number): readonly Kept[] {
		return this.db.transaction(() => {
			if (update !== null) this.#statements.close.run(update);
			return outgoing.map((one) => {
				const body = JSON.stringify(one.payload);
				const { lastInsertRowid } = this.#statements.send.run(one.chat, one.method, body, one.request, now);
				return { ...one, row: Number(lastInsertRowid), tried: false };
			});
		})();
	}

	/** Updates that no answer was made for before the process ended. */
	openUpdates(): readonly unknown[] {
		return this.#statements.open.all().map((row): unknown => JSON.parse(row.body));
	}

	/** Calls that were not made before the process ended, in order. */
	waiting(): readonly Kept[] {
		return this.#statements.waiting.all().map((row) => ({
			chat: row.chat,
			method: row.method,
			payload: JSON.parse(row.payload) as Record<string, unknown>,
			request: row.request,
			row: row.id,
			tried: row.tried === 1,
		}));
	}

	/** What getUpdates is asked from. */
	get offset(): number {
		const last = this.#statements.last.get()?.id;
		return last ? last + 1 : 0;
	}

	markTried(row: number): void {
		this.#statements.tried.run(row);
	}

	markUntried(row: number): void {
		this.#statements.untried.run(row);
	}

	markSent(row: number): void {
		this.#statements.sent.run(row);
	}
}
