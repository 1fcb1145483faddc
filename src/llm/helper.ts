import type { Helper } from '../answering/helper.js';
import type { LlmDecline, LlmTask, LlmTrace, LlmUse } from '../answering/llm-use.js';
import { proven, type SourceText } from '../answering/prove.js';
import type { Finding, Query } from '../answering/types.js';
import { LlmError } from '../errors.js';
import type { Retriever } from '../retrieval/types.js';
import type { Store } from '../store/store.js';
import { type Fault, type ProvenSentence, prove } from './leash.js';
import { fenced, type ShownPassage } from './passages.js';
import type { LlmPrompts } from './prompts.js';
import { sentencesIn } from './reply.js';
import { COMPARE, passagesFor, taskFor } from './task.js';
import type { Chat, ChatReply } from './types.js';
import { typedQuery } from './understand.js';
import { composed, once, reworded, textOf } from './wording.js';

/** What a helper works with. */
export interface HelperParts {
	readonly chat: Chat;
	readonly prompts: LlmPrompts;
	/** The model as the user named it. */
	readonly modelName: string | null;
	readonly snapshot: Store;
	readonly retriever: Retriever;
	readonly people: ReadonlySet<string>;
	readonly source: SourceText;
	readonly signal: AbortSignal;
	/** Takes the answer as it grows, proven sentences only. */
	readonly onText: (soFar: string) => void;
}

/** Proven sentences that an answer holds at most. */
const MOST_SENTENCES = 8;

/** Asks a model for help with one question and lets pass only what is proven. */
export class LlmHelper implements Helper {
	readonly #parts: HelperParts;
	#typed: Query | null = null;
	#used: LlmTask[] = [];
	#declined: LlmDecline | null = null;
	readonly #prompts: Record<string, string> = {};
	readonly #dropped: Record<string, number> = {};
	#kept = 0;
	#tokens = 0;
	#isCached = true;

	constructor(parts: HelperParts) {
		this.#parts = parts;
	}

	get use(): LlmUse {
		const { modelName, prompts } = this.#parts;
		const tasks = this.#used.map((task) => prompts.note(task)).join('、');
		const used =
			this.#used.length > 0 ? prompts.note('used', { model: modelName ? ` ${modelName} ` : '', tasks }) : null;
		const note = used ?? (this.#declined ? prompts.note(this.#declined) : null);
		return { model: modelName, used: this.#used, declined: this.#declined, note };
	}

	get trace(): LlmTrace {
		const asked = Object.keys(this.#prompts).length > 0;
		return {
			...{ prompts: this.#prompts, kept: this.#kept, dropped: this.#dropped, tokens: this.#tokens },
			cached: asked && this.#isCached,
		};
	}

	async understand(query: Query): Promise<Query | null> {
		if (COMPARE.test(query.text)) return null;
		const reply = await this.#ask('understand', { question: fenced(query.text, []).question });
		if (!reply) return null;
		this.#typed = typedQuery(query, reply.text);
		if (!this.#typed) this.#declined ??= 'malformed';
		return this.#typed;
	}

	async word(query: Query, finding: Finding): Promise<Finding | null> {
		// A query that was typed by the model comes back only where it was answered as typed.
		if (query === this.#typed) this.#used.push('understand');
		const task = await taskFor(query, finding, this.#parts.snapshot);
		if (!task) return null;
		const passages = await passagesFor(task, query, finding, this.#parts);
		if (passages.length === 0) return null;
		const said = await this.#sentences(task, query, task === 'word' ? finding.answer : '', passages);
		if (!said) return null;
		const worded =
			said.length === 0
				? 'nothing_proven'
				: task === 'word'
					? reworded(query, finding, said, this.#parts.people)
					: composed(said);
		if (typeof worded === 'string') {
			this.#declined ??= worded;
			return null;
		}
		if (!(await proven(worded, this.#parts.source))) return null;
		this.#used.push(task);
		this.#declined = null;
		return worded;
	}

	/** The proven sentences of a model's reply; null where there was no usable reply. */
	async #sentences(
		task: LlmTask,
		query: Query,
		draft: string,
		passages: readonly ShownPassage[],
	): Promise<readonly ProvenSentence[] | null> {
		const verdicts: (ProvenSentence | Fault)[] = [];
		const judge = (soFar: string): readonly ProvenSentence[] => {
			const { sentences } = sentencesIn(soFar);
			for (const sentence of sentences.slice(verdicts.length))
				verdicts.push(prove(sentence, passages, this.#parts.people));
			return once(verdicts.filter((one) => typeof one !== 'string')).slice(0, MOST_SENTENCES);
		};
		let shown = 0;
		const reply = await this.#ask(task, { ...fenced(query.text, passages, draft) }, (soFar) => {
			const known = judge(soFar);
			if (known.length <= shown) return;
			shown = known.length;
			this.#parts.onText(textOf(known));
		});
		if (!reply) return null;
		// A reply that was asked for twice may have begun differently the first time: only the last one counts.
		verdicts.length = 0;
		const said = judge(reply.text);
		for (const fault of verdicts.filter((one) => typeof one === 'string'))
			this.#dropped[fault] = (this.#dropped[fault] ?? 0) + 1;
		this.#kept += said.length;
		const { sentences, malformed } = sentencesIn(reply.text);
		if (malformed > 0) this.#dropped['malformed'] = (this.#dropped['malformed'] ?? 0) + malformed;
		if (sentences.length > 0 || malformed === 0) return said;
		this.#declined ??= 'malformed';
		return null;
	}

	async #ask(
		task: LlmTask,
		words: Readonly<Record<string, string>>,
		onText?: (soFar: string) => void,
	): Promise<ChatReply | null> {
		const { chat, prompts, signal } = this.#parts;
		const prompt = prompts.tasks[task];
		this.#prompts[prompt.file.file] = prompt.file.hash;
		try {
			const schema = { name: `wenqu_${task}`, shape: prompt.shape };
			const reply = await chat.complete({ ...prompt.fill(words), schema, signal, ...(onText ? { onText } : {}) });
			this.#tokens += reply.tokens;
			this.#isCached &&= reply.isCached;
			return reply;
		} catch (error) {
			if (!(error instanceof LlmError)) throw error;
			this.#isCached = false;
			this.#declined ??= error.fault;
			return null;
		}
	}
}
