import { setMaxListeners } from 'node:events';
import { type Api, ApiFailure } from './api.js';
import { type Log, reasonOf } from './log.js';
import { callable, insteadOf, plainer } from './payload.js';
import { type Rate, Window, Windows } from './rates.js';
import type { Kept, Ledger, Outgoing } from './store/ledger.js';
import { backoff, pause } from './timing.js';

/** How fast may be sent; Telegram's own limits unless a self-hosted server allows more. */
export interface SendRates {
	readonly all: Rate;
	readonly group: Rate;
	readonly privateChat: Rate;
}

export const TELEGRAM_RATES: SendRates = {
	// Two short of Telegram's thirty: calls do not arrive as evenly as they leave.
	all: { count: 28, perMs: 1000 },
	group: { count: 20, perMs: 60_000 },
	privateChat: { count: 10, perMs: 10_000 },
};

interface OutboxParts {
	readonly api: Api;
	readonly ledger: Ledger;
	readonly log: Log;
	readonly rates: SendRates;
	/** First wait after a failure that may pass. */
	readonly retryMs: number;
	readonly onForbidden: (chat: number) => void;
	readonly onMigrated: (from: number, to: number) => void;
}

interface Entry extends Outgoing {
	readonly row: number | null;
	readonly tried: boolean;
	readonly since: number;
	readonly settle: (result: unknown) => void;
}

/** A message is tried for so long; an answer to a button or an inline query is of no use after a moment. */
const KEPT_MS = 3600_000;
const FLEETING_MS = 15_000;
const FLEETING = /^answer|^sendChatAction$/u;
const MOST_WAIT_MS = 60_000;
const MOST_WAITING = 5000;

/**
 * Makes the calls that go out: in order within a chat, chats independent of each other, within Telegram's limits,
 * tried again until they arrive. What it was given with a row is kept over a restart.
 */
export class Outbox {
	readonly #queues = new Map<number, Entry[]>();
	readonly #moved = new Map<number, number>();
	readonly #all: Window;
	readonly #groups: Windows<number>;
	readonly #privates: Windows<number>;
	readonly #stop = new AbortController();
	#running = 0;
	#whenIdle: (() => void)[] = [];

	constructor(private readonly parts: OutboxParts) {
		// Every chat that waits listens to it.
		setMaxListeners(0, this.#stop.signal);
		this.#all = new Window(parts.rates.all);
		this.#groups = new Windows(parts.rates.group);
		this.#privates = new Windows(parts.rates.privateChat);
	}

	/** Takes calls that the ledger keeps. */
	add(calls: readonly Kept[]): void {
		for (const call of calls) this.#queue({ ...call, since: Date.now(), settle: () => {} });
	}

	/** Makes a call that is of no use after a restart; gives its result, or null when it could not be made. */
	send(call: Outgoing): Promise<unknown> {
		return new Promise((settle) => {
			this.#queue({ ...call, row: null, tried: false, since: Date.now(), settle });
		});
	}

	/** Calls that wait or are being made. */
	get waiting(): number {
		let queued = this.#running;
		for (const queue of this.#queues.values()) queued += Math.max(0, queue.length - 1);
		return queued;
	}

	/** So much waits that no more should be asked for. */
	get isFull(): boolean {
		return this.waiting >= MOST_WAITING;
	}

	/** Calls that wait for this chat. */
	waitingFor(chat: number): number {
		return this.#queues.get(this.#moved.get(chat) ?? chat)?.length ?? 0;
	}

	/** Resolves when nothing is left to send. */
	async idle(): Promise<void> {
		while (this.#running > 0) await new Promise<void>((resolve) => this.#whenIdle.push(resolve));
	}

	/** Ends all waiting; what was not sent stays in the ledger. */
	stop(): void {
		this.#stop.abort();
	}

	#queue(entry: Entry): void {
		if (entry.chat === null) {
			void this.#run([entry], null);
			return;
		}
		const chat = this.#moved.get(entry.chat) ?? entry.chat;
		const queue = this.#queues.get(chat);
		if (queue) queue.push(entry);
		else {
			const fresh = [entry];
			this.#queues.set(chat, fresh);
			void this.#run(fresh, chat);
		}
	}

	async #run(queue: Entry[], chat: number | null): Promise<void> {
		this.#running++;
		for (let entry = queue[0]; entry && !this.#stop.signal.aborted; entry = queue[0]) {
			entry.settle(await this.#safely(entry));
			queue.shift();
		}
		for (const entry of queue) entry.settle(null);
		if (chat !== null) this.#queues.delete(chat);
		this.#running--;
		if (this.#running > 0) return;
		const waiting = this.#whenIdle;
		this.#whenIdle = [];
		for (const wake of waiting) wake();
	}

	/** Whatever goes wrong with one call, those after it are made: a full disk ends none of them. */
	async #safely(entry: Entry): Promise<unknown> {
		try {
			return await this.#deliver(entry);
		} catch (error) {
			this.parts.log.error('send.failed', { request: entry.request, method: entry.method, reason: reasonOf(error) });
			return null;
		}
	}

	async #deliver(entry: Entry): Promise<unknown> {
		const { log, ledger, api } = this.parts;
		const { signal } = this.#stop;
		const facts = { request: entry.request, method: entry.method, chat: entry.chat };
		let { payload, method } = entry;
		let chat = entry.chat;
		if (entry.tried) log.warn('send.may-repeat', { ...facts, reason: 'cut off by the end of the process' });
		for (let failures = 1; ; failures++) {
			if (chat !== null && this.#moved.has(chat)) {
				chat = this.#moved.get(chat) ?? chat;
				payload = { ...payload, chat_id: chat };
			}
			await this.#slot(chat);
			if (signal.aborted) return null;
			if (entry.row !== null) ledger.markTried(entry.row);
			try {
				const result = await api.call(method, callable(payload), { signal });
				if (entry.row !== null) ledger.markSent(entry.row);
				return result;
			} catch (error) {
				if (!(error instanceof ApiFailure)) throw error;
				if (signal.aborted) return null;
				if (!error.mayBeDone && entry.row !== null) ledger.markUntried(entry.row);
				const next = this.#after(error, entry, chat, payload, failures);
				if (next === null) {
					if (entry.row !== null) ledger.markSent(entry.row);
					return null;
				}
				({ payload, method = method } = next);
				await pause(next.waitMs, signal);
			}
		}
	}

	/** What to do after a failure: the payload to try next and when, or null when it is given up. */
	#after(
		failure: ApiFailure,
		entry: Entry,
		chat: number | null,
		payload: Outgoing['payload'],
		failures: number,
	): { readonly payload: Outgoing['payload']; readonly waitMs: number; readonly method?: string } | null {
		const { log, retryMs } = this.parts;
		const facts = { request: entry.request, method: entry.method, chat, reason: failure.message };
		const fleeting = FLEETING.test(entry.method);
		if (failure.kind === 'flood') {
			log.warn('send.flood', { ...facts, waitMs: failure.retryAfterMs });
			const waitMs = failure.retryAfterMs ?? 1000;
			return fleeting && Date.now() + waitMs - entry.since > FLEETING_MS ? null : { payload, waitMs };
		}
		if (failure.kind === 'forbidden') {
			log.info('send.forbidden', facts);
			if (chat !== null) this.parts.onForbidden(chat);
			return null;
		}
		if (failure.kind === 'refused') {
			if (failure.migratedTo !== null && chat !== null) {
				this.migrate(chat, failure.migratedTo);
				return { payload, waitMs: 0 };
			}
			if (/not modified/iu.test(failure.message)) return null;
			const instead = insteadOf(payload);
			if (instead && /not found|can't be edited|MESSAGE_ID_INVALID/iu.test(failure.message))
				return { payload: instead, waitMs: 0, method: 'sendMessage' };
			const next = fleeting ? null : plainer(payload);
			log.warn(next ? 'send.plainer' : 'send.refused', facts);
			return next && { payload: next, waitMs: 0 };
		}
		if (Date.now() - entry.since > (fleeting ? FLEETING_MS : KEPT_MS)) {
			log.error('send.given-up', facts);
			return null;
		}
		log.warn(failure.mayBeDone ? 'send.may-repeat' : 'send.retry', facts);
		return { payload, waitMs: backoff(failures, retryMs, MOST_WAIT_MS) };
	}

	/** From now on what goes to the one chat goes to the other. */
	migrate(from: number, to: number): void {
		if (this.#moved.get(from) === to || from === to) return;
		this.#moved.set(from, to);
		this.parts.log.info('chat.migrated', { from, to });
		this.parts.onMigrated(from, to);
	}

	async #slot(chat: number | null): Promise<void> {
		const { signal } = this.#stop;
		if (chat === null) return;
		const now = Date.now();
		const own = (chat < 0 ? this.#groups : this.#privates).of(chat, now);
		const free = own.reserve(now);
		if (free > now) await pause(free - now, signal);
		const later = Date.now();
		const shared = this.#all.reserve(later);
		if (shared > later) await pause(shared - later, signal);
		// A chat's calls are made one after another, so the place last taken is this one's.
		own.usedAt(Date.now());
	}
}
