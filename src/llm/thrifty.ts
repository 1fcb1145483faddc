import { createHash } from 'node:crypto';
import { z } from 'zod';
import { LlmError } from '../errors.js';
import { estimate } from './client.js';
import type { Ledger } from './ledger.js';
import type { Chat, ChatReply, ChatRequest } from './types.js';

/** Limits on what is spent. */
export interface Limits {
	readonly replyTokens: number;
	readonly dailyTokens: number;
	/** The day in local time, `YYYY-MM-DD`. */
	readonly today: () => string;
}

/** A chat that pays for the same question once, and never more than the day allows. */
export class ThriftyChat implements Chat {
	constructor(
		private readonly chat: Chat,
		private readonly ledger: Ledger,
		private readonly limits: Limits,
	) {}

	model(signal: AbortSignal): Promise<string> {
		return this.chat.model(signal);
	}

	async complete(request: ChatRequest): Promise<ChatReply> {
		const { ledger, limits } = this;
		const key = keyOf(request, await this.chat.model(request.signal), limits.replyTokens);
		const known = kept(() => ledger.find(key), null);
		// What is there at once need not be seen to grow.
		if (known) return { text: known.text, tokens: 0, isCached: true };
		const asked = estimate(request);
		const most = asked + limits.replyTokens;
		// What cannot be counted is not spent.
		const settle = kept(() => ledger.reserve(limits.today(), most, limits.dailyTokens), null);
		if (!settle) throw new LlmError('今天的语言模型用量已到上限。', 'budget');
		try {
			const reply = await this.chat.complete(request);
			kept(() => settle(reply.tokens), undefined);
			kept(() => ledger.keep(key, reply.text, reply.tokens), undefined);
			return reply;
		} catch (error) {
			// What was asked may have been charged even where no reply came.
			kept(() => settle(error instanceof LlmError && error.fault === 'unreachable' ? 0 : asked), undefined);
			throw error;
		}
	}
}

/** A full disk or a closed ledger costs the record, not the answer. */
function kept<T>(work: () => T, otherwise: T): T {
	try {
		return work();
	} catch {
		return otherwise;
	}
}

/** Everything that a reply depends on. */
function keyOf({ system, user, schema }: ChatRequest, model: string, replyTokens: number): string {
	const whole = JSON.stringify([model, replyTokens, system, user, schema.name, z.toJSONSchema(schema.shape)]);
	return createHash('sha256').update(whole).digest('hex');
}

/** The day by the clock on the wall. */
export function localDay(now = new Date()): string {
	const two = (n: number): string => String(n).padStart(2, '0');
	return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
