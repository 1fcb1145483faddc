import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../../src/config.js';
import { BotApi, type Call } from './bot-api.js';
import { buttonsOf, until } from './harness.js';

/** What was said to the bot, and what came back. */
export interface Said {
	readonly said: string;
	readonly calls: readonly Call[];
}

/** The run of docs/telegram.md; `[…]` presses the button of the last message whose label begins so. */
export const RUN = [
	'/start',
	'谁参加了通州区与北京银行的座谈会？',
	'谁主持的？',
	'[原文]',
	'玉桥街道的总分是多少？',
	'世界杯决赛谁赢了？',
	'座谈会谁参加了？',
	'[通州区与歌华传媒]',
	'/person 霍学文',
	'/latest',
];

/** Holds a conversation with the built bot, on the bundled issues, through the server on loopback. */
export async function hold(run: readonly string[]): Promise<readonly Said[]> {
	const api = await new BotApi().start();
	const data = mkdtempSync(join(tmpdir(), 'wenqu-transcript-'));
	const bot = spawn(
		process.execPath,
		[join(PACKAGE_ROOT, 'dist', 'main.js'), 'telegram', '--data', data, '--index', join(data, 'index')],
		{
			cwd: PACKAGE_ROOT,
			env: { ...process.env, TELEGRAM_BOT_TOKEN: api.token, TELEGRAM_API_ROOT: api.root },
			stdio: 'ignore',
		},
	);
	try {
		const sent = (): readonly Call[] => api.calls.filter((call) => /^send(?:Message|Photo)$/u.test(call.method));
		const turns: Said[] = [];
		for (const said of run) {
			const before = sent().length;
			const last = sent().at(-1);
			const pressed = /^\[(.+)\]$/u.exec(said)?.[1];
			if (pressed === undefined) api.message(11, said);
			else if (last) api.press(11, 1, [...buttonsOf(last)].find(([label]) => label.startsWith(pressed))?.[1] ?? '');
			await until(() => sent().length > before, 120_000);
			// A chart may follow its text.
			await new Promise((resolve) => setTimeout(resolve, 1000));
			turns.push({ said, calls: sent().slice(before) });
		}
		return turns;
	} finally {
		bot.kill('SIGTERM');
		await api.stop();
		rmSync(data, { recursive: true, force: true });
	}
}

/** A conversation as text, as docs/telegram.md shows it. */
export function transcriptOf(turns: readonly Said[]): string {
	return turns
		.flatMap(({ said, calls }) => [
			`读者> ${said}`,
			...calls.map((call) => `问区> ${shownCall(call).replace(/\n/gu, '\n      ')}`),
			'',
		])
		.join('\n');
}

function shownCall(call: Call): string {
	if (call.method === 'sendPhoto')
		return `🖼 ${String(call.payload['caption'])}（PNG，${call.files[0]?.length ?? 0} 字节）`;
	const text = String(call.payload['text']);
	const cut = text.length > 420 ? `${text.slice(0, 420)}……` : text;
	const buttons = [...buttonsOf(call).keys()].map((label) => `[${label}]`).join(' ');
	return buttons === '' ? cut : `${cut}\n${buttons}`;
}
