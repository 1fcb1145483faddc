import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runService, type ServiceOptions } from '../../../src/telegram/service.js';
import { BotApi, type Call } from './bot-api.js';
import { type FakeApp, fakeApp } from './fake-app.js';

/** A bot that runs against a server of its own. */
export interface Running {
	readonly api: BotApi;
	readonly app: FakeApp;
	readonly dataDir: string;
	readonly log: string[];
	/** Stops the bot; gives what it ended with. */
	stop(): Promise<unknown>;
	/** Stops it and starts it anew on the same data. */
	restart(): Promise<void>;
	/** Stops everything and clears up. */
	end(): Promise<void>;
}

const FAST = { count: 100_000, perMs: 1000 };

export const ADMIN = 900;

/** Starts a bot; limits are off unless they are given. */
export async function startBot(
	given: Partial<ServiceOptions> & { readonly fake?: FakeApp; readonly api?: BotApi } = {},
): Promise<Running> {
	const { fake, api: ownApi, ...options } = given;
	const api = ownApi ?? (await new BotApi().start());
	const app = fake ?? fakeApp();
	const dataDir = mkdtempSync(join(tmpdir(), 'wenqu-telegram-'));
	const log: string[] = [];
	let stop = new AbortController();
	let ended: Promise<unknown> = Promise.resolve();
	const begin = (): void => {
		stop = new AbortController();
		ended = runService({
			...{ app, token: api.token, apiRoot: api.root, dataDir, admins: [ADMIN], allowed: [] },
			write: (line) => void log.push(line),
			signal: stop.signal,
			...{ sendRates: { all: FAST, group: FAST, privateChat: FAST }, askRates: { user: FAST, chat: FAST } },
			...{ holdS: 2, retryMs: 20, timeoutMs: 1500 },
			...options,
		}).catch((error: unknown) => error);
	};
	begin();
	const running: Running = {
		...{ api, app, dataDir, log },
		async stop() {
			stop.abort();
			return ended;
		},
		async restart() {
			stop.abort();
			await ended;
			begin();
		},
		async end() {
			stop.abort();
			await ended;
			await api.stop();
			rmSync(dataDir, { recursive: true, force: true });
		},
	};
	return running;
}

/** Waits until something holds; fails with what was last seen otherwise. */
export async function until<T>(look: () => T | null | undefined | false, ms = 5000): Promise<T> {
	const end = Date.now() + ms;
	for (;;) {
		const seen = look();
		if (seen) return seen;
		if (Date.now() > end) throw new Error(`did not happen within ${ms} ms: ${String(look)}`);
		await new Promise((resolve) => setTimeout(resolve, 10));
	}
}

/** Waits for the nth message in a chat. */
export function reply(api: BotApi, chat: number, nth = 1): Promise<Call> {
	return until(() => api.of('sendMessage', chat)[nth - 1]);
}

/** A while in which nothing may happen. */
export function quiet(ms = 250): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, ms));
}

/** The data of the buttons under a message, by their labels. */
export function buttonsOf(call: Call): ReadonlyMap<string, string> {
	const markup = call.payload['reply_markup'] as
		| { inline_keyboard: { text: string; callback_data: string }[][] }
		| undefined;
	return new Map(markup?.inline_keyboard.flat().map((one) => [one.text, one.callback_data]) ?? []);
}

/** The formatted stretches of a message. */
export function formatted(call: Call): readonly { readonly type: string; readonly text: string }[] {
	const text = String(call.payload['text']);
	const entities = (call.payload['entities'] ?? []) as { type: string; offset: number; length: number }[];
	return entities.map((one) => ({ type: one.type, text: text.slice(one.offset, one.offset + one.length) }));
}
