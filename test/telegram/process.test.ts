import { type ChildProcess, spawn } from 'node:child_process';
import {
	appendFileSync,
	cpSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { PACKAGE_ROOT } from '../../src/config.js';
import { BotApi } from './support/bot-api.js';
import { reply, until } from './support/harness.js';

let folder: string;
let api: BotApi;
let child: ChildProcess | undefined;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'wenqu-process-'));
});
afterEach(async () => {
	child?.kill('SIGKILL');
	await api.stop();
	rmSync(folder, { recursive: true, force: true });
});

function start(env: Record<string, string>): { lines: string[]; ended: Promise<number | null> } {
	const lines: string[] = [];
	const started = spawn(
		process.execPath,
		[join(PACKAGE_ROOT, 'dist', 'main.js'), 'telegram', '--seeds', join(folder, 'seeds')],
		{
			cwd: folder,
			env: { ...process.env, WENQU_OFFLINE: '1', WENQU_MODEL_DIR: join(folder, 'models'), ...env },
		},
	);
	child = started;
	started.stderr.setEncoding('utf8').on('data', (text: string) => void lines.push(...text.split('\n').filter(Boolean)));
	return { lines, ended: new Promise((resolve) => started.once('exit', (code) => resolve(code))) };
}

test('a real process answers from real issues, ends with 0 on SIGTERM with nothing lost, and with 1 on a wrong token', async () => {
	api = await new BotApi().start();
	cpSync(join(PACKAGE_ROOT, 'seeds'), join(folder, 'seeds'), { recursive: true });
	const env = { TELEGRAM_BOT_TOKEN: api.token, TELEGRAM_API_ROOT: api.root };
	const first = start(env);
	await until(() => first.lines.some((line) => line.includes('bot.started')), 40_000);
	api.message(11, '谁参加了通州区与北京银行的座谈会？');
	const call = await until(() => api.of('sendMessage', 11)[0], 20_000);
	expect(call.payload['text']).toContain('2024-09-29');
	const asked = ['/status', '/latest', '谁参加了通州区与北京银行的座谈会？'];
	for (const text of asked) api.message(12, text);
	await until(() => api.of('sendMessage', 12)[0], 10_000);
	const begun = Date.now();
	child?.kill('SIGTERM');
	expect(await first.ended).toBe(0);
	expect(Date.now() - begun).toBeLessThan(5500);
	const second = start(env);
	await until(() => second.lines.some((line) => line.includes('bot.started')), 40_000);
	await until(() => api.of('sendMessage', 12).length === asked.length, 40_000);
	child?.kill('SIGTERM');
	expect(await second.ended).toBe(0);
	expect(api.of('sendMessage', 12)).toHaveLength(asked.length);
	await expect(reply(api, 11)).resolves.toBeDefined();
	const wrong = start({ ...env, TELEGRAM_BOT_TOKEN: '1234567:wrongTOKENwrongTOKENwrongTOKEN' });
	expect(await wrong.ended).toBe(1);
	expect(wrong.lines.at(-1)).toContain('TELEGRAM_BOT_TOKEN');
	expect([...first.lines, ...second.lines, ...wrong.lines].join('\n')).not.toMatch(/wrongTOKEN|testTOKEN/u);
}, 120_000);

test('a file put into seeds/ piece by piece is answered within 10 s of being complete, and nobody notices', async () => {
	api = await new BotApi().start();
	const seeds = join(folder, 'seeds');
	const bundled = join(PACKAGE_ROOT, 'seeds');
	const [older = '', newer = ''] = readdirSync(bundled).sort();
	mkdirSync(seeds);
	cpSync(join(bundled, newer), join(seeds, newer));
	const bot = start({ TELEGRAM_BOT_TOKEN: api.token, TELEGRAM_API_ROOT: api.root });
	await until(() => bot.lines.some((line) => line.includes('bot.started')), 40_000);
	api.message(11, '/subscribe');
	await reply(api, 11);
	const question = '谁参加了通州区与歌华传媒的座谈会？';
	const control = '谁参加了通州区与北京银行的座谈会？';
	let isFound = false;
	const text = readFileSync(join(bundled, older), 'utf8');
	writeFileSync(join(seeds, older), text.slice(0, text.length / 2));
	await new Promise((resolve) => setTimeout(resolve, 300));
	appendFileSync(join(seeds, older), text.slice(text.length / 2));
	const complete = Date.now();
	for (let chat = 100; !isFound && Date.now() - complete < 10_000; chat += 2) {
		api.message(chat, question);
		api.message(chat + 1, control);
		const [answer] = await until(() => api.texts(chat + 1)[0] && api.texts(chat)[0] && api.texts(chat), 10_000);
		isFound = answer?.includes('《通州区与歌华传媒召开座谈会') === true && answer.includes('出处');
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
	expect(isFound).toBe(true);
	const others = api
		.of('sendMessage')
		.filter((call) => Number(call.payload['chat_id']) % 2 === 1 && call.payload['chat_id'] !== 11);
	// Whoever asked meanwhile got the very answer that stood before and stands now.
	expect(new Set(others.map((call) => call.payload['text'])).size).toBe(1);
	expect(others.length).toBeGreaterThan(1);
	const news = await until(() => api.texts(11).find((one) => one.startsWith('新的一期')));
	expect(news).toContain('歌华传媒');
	expect(api.texts(11)).toHaveLength(2);
	child?.kill('SIGTERM');
	expect(await bot.ended).toBe(0);
}, 120_000);
