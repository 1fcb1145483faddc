import type { z } from 'zod';

/** A language model's server and how much may be asked of it. */
export interface LlmSettings {
	readonly url: string;
	/** Null: the first that the server lists. */
	readonly model: string | null;
	readonly key: string | null;
	/** The longest that one question waits for it. */
	readonly timeoutMs: number;
	readonly replyTokens: number;
	readonly dailyTokens: number;
}

/** One exchange with a language model. */
export interface ChatRequest {
	readonly system: string;
	readonly user: string;
	/** What the reply must look like; sent along to servers that can be held to it. */
	readonly schema: { readonly name: string; readonly shape: z.ZodType };
	/** Ends the exchange; the error then says `cancelled`, or `too_slow` where a time limit ended it. */
	readonly signal: AbortSignal;
	/** Takes the reply so far each time more of it has come. */
	readonly onText?: (soFar: string) => void;
}

/** What came back, unproven. */
export interface ChatReply {
	readonly text: string;
	/** Tokens of question and reply, as the server counts them or as we estimate. */
	readonly tokens: number;
	/** It came from the cache and cost nothing. */
	readonly isCached: boolean;
}

/** A language model that can be asked. Throws LlmErrors. */
export interface Chat {
	/** The model's name, as far as it is known. */
	model(signal: AbortSignal): Promise<string>;
	complete(request: ChatRequest): Promise<ChatReply>;
}
