import { type Rate, Windows } from './rates.js';
import type { People } from './store/people.js';

/** How fast may be asked. */
export interface AskRates {
	readonly user: Rate;
	readonly chat: Rate;
}

export const ASK_RATES: AskRates = {
	user: { count: 20, perMs: 60_000 },
	// A group is sent twenty messages a minute at most; more questions than that could only wait.
	chat: { count: 20, perMs: 60_000 },
};

/** `warn` once a minute to whoever is too fast, `out` for the rest of it and for the blocked. */
type Judgement = 'in' | 'warn' | 'out' | 'stranger';

/** Who may ask, and how often. */
export class Gate {
	readonly #users: Windows<number>;
	readonly #chats: Windows<number>;
	readonly #warnings = new Windows<number>({ count: 1, perMs: 60_000 });

	constructor(
		private readonly people: People,
		private readonly admins: readonly number[],
		/** Users and groups; empty: everybody. */
		private readonly allowed: readonly number[],
		rates: AskRates,
	) {
		this.#users = new Windows(rates.user);
		this.#chats = new Windows(rates.chat);
	}

	isAdmin(user: number): boolean {
		return this.admins.includes(user);
	}

	lets(user: number, chat: number, now: number): Judgement {
		if (this.isAdmin(user)) return 'in';
		if (this.people.isBlocked(user)) return 'out';
		if (!this.#users.of(user, now).tryNow(now) || !this.#chats.of(chat, now).tryNow(now))
			return this.#warnings.of(user, now).tryNow(now) ? 'warn' : 'out';
		if (this.allowed.length > 0 && !this.allowed.includes(user) && !this.allowed.includes(chat)) return 'stranger';
		return 'in';
	}
}
