import type { LlmFault } from '../errors.js';

/** What a language model may do for an answer. */
export type LlmTask = 'understand' | 'word' | 'summarise' | 'compare' | 'explain';

/** Why what a model said was not used. */
export type LlmDecline = LlmFault | 'nothing_proven' | 'incomplete' | 'padded';

/** What an answer says of the language model; absent where none is switched on. */
export interface LlmUse {
	/** As the user named it; null where the server chose. */
	readonly model: string | null;
	/** What it did for this answer; empty: it did nothing. */
	readonly used: readonly LlmTask[];
	readonly declined: LlmDecline | null;
	/** The same in a sentence; null where the model was not asked. */
	readonly note: string | null;
}

/** What the model was asked with and what became of its sentences, for whoever wants to know. */
export interface LlmTrace {
	/** Prompt files that were used, with their hashes. */
	readonly prompts: Readonly<Record<string, string>>;
	readonly kept: number;
	/** How many sentences were dropped, by reason. Their text is unproven and shown nowhere. */
	readonly dropped: Readonly<Record<string, number>>;
	readonly tokens: number;
	readonly cached: boolean;
}
