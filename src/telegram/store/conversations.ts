import type Database from 'better-sqlite3';
import type { Turn } from '../../answering/conversation.js';
import type { Store } from '../../store/store.js';
import { articleNumber, keyOfArticle } from '../articles.js';

/** A conversation is forgotten when nothing was asked for so long. */
export const CONVERSATION_MS = 3600_000;
/** Conversations kept at once; the longest unused goes first. */
const MOST = 20_000;

/** Who talks where: in a private chat the chat, in groups each user in each topic. */
export interface Speaker {
	readonly chat: number;
	readonly thread: number | null;
	readonly user: number;
}

/** A turn whose articles are named so that a later generation of the index can find them. */
export interface PortableTurn {
	readonly turn: Turn;
	/** Keys of the articles of `turn.articles` and of `turn.choices`, in their order. */
	readonly articles: readonly string[];
	readonly choices: readonly string[];
}

export async function portable(turn: Turn, snapshot: Store): Promise<PortableTurn> {
	const keys = async (numbers: readonly number[]): Promise<readonly string[]> =>
		Promise.all((await snapshot.articles(numbers)).map((article) => keyOfArticle(snapshot, article)));
	return {
		turn,
		articles: await keys(turn.articles),
		choices: await keys(turn.choices.map((choice) => choice.article)),
	};
}

/** The turn with the numbers that its articles have now; what is gone is left out. */
export async function turnOf({ turn, articles, choices }: PortableTurn, snapshot: Store): Promise<Turn> {
	const numbers = (keys: readonly string[]): Promise<readonly (number | null)[]> =>
		Promise.all(keys.map((key) => articleNumber(snapshot, key)));
	const now = (await numbers(articles)).filter((number) => number !== null);
	const chosen = await numbers(choices);
	const kept = turn.choices.flatMap((choice, n) => {
		const article = chosen[n] ?? null;
		return article === null ? [] : [{ ...choice, article }];
	});
	return { ...turn, articles: now, choices: kept };
}

/** What was last said, by speaker. */
export class Conversations {
	readonly #statements;

	constructor(db: Database.Database) {
		this.#statements = {
			get: db.prepare<[string, number], { turn: string }>('SELECT turn FROM conversations WHERE key = ? AND at > ?'),
			set: db.prepare('INSERT OR REPLACE INTO conversations (key, chat, user, turn, at) VALUES (?, ?, ?, ?, ?)'),
			end: db.prepare('DELETE FROM conversations WHERE key = ?'),
			old: db.prepare('DELETE FROM conversations WHERE at <= ?'),
			count: db.prepare<[], { n: number }>('SELECT count(*) AS n FROM conversations'),
			oldest: db.prepare('DELETE FROM conversations WHERE key IN (SELECT key FROM conversations ORDER BY at LIMIT ?)'),
		};
	}

	last(speaker: Speaker, now: number): PortableTurn | null {
		const row = this.#statements.get.get(keyOf(speaker), now - CONVERSATION_MS);
		return row ? (JSON.parse(row.turn) as PortableTurn) : null;
	}

	remember(speaker: Speaker, turn: PortableTurn, now: number): void {
		this.#statements.set.run(keyOf(speaker), speaker.chat, speaker.user, JSON.stringify(turn), now);
	}

	end(speaker: Speaker): void {
		this.#statements.end.run(keyOf(speaker));
	}

	/** Lets go of what is too old, and of the oldest where there are too many. */
	tidy(now: number): void {
		this.#statements.old.run(now - CONVERSATION_MS);
		const over = (this.#statements.count.get()?.n ?? 0) - MOST;
		if (over > 0) this.#statements.oldest.run(over);
	}
}

function keyOf({ chat, thread, user }: Speaker): string {
	return chat > 0 ? String(chat) : `${chat}:${thread ?? ''}:${user}`;
}
