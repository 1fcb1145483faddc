import { afterEach, describe, expect, test } from 'vitest';
import type { Fault } from './support/bot-api.js';
import { answerOf, fakeApp } from './support/fake-app.js';
import { quiet, type Running, reply, startBot, until } from './support/harness.js';

let bot: Running;
afterEach(async () => {
	const { log, api } = bot;
	const secrets = [api.token, api.token.split(':')[1] ?? '', encodeURIComponent(api.token)];
	const seen = [...log, ...api.calls.map((call) => JSON.stringify(call.payload))].join('\n');
	await bot.end();
	// Whatever happened: every line of the log is JSON, and the token is nowhere.
	for (const line of log) expect(() => JSON.parse(line)).not.toThrow();
	for (const secret of secrets) expect(seen).not.toContain(secret);
});

const PASSING: readonly (readonly [string, Fault])[] = [
	['500', { kind: 'error', code: 500 }],
	['502 with HTML', { kind: 'html', status: 502 }],
	['200 with HTML', { kind: 'html', status: 200 }],
	['a reset', { kind: 'reset' }],
	['429', { kind: 'error', code: 429, description: 'Too Many Requests', parameters: { retry_after: 1 } }],
	['a hanging socket', { kind: 'hang' }],
];

describe.each(PASSING)('%s', (_name, fault) => {
	test.each(['getMe', 'getUpdates', 'sendMessage', 'sendChatAction', 'setMyCommands'])(
		'at %s: the question is answered once',
		async (method) => {
			bot = await startBot({ timeoutMs: 400 });
			await until(() => bot.log.some((line) => line.includes('bot.started')));
			bot.api.fail(method, fault, 2);
			if (method === 'getMe' || method === 'setMyCommands') await bot.restart();
			bot.api.message(11, '问');
			await until(() => bot.api.of('sendMessage', 11)[0], 15_000);
			await quiet(100);
			expect(bot.api.texts(11)).toHaveLength(1);
			expect(bot.app.asked).toHaveLength(1);
		},
		20_000,
	);

	test('at getUpdates with a hanging poll the bot comes back', async () => {
		bot = await startBot({ holdS: 1 });
		bot.api.message(11, '问');
		await reply(bot.api, 11);
		expect(bot.log.some((line) => line.includes('update.done'))).toBe(true);
	});
});

test('409: backs off, says so in the log, and recovers alone', async () => {
	bot = await startBot();
	await until(() => bot.log.some((line) => line.includes('bot.started')));
	const other = { kind: 'error', code: 409, description: 'Conflict: terminated by other getUpdates request' } as const;
	bot.api.fail('getUpdates', other, 4);
	// A poll that is under way would bring the message before the conflicts begin.
	await until(() => bot.log.filter((line) => line.includes('poll.conflict')).length === 4);
	bot.api.message(11, '问');
	await reply(bot.api, 11);
	const conflicts = bot.log
		.filter((line) => line.includes('poll.conflict'))
		.map((line) => JSON.parse(line).waitMs as number);
	expect(conflicts).toHaveLength(4);
	expect(conflicts[3]).toBeGreaterThan(conflicts[0] ?? 0);
	expect(bot.log.some((line) => line.includes('poll.recovered'))).toBe(true);
});

test('a webhook that is still set is taken away', async () => {
	bot = await startBot();
	await until(() => bot.log.some((line) => line.includes('bot.started')));
	const description = "Conflict: can't use getUpdates method while webhook is active";
	bot.api.fail('getUpdates', { kind: 'error', code: 409, description });
	await until(() => bot.api.of('deleteWebhook')[0]);
	bot.api.message(11, '问');
	await reply(bot.api, 11);
});

test('a webhook that cannot be taken away ends nothing: it is said in the log and tried again', async () => {
	bot = await startBot();
	await until(() => bot.log.some((line) => line.includes('bot.started')));
	const description = "Conflict: can't use getUpdates method while webhook is active";
	bot.api.fail('deleteWebhook', { kind: 'error', code: 400, description: 'Bad Request' });
	bot.api.fail('getUpdates', { kind: 'error', code: 409, description }, 2);
	await until(() => bot.log.some((line) => line.includes('poll.webhook-stays')));
	bot.api.message(11, '问');
	await reply(bot.api, 11);
});

test.each(['getMe', 'getUpdates'])('401 at %s ends the bot with a clear line', async (method) => {
	bot = await startBot();
	bot.api.fail(method, { kind: 'error', code: 401, description: 'Unauthorized' }, 10);
	if (method === 'getMe') await bot.restart();
	else bot.api.message(11, '问');
	const { log } = bot;
	if (method === 'getMe') await quiet(300);
	else await until(() => log.some((line) => line.includes('bot.stopped')));
	const error = await bot.stop();
	expect(String((error as Error | undefined)?.message)).toContain('TELEGRAM_BOT_TOKEN');
});

test('429 at a send: what retry_after says is waited, and the message is delivered once, in order', async () => {
	bot = await startBot();
	bot.api.fail('sendMessage', {
		kind: 'error',
		code: 429,
		description: 'Too Many Requests',
		parameters: { retry_after: 1 },
	});
	const begun = Date.now();
	bot.api.message(11, '/new');
	bot.api.message(11, '问');
	const first = await reply(bot.api, 11, 1);
	await reply(bot.api, 11, 2);
	expect(first.at - begun).toBeGreaterThanOrEqual(1000);
	expect(bot.api.texts(11)[0]).toContain('重新提问');
	expect(bot.api.texts(11)).toHaveLength(2);
});

test('403: the chat is forgotten and nothing is tried again', async () => {
	bot = await startBot();
	bot.api.message(11, '/subscribe');
	await reply(bot.api, 11);
	bot.api.blockedBy.add(11);
	bot.api.message(11, '问');
	await until(() => bot.log.some((line) => line.includes('send.forbidden')));
	bot.api.blockedBy.clear();
	bot.api.message(11, '他呢？');
	await reply(bot.api, 11, 2);
	expect(bot.app.asked.at(-1)?.last).toBeNull();
	bot.app.issues = [
		...bot.app.issues,
		{ file: '2024-10-01.txt', date: '2024-10-01', articles: [{ headline: '国庆', text: '好。' }] },
	];
	bot.api.message(900, '/reindex');
	await until(() => bot.api.of('editMessageText', 900)[0]);
	await quiet();
	expect(bot.api.texts(11).some((text) => text.includes('国庆'))).toBe(false);
});

test('400: the answer goes out as plain text', async () => {
	bot = await startBot();
	bot.api.fail('sendMessage', { kind: 'error', code: 400, description: "Bad Request: can't parse entities" });
	bot.api.message(11, '问');
	const call = await reply(bot.api, 11);
	expect(call.payload['text']).toContain('张三');
	expect(call.payload['entities']).toBeUndefined();
	expect(call.payload['reply_markup']).toBeDefined();
	bot.api.fail('sendMessage', { kind: 'error', code: 400, description: 'Bad Request: nothing goes' }, 5);
	bot.api.message(11, '再问');
	await until(() => bot.log.some((line) => line.includes('send.refused')));
	bot.api.heal();
	bot.api.message(11, '又问');
	await reply(bot.api, 11, 2);
});

test('a send that is cut off after it left may repeat, and the log says so', async () => {
	bot = await startBot();
	bot.api.fail('sendMessage', { kind: 'done-then-reset' });
	bot.api.message(11, '问');
	await reply(bot.api, 11, 2);
	expect(bot.log.filter((line) => line.includes('send.may-repeat'))).toHaveLength(1);
	expect(bot.app.asked).toHaveLength(1);
});

test('an update that comes again is answered once, also after a restart', async () => {
	bot = await startBot();
	const message = { message_id: 5, date: 1, chat: { id: 11, type: 'private' }, from: { id: 11 }, text: '问' };
	bot.api.pushRaw({ update_id: 77, message });
	await reply(bot.api, 11);
	bot.api.pushRaw({ update_id: 77, message });
	await bot.restart();
	bot.api.pushRaw({ update_id: 77, message });
	bot.api.message(12, '别人');
	await reply(bot.api, 12);
	expect(bot.api.texts(11)).toHaveLength(1);
});

test('what could not be sent before the end is sent after the next start', async () => {
	bot = await startBot();
	bot.api.fail('sendMessage', { kind: 'error', code: 500 }, 1000);
	bot.api.message(11, '问');
	await until(() => bot.log.some((line) => line.includes('update.done')));
	await bot.stop();
	bot.api.heal();
	await bot.restart();
	await reply(bot.api, 11);
	await quiet(100);
	expect(bot.api.texts(11)).toHaveLength(1);
	expect(bot.app.asked).toHaveLength(1);
}, 15_000);

test('one hanging send and one slow answer delay no other chat', async () => {
	const fake = fakeApp();
	fake.answers = async (question) => {
		if (question === '慢') await quiet(1500);
		return answerOf(question, { answer: `答${question}` });
	};
	bot = await startBot({ fake });
	bot.api.fail('sendMessage', { kind: 'hang' }, 1, (call) => call.payload['chat_id'] === 11);
	bot.api.message(11, '挂');
	bot.api.message(12, '慢');
	const begun = Date.now();
	for (let chat = 20; chat < 60; chat++) bot.api.message(chat, '快');
	await until(() => bot.api.of('sendMessage').length === 40);
	expect(Date.now() - begun).toBeLessThan(1000);
	await reply(bot.api, 12);
	await reply(bot.api, 11);
});
