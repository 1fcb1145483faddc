import { Telegram, TelegramError } from 'telegraf';
import type { Redact } from './redact.js';

/**
 * Why a call came to nothing:
 * `conflict` another poller (409) · `unauthorized` a wrong token (401, 404) · `flood` wait (429) · `forbidden` the
 * chat has shut us out (403) · `refused` the request itself is wrong (400) · `trouble` anything that may pass.
 */
export type FailureKind = 'conflict' | 'unauthorized' | 'flood' | 'forbidden' | 'refused' | 'trouble';

/** A failed call, with nothing in it that may not be logged. */
export class ApiFailure extends Error {
	override readonly name = 'ApiFailure';
	constructor(
		readonly kind: FailureKind,
		message: string,
		/** Whether the server may have done it all the same: the request had left and no answer to it came. */
		readonly mayBeDone: boolean,
		readonly retryAfterMs: number | null = null,
		/** The supergroup that the group has become. */
		readonly migratedTo: number | null = null,
	) {
		super(message);
	}
}

/** The Bot API as wenqu calls it. Every failure is an ApiFailure. */
export interface Api {
	call(method: string, payload: Readonly<Record<string, unknown>>, options?: CallOptions): Promise<unknown>;
}

interface CallOptions {
	readonly timeoutMs?: number;
	readonly signal?: AbortSignal;
}

const TIMEOUT_MS = 20_000;
/** The connection never stood, so nothing has left. */
const NEVER_LEFT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);
type LooseCall = (method: string, payload: object, options: { signal: AbortSignal }) => Promise<unknown>;

/** The Bot API through telegraf's client; telegraf's own polling is not used, see poller.ts. */
export function openApi(token: string, apiRoot: string | null, redact: Redact, timeoutMs = TIMEOUT_MS): Api {
	// An address with a path needs its closing slash, or telegraf drops the last part of it.
	const root = apiRoot ? { apiRoot: apiRoot.endsWith('/') ? apiRoot : `${apiRoot}/` } : {};
	const telegram = new Telegram(token, { ...root, webhookReply: false });
	const call = telegram.callApi.bind(telegram) as unknown as LooseCall;
	return {
		async call(method, payload, options = {}) {
			// Not AbortSignal.any: a signal that lives as long as the bot would remember every call that ever hung on it.
			const ending = new AbortController();
			const end = (): void => ending.abort();
			const timer = setTimeout(end, options.timeoutMs ?? timeoutMs);
			options.signal?.addEventListener('abort', end, { once: true });
			if (options.signal?.aborted) end();
			try {
				return await call(method, { ...payload }, { signal: ending.signal });
			} catch (error) {
				throw failureOf(error, method, redact);
			} finally {
				clearTimeout(timer);
				options.signal?.removeEventListener('abort', end);
			}
		},
	};
}

/** Where a file that `getFile` named can be fetched; the address holds the token and is for fetch alone. */
export function fileAddress(token: string, apiRoot: string | null, path: string): URL {
	const root = apiRoot ?? 'https://api.telegram.org/';
	return new URL(`file/bot${token}/${path}`, root.endsWith('/') ? root : `${root}/`);
}

function failureOf(error: unknown, method: string, redact: Redact): ApiFailure {
	const say = (text: string): string => redact(`${method}: ${text}`).slice(0, 300);
	if (error instanceof TelegramError) {
		const { error_code: code, description, parameters } = error.response;
		const text = say(`${code} ${description}`);
		if (code === 409) return new ApiFailure('conflict', text, false);
		if (code === 401 || code === 404) return new ApiFailure('unauthorized', text, false);
		if (code === 429) return new ApiFailure('flood', text, false, 1000 * seconds(parameters?.retry_after));
		if (code === 403) return new ApiFailure('forbidden', text, false);
		if (code === 400) return new ApiFailure('refused', text, false, null, parameters?.migrate_to_chat_id ?? null);
		return new ApiFailure('trouble', text, true);
	}
	const { code, type } = error as { readonly code?: string; readonly type?: string };
	const aborted = (error as Error).name === 'AbortError';
	// Anything else, such as HTML where JSON should be, says nothing about what the server did.
	const text = say(aborted ? 'no answer in time' : `${code ?? type ?? 'error'} ${(error as Error).message}`);
	return new ApiFailure('trouble', text, !NEVER_LEFT.has(code ?? ''));
}

function seconds(value: unknown): number {
	return typeof value === 'number' && value > 0 ? Math.min(value, 3600) : 1;
}
