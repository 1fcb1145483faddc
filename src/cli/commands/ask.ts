import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { Turn } from '../../answering/conversation.js';
import type { App, AskOptions } from '../../app.js';
import { UsageError } from '../../errors.js';
import type { CommandSpec } from '../command.js';
import { EXIT, lineOf } from '../exit.js';
import { renderAnswer } from '../render.js';
import { withApp } from '../session.js';
import type { Terminal } from '../terminal.js';

const QUESTION_LIMIT = 1000;
/** Conversations remembered in one batch; the longest unused is forgotten first. */
const CONVERSATIONS = 10_000;

const batchLine = z.object({
	id: z.union([z.string(), z.number().transform(String)]).nullish(),
	question: z
		.string()
		.trim()
		.min(1, 'question 不能为空')
		.max(QUESTION_LIMIT, `question 不能超过 ${QUESTION_LIMIT} 个字`),
	conversation: z.union([z.string(), z.number().transform(String)]).nullish(),
});

export const askCommand: CommandSpec = {
	usage: 'ask [question...]',
	answers: true,
	summary: '回答一个问题；--json 且不给问题时，从标准输入逐行读 JSON',
	options: [
		['--json', '输出 JSON'],
		['--explain', '显示答案用了哪些措辞文件，语言模型的话采用了几句'],
	],
	async action(words, flags, terminal) {
		const question = words.join(' ').trim();
		const json = flags['json'] === true;
		if (!question && !json) throw new UsageError('请写出问题，例如：wenqu ask 谁参加了座谈会？');
		if (question.length > QUESTION_LIMIT)
			throw new UsageError(`问题太长（${question.length} 字），请缩短到 ${QUESTION_LIMIT} 字以内。`);
		return withApp(flags, terminal, async (app) => {
			const options = { withLlm: true, explain: flags['explain'] === true };
			if (!question) return batch(app, options, terminal);
			const { answer } = await app.ask(question, null, null, options);
			terminal.out(json ? JSON.stringify(answer) : renderAnswer(answer, terminal));
			return EXIT.done;
		});
	},
};

/** One JSON question a line in, one JSON answer a line out, in the same order. */
async function batch(app: App, options: AskOptions, terminal: Terminal): Promise<number> {
	const turns = new Map<string, Turn>();
	for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
		if (line.trim() === '') continue;
		terminal.out(JSON.stringify(await answerLine(app, line, turns, options)));
	}
	return EXIT.done;
}

async function answerLine(app: App, line: string, turns: Map<string, Turn>, options: AskOptions): Promise<object> {
	let id: string | null = null;
	try {
		const raw: unknown = JSON.parse(line);
		id = idOf(raw);
		const parsed = batchLine.safeParse(raw);
		if (!parsed.success) return { id, error: parsed.error.issues[0]?.message ?? '这一行不合格式' };
		const { question, conversation } = parsed.data;
		const last = conversation ? (turns.get(conversation) ?? null) : null;
		const { answer, turn } = await app.ask(question, last, id, options);
		if (conversation) {
			turns.delete(conversation);
			turns.set(conversation, turn);
			if (turns.size > CONVERSATIONS) turns.delete(turns.keys().next().value ?? '');
		}
		return answer;
	} catch (error) {
		return { id, error: error instanceof SyntaxError ? '这一行不是 JSON' : lineOf(error) };
	}
}

function idOf(raw: unknown): string | null {
	if (typeof raw !== 'object' || raw === null || !('id' in raw)) return null;
	return typeof raw.id === 'string' || typeof raw.id === 'number' ? String(raw.id) : null;
}
