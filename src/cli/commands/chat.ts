import { createInterface } from 'node:readline/promises';
import type { Turn } from '../../answering/conversation.js';
import type { Answer } from '../../answering/types.js';
import type { App } from '../../app.js';
import type { CommandSpec } from '../command.js';
import { EXIT, lineOf } from '../exit.js';
import { growingText } from '../growing.js';
import { renderAnswer } from '../render.js';
import { withApp } from '../session.js';
import { safe, type Terminal } from '../terminal.js';
import { articleAround } from './show.js';

const HELP = `直接输入问题即可。命令：
  /source N   打开第 N 个出处所在的报道，引文标出
  /articles   列出所有报道的标题
  /new        开始新的对话
  /help       显示这段说明
  /quit       退出（也可按两次 Ctrl-C）`;

/** Answered once where nobody is at the terminal, so that an unattended first run shows the main job. */
const SAMPLES = [
	'谁参加了通州区与北京银行的座谈会？',
	'首届副中心运动会开幕式在哪里举行？',
	'郑皓参加了哪些活动？',
	'谁参加了通州区与工商银行的座谈会？',
];

export const chatCommand: CommandSpec = {
	usage: 'chat',
	answers: true,
	summary: '在终端里一问一答（默认命令）',
	isDefault: true,
	async action(_words, flags, terminal) {
		return withApp(flags, terminal, async (app) =>
			process.stdin.isTTY ? converse(app, terminal, process.stdin, process.stdout) : piped(app, terminal),
		);
	},
};

/** One question a line; with nothing to read, the sample questions. */
async function piped(app: App, terminal: Terminal): Promise<number> {
	const lines = createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY });
	let turn: Turn | null = null;
	let asked = 0;
	for await (const line of lines) {
		const question = line.trim();
		if (question === '') continue;
		asked++;
		turn = await reply(app, question, turn, terminal, false);
	}
	if (asked > 0) return EXIT.done;
	for (const question of SAMPLES) await reply(app, question, null, terminal, true);
	return EXIT.done;
}

async function reply(
	app: App,
	question: string,
	turn: Turn | null,
	terminal: Terminal,
	echo: boolean,
): Promise<Turn | null> {
	if (echo) terminal.out(`问：${question}`);
	const asked = await app.ask(question, turn, null, { withLlm: true });
	terminal.out(`${renderAnswer(asked.answer, terminal)}\n`);
	return asked.turn;
}

/** Questions typed at a terminal, an answer under each. Ctrl-C ends the waiting for a language model, and twice the program. */
export async function converse(
	app: App,
	terminal: Terminal,
	input: NodeJS.ReadableStream,
	output: NodeJS.WritableStream,
): Promise<number> {
	const { counts } = app.snapshot;
	terminal.out(
		`问区：${counts.issues} 期 ${counts.articles} 篇报道可以问。输入 /help 看说明。例如：${SAMPLES[0] ?? ''}`,
	);
	const lines = createInterface({
		input,
		output,
		historySize: 200,
		removeHistoryDuplicates: true,
		prompt: '问> ',
	});
	let interrupted = false;
	let asking: AbortController | null = null;
	lines.on('SIGINT', () => {
		if (asking && !asking.signal.aborted) {
			asking.abort();
			return;
		}
		if (interrupted) {
			lines.close();
			return;
		}
		interrupted = true;
		terminal.out('\n再按一次 Ctrl-C 退出。');
		lines.prompt();
	});
	let turn: Turn | null = null;
	let last: Answer | null = null;
	lines.prompt();
	for await (const line of lines) {
		interrupted = false;
		const text = line.trim();
		if (text === '/quit' || text === '/exit') break;
		try {
			if (text.startsWith('/')) {
				if (text === '/new') turn = null;
				terminal.out(await command(app, text, last, terminal));
			} else if (text !== '') {
				asking = new AbortController();
				const growing = growingText(terminal);
				const options = { withLlm: true, onText: growing.show, signal: asking.signal };
				const asked = await app.ask(text, turn, null, options);
				({ turn, answer: last } = asked);
				const isShown = growing.end(asked.answer.answer);
				terminal.out(`${renderAnswer(asked.answer, terminal, isShown)}\n`);
			}
		} catch (error) {
			terminal.err(lineOf(error));
		} finally {
			asking = null;
		}
		lines.prompt();
	}
	lines.close();
	return EXIT.done;
}

async function command(app: App, text: string, last: Answer | null, terminal: Terminal): Promise<string> {
	const [name, argument = '1'] = text.split(/\s+/u);
	switch (name) {
		case '/help':
			return HELP;
		case '/new':
			return '好，重新开始。';
		case '/articles':
			return (await app.snapshot.headings(app.snapshot.issues()))
				.map((row) => `${row.issueDate ?? safe(row.file)}  ${safe(row.headline)}`)
				.join('\n');
		case '/source': {
			const citation = last?.citations[Number(argument) - 1];
			if (!citation) return `没有第 ${safe(argument)} 个出处。`;
			return (await articleAround(app, citation.file, citation.start, citation.end, terminal)) ?? '原文已变更。';
		}
		default:
			return `没有 ${safe(name ?? '')} 这个命令，输入 /help 看说明。`;
	}
}
