import type { LlmTrace, LlmUse } from './llm-use.js';
import type { Finding, Query } from './types.js';

/** A language model's help with one question. It never throws for what a model or its server does. */
export interface Helper {
	/** Types a question that the rules could not type; null where it cannot. The answer still comes from the store. */
	understand(query: Query): Promise<Query | null>;
	/** Words a finding, or says more than it from the same articles, each sentence proven; null: the finding stays as it is. */
	word(query: Query, finding: Finding): Promise<Finding | null>;
	readonly use: LlmUse;
	readonly trace: LlmTrace;
}
