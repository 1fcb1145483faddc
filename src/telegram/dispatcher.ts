import { randomBytes } from 'node:crypto';
import { Lanes } from './lanes.js';
import { type Log, reasonOf } from './log.js';
import type { Outbox } from './outbox.js';
import type { Ledger, Outgoing } from './store/ledger.js';
import { pause } from './timing.js';
import { parseUpdate, type Update, updateId } from './wire.js';

interface DispatcherParts {
	readonly ledger: Ledger;
	readonly outbox: Outbox;
	readonly log: Log;
	/** Makes what is sent for an update. */
	readonly handle: (update: Update, request: string) => Promise<readonly Outgoing[]>;
	/** What is said when an update cannot be taken or handled. */
	readonly excuse: (update: Update, why: 'busy' | 'failed', request: string) => readonly Outgoing[];
	/** An answer that takes longer is given up, so that the chat goes on. */
	readonly slowestMs: number;
}

const MOST_PER_CHAT = 20;
const MOST_IN_ALL = 2000;
/** Messages that may wait for one chat; where sending fails for long, more questions only make it worse. */
const MOST_UNSENT = 60;
const ROOM_MS = 50;

/** Takes updates in: each is stored before it is confirmed, handled once, in order within its chat. */
export class Dispatcher {
	readonly #lanes = new Lanes<string>(MOST_PER_CHAT, MOST_IN_ALL);
	#closed = false;

	constructor(private readonly parts: DispatcherParts) {}

	/** Stores and queues a batch; gives the offset after it. */
	take(raw: readonly unknown[], offset: number): number {
		const { ledger, log } = this.parts;
		const read = raw.flatMap((one) => {
			const id = updateId(one);
			const update = parseUpdate(one);
			if (id === null || !update) log.warn('update.unreadable', { update: id });
			return id === null ? [] : [{ id, update }];
		});
		// An update that cannot be read is kept as closed: it is known, and that is all.
		const fresh = ledger.store(
			read.map(({ id, update }) => ({ id, body: update ? JSON.stringify(update) : null })),
			Date.now(),
		);
		for (const { id, update } of read) {
			if (update && fresh.has(id)) this.#queue(update);
			else if (update) log.info('update.known', { update: id });
		}
		return read.reduce((next, { id }) => Math.max(next, id + 1), offset);
	}

	/** Goes on with what an earlier run had stored and not answered. */
	resume(): void {
		for (const raw of this.parts.ledger.openUpdates()) {
			const update = parseUpdate(raw);
			if (update) this.#queue(update);
		}
	}

	/** Waits until there is room for more, or the signal aborts. */
	async room(signal: AbortSignal): Promise<void> {
		while (!signal.aborted && (this.#lanes.isFull || this.parts.outbox.isFull)) await pause(ROOM_MS, signal);
	}

	get open(): number {
		return this.#lanes.open;
	}

	/** Starts nothing more; what waits stays in the ledger for the next run. Resolves when what runs has ended. */
	async close(): Promise<void> {
		this.#closed = true;
		await this.#lanes.idle();
	}

	#queue(update: Update): void {
		const request = randomBytes(4).toString('hex');
		const { log, outbox, excuse } = this.parts;
		const unsent = outbox.waitingFor(chatOf(update) ?? 0);
		const taken = unsent < MOST_UNSENT && this.#lanes.run(laneOf(update), () => this.#work(update, request));
		if (taken) return;
		log.warn('update.busy', { update: update.update_id, request, unsent });
		// Where nothing arrives, neither would excuses.
		this.#finish(update, unsent < MOST_UNSENT + MOST_PER_CHAT ? excuse(update, 'busy', request) : []);
	}

	async #work(update: Update, request: string): Promise<void> {
		if (this.#closed) return;
		const { log, handle, excuse, slowestMs } = this.parts;
		const started = performance.now();
		let outgoing: readonly Outgoing[];
		try {
			outgoing = await inTime(handle(update, request), slowestMs);
		} catch (error) {
			log.error('update.failed', { update: update.update_id, request, reason: reasonOf(error) });
			outgoing = excuse(update, 'failed', request);
		}
		this.#finish(update, outgoing);
		const ms = Math.round(performance.now() - started);
		log.info('update.done', { update: update.update_id, request, calls: outgoing.length, ms });
	}

	#finish(update: Update, outgoing: readonly Outgoing[]): void {
		const { ledger, outbox, log } = this.parts;
		try {
			outbox.add(ledger.close(update.update_id, outgoing, Date.now()));
		} catch (error) {
			// A full disk: the update stays open in the ledger and is answered after the next start.
			log.error('ledger.failed', { update: update.update_id, reason: reasonOf(error) });
		}
	}
}

function chatOf(update: Update): number | undefined {
	return (update.message ?? update.edited_message ?? update.callback_query?.message ?? update.my_chat_member)?.chat.id;
}

function laneOf(update: Update): string {
	const chat = chatOf(update);
	if (chat !== undefined) return String(chat);
	return `user:${(update.inline_query ?? update.callback_query)?.from.id ?? 0}`;
}

async function inTime<T>(work: Promise<T>, ms: number): Promise<T> {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<never>((_, reject) => {
		timer = setTimeout(() => reject(new Error('took too long')), ms);
	});
	try {
		return await Promise.race([work, late]);
	} finally {
		clearTimeout(timer);
	}
}
