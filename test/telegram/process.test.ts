import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { PACKAGE_ROOT } from '../../src/config.js';
import { BotApi } from './support/bot-api.js';
import { reply, until } from './support/harness.js';

const folder = mkdtempSync(join(tmpdir(), 'wenqu-process-'));
let api: BotApi;
let child: ChildProcess | undefined;
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
