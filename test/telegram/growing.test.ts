import { afterEach, expect, test } from 'vitest';
import type { Call } from './support/bot-api.js';
import { answerOf, type FakeApp, fakeApp } from './support/fake-app.js';
import { buttonsOf, quiet, type Running, startBot, until } from './support/harness.js';

let bot: Running;
afterEach(() => bot.end());

/** An app whose answer grows sentence by sentence; each takes a while. */
function slow(sentences: readonly string[], everyMs: number, last = sentences.join('')): FakeApp {
	const fake = fakeApp();
	const plain = fake.answers;
	fake.answers = async (question, turn, snapshot, options) => {
		const answer = await plain(question, turn, snapshot);
		for (let n = 1; n <= sentences.length; n++) {
			options?.onText?.(sentences.slice(0, n).join(''));
			await quiet(everyMs);
		}
		const llm = { model: 'm', used: ['word'] as const, declined: null, note: '模型参与了组织语言。' };
		return answerOf(question, { ...answer, answer: last, ...(options?.withLlm ? { llm } : {}) });
	};
	return fake;
}

const SENTENCES = ['一句。', '二句。', '三句。', '四句。', '五句。', '六句。', '七句。', '八句。'];
const edits = (): readonly Call[] => bot.api.of('editMessageText', 11);
const final = (): Promise<Call> => until(() => edits().find((call) => call.payload['reply_markup']), 10_000);

test('an answer grows in one message, changed at least 1.2 s apart, and the last change is the answer', async () => {
	bot = await startBot({ fake: slow(SENTENCES, 400) });
	bot.api.message(11, '问');
	const last = await final();
	const [first] = bot.api.of('sendMessage', 11);
	expect(first?.payload['text']).toBe('一句。 …');
	expect(String(last.payload['text'])).toMatch(/^一句。二句。.*八句。\n模型参与了组织语言。\n\n出处\n/u);
	expect(last.payload['instead']).toBeUndefined();
	expect([...buttonsOf(last).keys()]).toContain('👍');
	const calls = [...bot.api.of('sendMessage', 11), ...edits()];
	expect(calls.length).toBeLessThan(SENTENCES.length);
	for (const [n, call] of calls.entries())
		if (n > 0) expect(call.at - (calls[n - 1]?.at ?? 0)).toBeGreaterThanOrEqual(1200);
	expect(bot.api.of('sendMessage', 11)).toHaveLength(1);
	expect(bot.api.problems).toEqual([]);
});

test('what was shown gives way to another answer', async () => {
	bot = await startBot({ fake: slow(['一句。'], 50, '原来的答案。') });
	bot.api.message(11, '问');
	expect(String((await final()).payload['text'])).toMatch(/^原来的答案。\n/u);
});

test('where the growing message was deleted, the answer is a message of its own', async () => {
	bot = await startBot({ fake: slow(['一句。'], 50) });
	const description = 'Bad Request: message to edit not found';
	bot.api.fail('editMessageText', { kind: 'error', code: 400, description });
	bot.api.message(11, '问');
	const sent = await until(() => bot.api.of('sendMessage', 11)[1]);
	expect(String(sent.payload['text'])).toMatch(/^一句。\n/u);
	expect([...buttonsOf(sent).keys()]).toContain('👍');
});

test('where nothing can be sent meanwhile, the answer still comes', async () => {
	bot = await startBot({ fake: slow(['一句。', '二句。'], 50) });
	bot.api.fail('sendMessage', { kind: 'error', code: 400, description: 'Bad Request: no' }, 2);
	bot.api.message(11, '问');
	const sent = await until(() => bot.api.of('sendMessage', 11)[0]);
	expect(String(sent.payload['text'])).toMatch(/^一句。二句。\n/u);
});

test('several who ask the same see it grow, and it is worked out once', async () => {
	const fake = slow(['一句。', '二句。'], 200);
	bot = await startBot({ fake });
	bot.api.message(11, '问');
	await until(() => bot.api.of('sendMessage', 11)[0]);
	bot.api.message(12, '问');
	await until(() => bot.api.of('sendMessage', 12)[0]);
	await final();
	expect(fake.asked).toHaveLength(1);
});
