import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { Fault } from './support/bot-api.js';
import { answerOf, fakeApp } from './support/fake-app.js';
import { ADMIN, buttonsOf, type Running, reply, startBot, until } from './support/harness.js';

const rejections: unknown[] = [];
process.on('unhandledRejection', (reason) => void rejections.push(reason));

let bot: Running;
afterEach(async () => {
	const { log, api } = bot;
	await bot.end();
	const seen = [...log, ...api.calls.map((call) => JSON.stringify(call.payload))].join('\n');
	for (const line of log) expect(() => JSON.parse(line)).not.toThrow();
	for (const secret of [api.token, api.token.split(':')[1] ?? '']) expect(seen).not.toContain(secret);
	expect(rejections).toEqual([]);
});

const FAULTS: readonly (readonly [string, Fault])[] = [
	['500', { kind: 'error', code: 500 }],
	['502 with HTML', { kind: 'html', status: 502 }],
	['200 with HTML', { kind: 'html', status: 200 }],
	['a reset', { kind: 'reset' }],
	['a reset after it was done', { kind: 'done-then-reset' }],
	['a hanging socket', { kind: 'hang' }],
	['429', { kind: 'error', code: 429, description: 'Too Many Requests', parameters: { retry_after: 1 } }],
	['400', { kind: 'error', code: 400, description: 'Bad Request: something' }],
	['403', { kind: 'error', code: 403, description: 'Forbidden: bot was blocked by the user' }],
	['409', { kind: 'error', code: 409, description: 'Conflict: terminated by other getUpdates request' }],
];
/** After these the call is made again until it has been. */
const PASSING = new Set(FAULTS.slice(0, 7).map(([name]) => name));

/** A quote that a chart is drawn of. */
const RATE = {
	file: 'a.txt',
	issueDate: null,
	headline: '治水',
	quote: '污水处理率由88%提高到97%。',
	start: 0,
	end: 15,
};

/** Every method besides those of faults.test.ts: what provokes the call, in a chat of its own. */
const METHODS = [
	'answerCallbackQuery',
	'editMessageText',
	'editMessageReplyMarkup',
	'answerInlineQuery',
	'getFile',
	'file',
	'sendPhoto',
	'setMyCommands',
] as const;

function provoke(method: (typeof METHODS)[number], chat: number, buttons: ReadonlyMap<string, string>): void {
	const { api } = bot;
	if (method === 'answerCallbackQuery') api.press(chat, 5, buttons.get('相关') ?? '');
	else if (method === 'editMessageReplyMarkup') api.press(chat, 5, buttons.get('👍') ?? '');
	else if (method === 'editMessageText') api.message(ADMIN, '/reindex');
	else if (method === 'answerInlineQuery')
		api.push({ inline_query: { id: 'i', from: { id: chat }, query: '图书馆', offset: '' } });
	else if (method === 'sendPhoto') api.message(14, '率');
	else if (method !== 'setMyCommands')
		api.message(ADMIN, '', { text: undefined, document: { file_id: 'one', file_name: '2024-10-01.txt' } });
}

describe.each(FAULTS)('%s', (name, fault) => {
	test('at every call: nothing falls, nobody else notices, and what may pass is made up for', async () => {
		const fake = fakeApp();
		const usual = fake.answers;
		const seedsDir = mkdtempSync(join(tmpdir(), 'wenqu-matrix-'));
		Object.assign(fake, { settings: { ...fake.settings, seedsDir } });
		fake.answers = (question, last, snapshot) =>
			question === '率' ? answerOf(question, { answer: '97%', citations: [RATE] }) : usual(question, last, snapshot);
		bot = await startBot({ fake, timeoutMs: 400 });
		const { api, log } = bot;
		api.files.set('one', Buffer.from('国庆升旗\n好。'));
		for (const method of [
			'setMyCommands',
			'editMessageText',
			'answerInlineQuery',
			'getFile',
			'file',
			'sendPhoto',
		] as const)
			api.fail(method, fault, 1);
		api.message(11, '问');
		const buttons = buttonsOf(await reply(api, 11));
		api.fail('answerCallbackQuery', fault, 1);
		api.fail('editMessageReplyMarkup', fault, 1);
		for (const method of METHODS) provoke(method, 11, buttons);
		api.message(12, '别人');
		await reply(api, 12);
		await until(() => api.unconfirmed === 0 && api.faultsLeft === 0, 8000);
		if (PASSING.has(name)) {
			await until(() => METHODS.every((method) => method === 'file' || api.of(method).length > 0), 8000);
			await until(() => readdirSync(seedsDir).includes('2024-10-01.txt'));
		}
		api.message(13, '后来');
		await reply(api, 13);
		expect(log.filter((line) => line.includes('"event":"poll.failed"'))).toEqual([]);
		expect(log.filter((line) => line.includes('send.failed'))).toEqual([]);
	}, 25_000);
});
