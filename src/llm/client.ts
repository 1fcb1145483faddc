import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { LlmError } from '../errors.js';
import type { Chat, ChatReply, ChatRequest, LlmSettings } from './types.js';
import { type Completion, endpointsOf, readCompletion, readFirstModel } from './wire.js';

/** A server that says nothing for so long has hung. */
const SILENCE_MS = 20_000;
const RETRY_MS = 400;
const LONGEST_RETRY_MS = 5000;
/** Where a server lists no models, most take any name. */
const ANY_MODEL = 'default';

/** How long to wait; tests shorten it. */
export interface Patience {
	readonly silenceMs: number;
	readonly retryMs: number;
}

/** What failed, and whether the same may go well a moment later. */
interface Failure {
	readonly error: LlmError;
	readonly mayPass: boolean;
	readonly waitMs?: number | null;
}

/** A client for one OpenAI-compatible server: streamed, held to a schema where the server can be, tried twice. */
export class Client implements Chat {
	readonly #endpoints;
	#model: string | null;
	/** False once the server has refused a request for its schema. */
	#takesSchema = true;

	constructor(
		private readonly settings: LlmSettings,
		private readonly patience: Patience = { silenceMs: SILENCE_MS, retryMs: RETRY_MS },
	) {
		this.#endpoints = endpointsOf(settings.url);
		this.#model = settings.model;
	}

	async model(signal: AbortSignal): Promise<string> {
		this.#model ??= await this.#listed(signal);
		return this.#model;
	}

	async complete(request: ChatRequest): Promise<ChatReply> {
		const model = await this.model(request.signal);
		for (let tries = 1; ; tries++) {
			try {
				const { text, tokens } = await this.#once(request, model);
				return { text, tokens: tokens ?? estimate(request) + text.length, isCached: false };
			} catch (error) {
				const failure = failureOf(error, request.signal);
				if (tries > 1 || !failure.mayPass) throw failure.error;
				await pause(failure.waitMs ?? this.patience.retryMs, undefined, { signal: request.signal }).catch(() => {});
				if (request.signal.aborted) throw failureOf(null, request.signal).error;
			}
		}
	}

	async #once(request: ChatRequest, model: string): Promise<Completion> {
		const stop = new AbortController();
		const signal = AbortSignal.any([request.signal, stop.signal]);
		const hung = setTimeout(() => stop.abort(tooSlow()), this.patience.silenceMs);
		try {
			let response = await this.#post(request, model, signal);
			if (this.#takesSchema && (response.status === 400 || response.status === 422)) {
				await response.body?.cancel();
				this.#takesSchema = false;
				response = await this.#post(request, model, signal);
			}
			if (!response.ok) throw new Refusal(response);
			return await readCompletion(
				response,
				signal,
				(text) => request.onText?.(text),
				() => hung.refresh(),
			);
		} catch (error) {
			throw stop.signal.aborted && !request.signal.aborted ? stop.signal.reason : error;
		} finally {
			clearTimeout(hung);
			// Whatever ended the reading, the server need not go on.
			stop.abort();
		}
	}

	#post(request: ChatRequest, model: string, signal: AbortSignal): Promise<Response> {
		const { name, shape } = request.schema;
		const body = {
			model,
			messages: [
				{ role: 'system', content: request.system },
				{ role: 'user', content: request.user },
			],
			temperature: 0,
			seed: 0,
			max_tokens: this.settings.replyTokens,
			stream: true,
			...(this.#takesSchema
				? {
						stream_options: { include_usage: true },
						response_format: {
							type: 'json_schema',
							json_schema: { name, strict: true, schema: z.toJSONSchema(shape) },
						},
					}
				: {}),
		};
		return this.#fetch(this.#endpoints.chat, signal, JSON.stringify(body));
	}

	/** The key goes to the address that was set and to no other: a redirect is an error. */
	#fetch(address: string, signal: AbortSignal, body: string | null): Promise<Response> {
		const { key } = this.settings;
		return fetch(address, {
			...(body === null ? {} : { method: 'POST', body }),
			headers: { 'content-type': 'application/json', ...(key ? { authorization: `Bearer ${key}` } : {}) },
			redirect: 'error',
			signal,
		});
	}

	async #listed(signal: AbortSignal): Promise<string> {
		try {
			const limit = AbortSignal.any([signal, AbortSignal.timeout(this.patience.silenceMs)]);
			const response = await this.#fetch(this.#endpoints.models, limit, null);
			return (await readFirstModel(response, limit)) ?? ANY_MODEL;
		} catch (error) {
			throw failureOf(error, signal).error;
		}
	}
}

/** Tokens that a request may cost before its reply: a Chinese character is about one, which is more than enough for the rest. */
export function estimate({ system, user }: Pick<ChatRequest, 'system' | 'user'>): number {
	return system.length + user.length;
}

function tooSlow(cause?: unknown): LlmError {
	return new LlmError('语言模型太久没有回答。', 'too_slow', { cause });
}

/** The server answered, and said no. */
class Refusal extends LlmError {
	readonly mayPass: boolean;
	/** How long the server asks to wait, at most as long as we would. */
	readonly waitMs: number | null;

	constructor({ status, headers }: Response) {
		super(`语言模型的服务器拒绝了请求（HTTP ${status}）。`, 'refused');
		this.mayPass = status === 429 || status >= 500;
		const seconds = Number(headers.get('retry-after') ?? Number.NaN);
		this.waitMs = seconds >= 0 ? Math.min(seconds * 1000, LONGEST_RETRY_MS) : null;
	}
}

/** An error as one of ours. What fetch reports is kept as cause and never shown. */
function failureOf(cause: unknown, signal: AbortSignal): Failure {
	if (signal.aborted) {
		const isLate = signal.reason instanceof DOMException && signal.reason.name === 'TimeoutError';
		const error = isLate ? tooSlow(cause) : new LlmError('不再等语言模型了。', 'cancelled', { cause });
		return { error, mayPass: false };
	}
	if (cause instanceof Refusal) return { error: cause, mayPass: cause.mayPass, waitMs: cause.waitMs };
	// A server that hung may hang again, and somebody is waiting.
	if (cause instanceof LlmError) return { error: cause, mayPass: cause.fault === 'cut_off' };
	const isCut = cause instanceof TypeError && cause.message === 'terminated';
	const error = isCut
		? new LlmError('语言模型的回答中途断了。', 'cut_off', { cause })
		: new LlmError('连不上语言模型的服务器。', 'unreachable', { cause });
	return { error, mayPass: true };
}
