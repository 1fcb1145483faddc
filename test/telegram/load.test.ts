import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { type Running, reply, startBot, until } from './support/harness.js';

let bot: Running;
afterEach(() => bot.end());

test('500 fuzzed updates: no crash, no refused message, and the bot answers afterwards', async () => {
	const rejections: unknown[] = [];
	const note = (reason: unknown): void => void rejections.push(reason);
	process.on('unhandledRejection', note);
	bot = await startBot();
	const text = fc.oneof(
		fc.string({ unit: 'binary', maxLength: 200 }),
		fc.string({ unit: 'grapheme', maxLength: 100 }),
		fc.constantFrom(
			'/ask \u202e倒过来',
			'\0',
			'😀'.repeat(2048),
			'问'.repeat(4096),
			'/ask@wenqu_bot \ud83d',
			'/person \0',
			'/block x',
			'/start@',
		),
	);
	const weird = fc.sample(fc.tuple(text, fc.integer({ min: 0, max: 5 }), fc.jsonValue()), { numRuns: 500, seed: 7 });
	weird.forEach(([words, kind, value], n) => {
		const chat = n % 2 === 0 ? 1000 + n : -1000 - n;
		if (kind === 0) bot.api.press(chat, 5, words);
		else if (kind === 1) bot.api.push({ message: value });
		else if (kind === 2)
			bot.api.push({ inline_query: { id: `i${n}`, from: { id: 1000 + n }, query: words, offset: words } });
		else if (kind === 3)
			bot.api.message(chat, words, { entities: [{ type: 'mention', offset: 9999, length: 7 }], caption: value });
		else bot.api.message(chat, words);
	});
	bot.api.pushRaw({ update_id: 99_999 });
	await until(() => bot.api.unconfirmed === 0, 30_000);
	bot.api.pushRaw({
		...{
			update_id: 100_000,
			message: { message_id: 1, date: 1, chat: { id: 11, type: 'private' }, from: { id: 11 }, text: '问' },
		},
	});
	await reply(bot.api, 11);
	process.off('unhandledRejection', note);
	expect(rejections).toEqual([]);
	expect(bot.api.problems).toEqual([]);
	expect(bot.log.filter((line) => line.includes('update.failed'))).toEqual([]);
}, 40_000);

test('200 users at once are all answered, 95 of 100 within three seconds', async () => {
	bot = await startBot();
	await until(() => bot.log.some((line) => line.includes('bot.started')));
	const begun = Date.now();
	for (let chat = 1000; chat < 1200; chat++) bot.api.message(chat, '谁参加了座谈会？');
	await until(() => bot.api.of('sendMessage').length === 200, 20_000);
	const waits = bot.api
		.of('sendMessage')
		.map((call) => call.at - begun)
		.sort((a, b) => a - b);
	expect(waits[189]).toBeLessThan(3000);
}, 30_000);
