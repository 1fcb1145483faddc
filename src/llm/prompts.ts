import type { z } from 'zod';
import type { LlmDecline, LlmTask } from '../answering/llm-use.js';
import { parseSentences } from '../answering/wording.js';
import { UsageError } from '../errors.js';
import { loadPrompt, type PromptFile } from '../prompts/load.js';
import { queryReply, sentencesReply } from './reply.js';

/** What each task is asked with: its file, what the reply must look like, and the inputs that its prompt cannot do without. */
const TASKS = {
	understand: { file: 'llm-understand.md', shape: queryReply, needs: ['question'] },
	word: { file: 'llm-word.md', shape: sentencesReply, needs: ['question', 'draft', 'passages'] },
	summarise: { file: 'llm-summarise.md', shape: sentencesReply, needs: ['question', 'passages'] },
	compare: { file: 'llm-compare.md', shape: sentencesReply, needs: ['question', 'passages'] },
	explain: { file: 'llm-explain.md', shape: sentencesReply, needs: ['question', 'passages'] },
} as const satisfies Readonly<Record<LlmTask, { file: string; shape: z.ZodType; needs: readonly string[] }>>;

const NOTES = [
	'used',
	'understand',
	'word',
	'summarise',
	'compare',
	'explain',
	'unreachable',
	'refused',
	'too_slow',
	'cut_off',
	'malformed',
	'budget',
	'cancelled',
	'nothing_proven',
	'incomplete',
	'padded',
] as const satisfies readonly ('used' | LlmTask | LlmDecline)[];

/** A prompt ready to be filled in. */
export interface TaskPrompt {
	readonly file: PromptFile;
	readonly shape: z.ZodType;
	fill(words: Readonly<Record<string, string>>): { readonly system: string; readonly user: string };
}

/** All that is said to a model, and of it. */
export interface LlmPrompts {
	readonly tasks: Readonly<Record<LlmTask, TaskPrompt>>;
	readonly note: (key: (typeof NOTES)[number], words?: Readonly<Record<string, string>>) => string;
}

/** Loads the prompts of all tasks and checks each against what the program does with it. Throws a UsageError that names the file. */
export function loadLlmPrompts(folders: readonly string[]): LlmPrompts {
	const notes = loadPrompt(folders, 'llm.md');
	return {
		tasks: {
			understand: taskPrompt(folders, 'understand'),
			word: taskPrompt(folders, 'word'),
			summarise: taskPrompt(folders, 'summarise'),
			compare: taskPrompt(folders, 'compare'),
			explain: taskPrompt(folders, 'explain'),
		},
		note: parseSentences(notes.body, NOTES, 'llm.md'),
	};
}

function taskPrompt(folders: readonly string[], task: LlmTask): TaskPrompt {
	const { file: name, shape, needs } = TASKS[task];
	const file = loadPrompt(folders, name);
	const wrong = (what: string): UsageError => new UsageError(`措辞文件 ${name} ${what}。请改正，或换回原来的文件。`);
	const say = parseSentences(file.body, ['system', 'user'], name);
	const lacking = needs.find((input) => !file.body.includes(`{${input}}`));
	if (lacking) throw wrong(`没有用到 {${lacking}}`);
	if (!shape.safeParse(jsonOrNull(file.output)).success) throw wrong('的 output 不是程序要的 JSON 格式');
	const output = file.output;
	return {
		file,
		shape,
		fill: (words) => ({ system: say('system', { ...words, output }), user: say('user', { ...words, output }) }),
	};
}

function jsonOrNull(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}
