import { Answerer } from '../../src/answering/answerer.js';
import type { Answer } from '../../src/answering/types.js';
import { Client } from '../../src/llm/client.js';
import { LlmHelper } from '../../src/llm/helper.js';
import { Ledger } from '../../src/llm/ledger.js';
import { loadLlmPrompts } from '../../src/llm/prompts.js';
import { ThriftyChat } from '../../src/llm/thrifty.js';
import type { LlmSettings } from '../../src/llm/types.js';
import type { Reader } from '../../src/reading/types.js';
import { deskOver } from './desk.js';

/** The prompts of the checkout. */
export const PROMPTS = [new URL('../../prompts', import.meta.url).pathname];

/** Settings for a server of a test. */
export function llmSettings(url: string, more: Partial<LlmSettings> = {}): LlmSettings {
	return {
		...{ url, model: 'scripted-1', key: null, timeoutMs: 5000, replyTokens: 800, dailyTokens: 1_000_000 },
		...more,
	};
}

/** A reader that finds nothing said. */
export const BLIND: Reader = {
	id: 'blind',
	read: async () => ({ answerable: 0, spans: [{ start: 0, end: 2, score: 0 }], pieces: [] }),
};

/** Asks wenqu over issue texts in memory, a scripted server helping. */
export class LlmDesk {
	readonly ledger = Ledger.inMemory();
	readonly #desk;
	readonly #answerer: Answerer;
	readonly #chat: ThriftyChat;
	readonly #settings: LlmSettings;
	today = '2025-03-12';

	constructor(
		private readonly issues: Readonly<Record<string, string>>,
		settings: LlmSettings,
		reader: Reader | null = null,
	) {
		this.#settings = settings;
		this.#desk = deskOver(issues, reader);
		this.#answerer = new Answerer(this.#desk, this.source);
		const { replyTokens, dailyTokens } = settings;
		const client = new Client(settings, { silenceMs: 10_000, retryMs: 5 });
		this.#chat = new ThriftyChat(client, this.ledger, { replyTokens, dailyTokens, today: () => this.today });
	}

	readonly source = async (file: string): Promise<string | null> => this.issues[file] ?? null;

	/** What is answered without a model. */
	async plain(question: string): Promise<Answer> {
		return (await this.#answerer.answer(question)).answer;
	}

	/** What is answered with one, all that was shown on the way, and the trace. */
	async ask(
		question: string,
		signal: AbortSignal = new AbortController().signal,
	): Promise<{ readonly answer: Answer; readonly shown: readonly string[]; readonly helper: LlmHelper }> {
		const shown: string[] = [];
		const helper = new LlmHelper({
			...{ chat: this.#chat, prompts: loadLlmPrompts(PROMPTS), modelName: this.#settings.model },
			...{ snapshot: this.#desk.snapshot, retriever: this.#desk.retriever, people: await this.#desk.snapshot.people() },
			...{ source: this.source, signal, onText: (text: string) => shown.push(text) },
		});
		const { answer } = await this.#answerer.answer(question, null, null, helper);
		return { answer, shown, helper };
	}
}
