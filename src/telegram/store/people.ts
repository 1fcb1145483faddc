import { createHash } from 'node:crypto';
import type Database from 'better-sqlite3';

/** What edited messages are compared with is kept for so long. */
const ASKED_MS = 24 * 3600_000;
const UNANSWERED_MOST = 2000;

/** What is kept of people and chats beyond conversations: subscriptions, who is blocked, what was asked in vain. */
export class People {
	readonly #statements;

	constructor(private readonly db: Database.Database) {
		this.#statements = {
			subscribe: db.prepare('INSERT OR IGNORE INTO subscriptions (chat, at) VALUES (?, ?)'),
			unsubscribe: db.prepare('DELETE FROM subscriptions WHERE chat = ?'),
			subscribers: db.prepare<[], { chat: number }>('SELECT chat FROM subscriptions ORDER BY at, chat'),
			block: db.prepare('INSERT OR IGNORE INTO blocked (user, at) VALUES (?, ?)'),
			unblock: db.prepare('DELETE FROM blocked WHERE user = ?'),
			blocked: db.prepare('SELECT 1 FROM blocked WHERE user = ?'),
			inVain: db.prepare(
				'INSERT INTO unanswered (question, count, at) VALUES (?, 1, ?) ON CONFLICT (question) DO UPDATE SET count = count + 1, at = excluded.at',
			),
			unanswered: db.prepare<[number], { question: string; count: number }>(
				'SELECT question, count FROM unanswered ORDER BY count DESC, at DESC LIMIT ?',
			),
			fewest: db.prepare(
				'DELETE FROM unanswered WHERE question NOT IN (SELECT question FROM unanswered ORDER BY count DESC, at DESC LIMIT ?)',
			),
			ask: db.prepare('INSERT OR REPLACE INTO asked (chat, message, text, at) VALUES (?, ?, ?, ?)'),
			asked: db.prepare<[number, number], { text: string }>('SELECT text FROM asked WHERE chat = ? AND message = ?'),
			oldAsked: db.prepare('DELETE FROM asked WHERE at < ?'),
			announce: db.prepare('INSERT OR IGNORE INTO announced (file) VALUES (?)'),
			announced: db.prepare<[], { file: string }>('SELECT file FROM announced'),
			count: db.prepare(
				'INSERT INTO counts (name, value) VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET value = value + 1',
			),
			votes: db.prepare<[], { up: number | null; down: number | null }>(
				'SELECT sum(value > 0) AS up, sum(value < 0) AS down FROM votes',
			),
			counts: db.prepare<[], { name: string; value: number }>('SELECT name, value FROM counts ORDER BY name'),
		};
	}

	/** False when the chat had subscribed already. */
	subscribe(chat: number, now: number): boolean {
		return this.#statements.subscribe.run(chat, now).changes > 0;
	}

	unsubscribe(chat: number): boolean {
		return this.#statements.unsubscribe.run(chat).changes > 0;
	}

	subscribers(): readonly number[] {
		return this.#statements.subscribers.all().map((row) => row.chat);
	}

	block(user: number, now: number): void {
		this.#statements.block.run(user, now);
	}

	unblock(user: number): boolean {
		return this.#statements.unblock.run(user).changes > 0;
	}

	isBlocked(user: number): boolean {
		return this.#statements.blocked.get(user) !== undefined;
	}

	/** Counts a question that got no answer; who asked it is not kept. */
	inVain(question: string, now: number): void {
		this.#statements.inVain.run(question.trim().slice(0, 200), now);
	}

	unanswered(most: number): readonly { readonly question: string; readonly count: number }[] {
		return this.#statements.unanswered.all(most);
	}

	/** Whether a message says something else than when it was remembered. */
	isNew(chat: number, message: number, said: string): boolean {
		return this.#statements.asked.get(chat, message)?.text !== markOf(said);
	}

	/** Remembers what a message said. */
	remember(chat: number, message: number, said: string, now: number): void {
		this.#statements.ask.run(chat, message, markOf(said), now);
	}

	/** Of these files, those that were not announced; all are taken as announced from then on. The first time none is new. */
	newIssues(files: readonly string[]): readonly string[] {
		const known = new Set(this.#statements.announced.all().map((row) => row.file));
		const fresh = files.filter((file) => !known.has(file));
		this.db.transaction(() => {
			for (const file of fresh) this.#statements.announce.run(file);
		})();
		return known.size === 0 ? [] : fresh;
	}

	count(name: string): void {
		this.#statements.count.run(name);
	}

	counts(): ReadonlyMap<string, number> {
		return new Map(this.#statements.counts.all().map((row) => [row.name, row.value]));
	}

	votes(): { readonly up: number; readonly down: number } {
		const { up, down } = this.#statements.votes.get() ?? { up: 0, down: 0 };
		return { up: up ?? 0, down: down ?? 0 };
	}

	/** Deletes all that is kept of a user: conversations, answers, votes, the private chat's subscription. */
	forgetUser(user: number): void {
		this.db.transaction(() => {
			for (const table of ['conversations', 'answers', 'votes'])
				this.db.prepare(`DELETE FROM ${table} WHERE user = ?`).run(user);
			this.forgetChat(user);
		})();
	}

	/** Deletes all that is kept of a chat. */
	forgetChat(chat: number): void {
		this.db.transaction(() => {
			for (const table of ['conversations', 'answers', 'subscriptions', 'asked'])
				this.db.prepare(`DELETE FROM ${table} WHERE chat = ?`).run(chat);
		})();
	}

	/** A group has become a supergroup with another number. */
	moveChat(from: number, to: number): void {
		this.db.transaction(() => {
			for (const table of ['subscriptions', 'asked'])
				this.db.prepare(`UPDATE OR REPLACE ${table} SET chat = ? WHERE chat = ?`).run(to, from);
			this.db.prepare('UPDATE answers SET chat = ? WHERE chat = ?').run(to, from);
			// Numbers are bound as floating point, which a key made of text must not be.
			this.db
				.prepare('UPDATE OR REPLACE conversations SET chat = ?, key = replace(key, ?, ?) WHERE chat = ?')
				.run(to, `${from}:`, `${to}:`, from);
		})();
	}

	tidy(now: number): void {
		this.#statements.oldAsked.run(now - ASKED_MS);
		this.#statements.fewest.run(UNANSWERED_MOST);
	}
}

/** Enough to compare a text by; the words themselves need not be kept. */
function markOf(text: string): string {
	return createHash('sha256').update(text).digest('base64').slice(0, 22);
}
