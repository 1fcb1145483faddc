import { Client } from './client.js';
import { type HelperParts, LlmHelper } from './helper.js';
import { Ledger } from './ledger.js';
import { loadLlmPrompts } from './prompts.js';
import { localDay, ThriftyChat } from './thrifty.js';
import type { LlmSettings } from './types.js';

/** A language model, ready to help with questions. */
export interface Llm {
	/** Help with one question over one generation of the index. `signal` ends it early; the answer then does without. */
	help(
		about: Pick<HelperParts, 'snapshot' | 'retriever' | 'people' | 'source' | 'onText'> & {
			readonly signal?: AbortSignal;
		},
	): LlmHelper;
	/** Ends what is being asked. */
	close(): void;
}

/** Opens a language model: prompts checked, ledger at hand; the server is not asked before the first question. */
export function openLlm(options: {
	readonly settings: LlmSettings;
	readonly promptFolders: readonly string[];
	readonly dataDir: string;
	readonly warn: (line: string) => void;
}): Llm {
	const { settings, warn } = options;
	const prompts = loadLlmPrompts(options.promptFolders);
	const ledger = Ledger.open(options.dataDir, () =>
		warn('语言模型的用量记不进数据文件夹，这次只在内存里记。请检查 --data 文件夹的权限。'),
	);
	const { replyTokens, dailyTokens, timeoutMs, model } = settings;
	const chat = new ThriftyChat(new Client(settings), ledger, { replyTokens, dailyTokens, today: localDay });
	const closing = new AbortController();
	return {
		help({ signal, ...about }) {
			const ends = [closing.signal, AbortSignal.timeout(timeoutMs), ...(signal ? [signal] : [])];
			return new LlmHelper({ ...about, chat, prompts, modelName: model, signal: AbortSignal.any(ends) });
		},
		close() {
			closing.abort();
			ledger.close();
		},
	};
}
