import { randomBytes } from 'node:crypto';
import type Database from 'better-sqlite3';
import type { QuotePlace } from '../articles.js';
import type { PortableTurn } from './conversations.js';

/** Buttons of an answer work for so long. */
const KEPT_MS = 30 * 24 * 3600_000;

/** What the buttons under an answer need. */
export interface KeptAnswer {
	readonly question: string;
	readonly places: readonly QuotePlace[];
	/** For answers with choices: the turn that a choice goes on from. */
	readonly turn: PortableTurn | null;
}

interface AnswerRow {
	readonly chat: number | null;
	readonly question: string;
	readonly body: string;
}

/** Answers that were given, for as long as their buttons work, and what people thought of them. */
export class Answers {
	readonly #statements;

	constructor(db: Database.Database) {
		this.#statements = {
			put: db.prepare('INSERT INTO answers (id, chat, user, question, body, at) VALUES (?, ?, ?, ?, ?, ?)'),
			get: db.prepare<[string], AnswerRow>('SELECT chat, question, body FROM answers WHERE id = ?'),
			old: db.prepare('DELETE FROM answers WHERE at < ?'),
			vote: db.prepare('INSERT OR REPLACE INTO votes (answer, user, value, at) VALUES (?, ?, ?, ?)'),
			votes: db.prepare<[string], { up: number | null; down: number | null }>(
				'SELECT sum(value > 0) AS up, sum(value < 0) AS down FROM votes WHERE answer = ?',
			),
		};
	}

	/** Keeps an answer and gives the id that its buttons carry. */
	keep(answer: KeptAnswer, chat: number | null, user: number, now: number): string {
		const id = randomBytes(9).toString('base64url');
		const body = JSON.stringify({ places: answer.places, turn: answer.turn });
		this.#statements.put.run(id, chat, user, answer.question, body, now);
		return id;
	}

	/** The answer with this id, if it was given in this chat: ids can be typed by anybody. */
	find(id: string, chat: number | null): KeptAnswer | null {
		const row = this.#statements.get.get(id);
		if (!row || (row.chat !== null && row.chat !== chat)) return null;
		return { question: row.question, ...(JSON.parse(row.body) as Omit<KeptAnswer, 'question'>) };
	}

	/** Counts a vote; who votes again changes the vote. */
	vote(id: string, user: number, value: 1 | -1, now: number): { readonly up: number; readonly down: number } {
		this.#statements.vote.run(id, user, value, now);
		const { up, down } = this.#statements.votes.get(id) ?? { up: 0, down: 0 };
		return { up: up ?? 0, down: down ?? 0 };
	}

	tidy(now: number): void {
		this.#statements.old.run(now - KEPT_MS);
	}
}
