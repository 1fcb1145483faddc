import { target } from './messages/send.js';
import type { Outbox } from './outbox.js';
import type { Place } from './place.js';
import { shown } from './rich.js';
import { pause } from './timing.js';
import { sentMessageId } from './wire.js';

/** Telegram takes about one change a second of a message before it asks to wait. */
const APART_MS = 1200;
const LONGEST_WAIT_MS = 5000;
const LONGEST = 3500;

/**
 * An answer that grows in the chat while it is worded: one message, changed in place, never more often than Telegram
 * likes; what came meanwhile is left out. It is a courtesy and kept nowhere; the answer itself takes its place.
 */
export class Draft {
	#newest = '';
	#sent = '';
	#message: number | null = null;
	#isEnded = false;
	#running: Promise<void> | null = null;
	#sentAt = 0;

	constructor(
		private readonly outbox: Pick<Outbox, 'send'>,
		private readonly place: Place,
	) {}

	/** Shows this text as soon as that may be. */
	show(soFar: string): void {
		const text = shown(soFar).trim();
		if (text === '' || this.#isEnded) return;
		this.#newest = `${text.slice(0, LONGEST)} …`;
		this.#running ??= this.#work().finally(() => {
			this.#running = null;
		});
	}

	/** Ends it; gives the message that the answer may now take the place of, or null where none was sent. */
	async end(): Promise<number | null> {
		this.#isEnded = true;
		// Where Telegram cannot be reached, the answer waits for it in the ledger, not here.
		if (this.#running) await Promise.race([this.#running, pause(LONGEST_WAIT_MS)]);
		if (this.#message !== null) await this.#rest();
		return this.#message;
	}

	async #work(): Promise<void> {
		while (this.#sent !== this.#newest) {
			if (this.#sentAt > 0) await this.#rest();
			if (this.#isEnded) return;
			await this.#put(this.#newest);
		}
	}

	async #rest(): Promise<void> {
		await pause(this.#sentAt + APART_MS - Date.now());
	}

	async #put(text: string): Promise<void> {
		const { chat, request, replyTo } = this.place;
		const reply =
			replyTo === null ? {} : { reply_parameters: { message_id: replyTo, allow_sending_without_reply: true } };
		const payload = { text, link_preview_options: { is_disabled: true } };
		const result = await this.outbox.send(
			this.#message === null
				? { chat, method: 'sendMessage', request, payload: { ...target(this.place), ...payload, ...reply } }
				: {
						...{ chat, method: 'editMessageText', request },
						payload: { chat_id: chat, message_id: this.#message, ...payload },
					},
		);
		this.#message ??= sentMessageId(result);
		this.#sent = text;
		this.#sentAt = Date.now();
		// Where it did not arrive, the answer will be a message of its own.
		if (this.#message === null) this.#isEnded = true;
	}
}
