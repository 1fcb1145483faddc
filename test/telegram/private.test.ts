import { afterEach, expect, test } from 'vitest';
import { answerOf, fakeApp, ISSUES } from './support/fake-app.js';
import { buttonsOf, formatted, quiet, type Running, reply, startBot, until } from './support/harness.js';

let bot: Running;
afterEach(() => bot.end());

test('a text is a question: the answer first, then the date, the headline and the quote as a block quote', async () => {
	bot = await startBot();
	bot.api.message(11, '谁参加了座谈会？');
	const call = await reply(bot.api, 11);
	const text = String(call.payload['text']);
	expect(text).toBe(
		'参加的有张三、李四，共2人。\n\n出处\n2024-09-28 《全区召开运河保护座谈会》\n本报讯 9月27日，全区召开运河保护座谈会。',
	);
	expect(formatted(call)).toEqual([
		{ type: 'bold', text: '出处' },
		{ type: 'bold', text: '《全区召开运河保护座谈会》' },
		{ type: 'blockquote', text: '本报讯 9月27日，全区召开运河保护座谈会。' },
	]);
	expect(call.payload['parse_mode']).toBeUndefined();
	expect([...buttonsOf(call).keys()]).toEqual(['原文', '相关', '👍', '👎']);
});

test('typing is shown while an answer is worked on', async () => {
	const fake = fakeApp();
	fake.answers = async (question) => {
		await quiet(300);
		return answerOf(question, { answer: '好。' });
	};
	bot = await startBot({ fake });
	bot.api.message(11, '问题');
	await reply(bot.api, 11);
	const typing = bot.api.of('sendChatAction', 11)[0];
	expect(typing?.payload['action']).toBe('typing');
	expect(typing?.at).toBeLessThan(bot.api.of('sendMessage', 11)[0]?.at ?? 0);
});

test('several sources are numbered, each with a button', async () => {
	const fake = fakeApp();
	const twice = fake.answers;
	fake.answers = async (question, last, snapshot) => {
		const one = await twice('哪个会？', last, snapshot);
		return answerOf(question, { answer: '两处。', citations: one.citations });
	};
	bot = await startBot({ fake });
	bot.api.message(11, '问');
	const call = await reply(bot.api, 11);
	expect(call.payload['text']).toMatch(/1\. 2024-09-28 《.+》[\s\S]+2\. 2024-09-28 《/u);
	expect([...buttonsOf(call).keys()]).toEqual(['原文 1', '原文 2', '相关', '👍', '👎']);
});

test('a follow-up gets the turn before, a conversation that /new ended does not, and a restart ends none', async () => {
	bot = await startBot();
	bot.api.message(11, '谁参加了座谈会？');
	await reply(bot.api, 11, 1);
	await bot.restart();
	bot.api.message(11, '那他说了什么？');
	await reply(bot.api, 11, 2);
	expect(bot.app.asked[1]?.last?.question).toBe('谁参加了座谈会？');
	bot.api.message(11, '/new');
	await reply(bot.api, 11, 3);
	bot.api.message(11, '谁？');
	await reply(bot.api, 11, 4);
	expect(bot.app.asked[2]?.last).toBeNull();
	bot.api.message(12, '别人问的');
	await reply(bot.api, 12);
	expect(bot.app.asked[3]?.last).toBeNull();
});

test('the article numbers of a conversation follow a new generation', async () => {
	bot = await startBot();
	bot.api.message(11, '问');
	await reply(bot.api, 11);
	bot.app.issues = [
		{ file: '2024-09-01.txt', date: '2024-09-01', articles: [{ headline: '早', text: '早的。' }] },
		...ISSUES,
	];
	await bot.app.refresh();
	bot.api.message(11, '再问');
	await reply(bot.api, 11, 2);
	expect(bot.app.asked[1]?.last?.articles).toEqual([1]);
});

test('原文 opens the article with the quote in bold, also after a restart', async () => {
	bot = await startBot();
	bot.api.message(11, '问');
	const data = buttonsOf(await reply(bot.api, 11)).get('原文') ?? '';
	await bot.restart();
	const query = bot.api.press(11, 50, data);
	const page = await reply(bot.api, 11, 2);
	expect(formatted(page).filter((one) => one.type === 'bold')).toEqual([
		{ type: 'bold', text: '本报讯 9月27日，全区召开运河保护座谈会。' },
	]);
	expect(page.payload['text']).toContain('加快推进运河生态修复');
	expect(bot.api.of('answerCallbackQuery')[0]?.payload['callback_query_id']).toBe(query);
});

test('原文 finds a quote that has moved, and says so when it is gone', async () => {
	bot = await startBot();
	bot.api.message(11, '问');
	const data = buttonsOf(await reply(bot.api, 11)).get('原文') ?? '';
	const [first, ...others] = ISSUES;
	if (!first) throw new Error('no issue');
	bot.app.issues = [{ ...first, articles: [{ headline: '新来的', text: '新。' }, ...first.articles] }, ...others];
	await bot.app.refresh();
	bot.api.press(11, 50, data);
	expect((await reply(bot.api, 11, 2)).payload['text']).toContain('运河保护');
	bot.app.issues = others;
	await bot.app.refresh();
	bot.api.press(11, 50, data);
	const told = await until(() => bot.api.of('answerCallbackQuery')[1]);
	expect(told.payload).toMatchObject({ text: expect.stringContaining('原文已变更'), show_alert: true });
});

test('a long article is paged, and pages are turned in place', async () => {
	const text = `本报讯 开头。${'这一段写了很多话，说的是运河。\n'.repeat(600)}`;
	bot = await startBot({
		fake: fakeApp([{ file: 'a.txt', date: '2024-01-01', articles: [{ headline: '长文', text }] }]),
	});
	bot.api.message(11, '问');
	bot.api.press(11, 50, buttonsOf(await reply(bot.api, 11)).get('原文') ?? '');
	const next = buttonsOf(await reply(bot.api, 11, 2)).get('›') ?? '';
	bot.api.press(11, 51, next);
	const turned = await until(() => bot.api.of('editMessageText', 11)[0]);
	expect(turned.payload['message_id']).toBe(51);
	expect(turned.payload['text']).toMatch(/第 2\/\d 页/u);
});

test('相关 lists other articles, 👍 is kept and counted once for each user', async () => {
	bot = await startBot();
	bot.api.message(11, '全区小学图书');
	const buttons = buttonsOf(await reply(bot.api, 11));
	bot.api.press(11, 50, buttons.get('相关') ?? '');
	const list = await reply(bot.api, 11, 2);
	expect(list.payload['text']).toContain('第二小学迎来新同学');
	expect(list.payload['text']).not.toContain('运河保护');
	bot.api.press(11, 51, buttonsOf(list).get('1') ?? '');
	expect((await reply(bot.api, 11, 3)).payload['text']).toContain('三百名新同学');
	for (const face of ['👍', '👍', '👎']) bot.api.press(11, 50, buttons.get(face) ?? '');
	const edits = await until(
		() => bot.api.of('editMessageReplyMarkup', 11).length === 3 && bot.api.of('editMessageReplyMarkup', 11),
	);
	expect(edits.map((edit) => [...buttonsOf(edit).keys()].slice(-2))).toEqual([
		['👍 1', '👎'],
		['👍 1', '👎'],
		['👍', '👎 1'],
	]);
});

test('an unclear answer has a button for each choice, and a press answers with that one', async () => {
	bot = await startBot();
	bot.api.message(11, '哪个会？');
	const choices = buttonsOf(await reply(bot.api, 11));
	expect([...choices.keys()]).toEqual(['全区召开运河保护座谈会', '第二小学迎来新同学']);
	await bot.restart();
	bot.api.press(11, 50, choices.get('第二小学迎来新同学') ?? '');
	await reply(bot.api, 11, 2);
	expect(bot.app.asked[1]).toMatchObject({
		question: '1',
		last: { choices: [{ label: '第二小学迎来新同学', article: 1 }] },
	});
});

test('buttons of another chat, and made-up ones, do nothing but end their waiting', async () => {
	bot = await startBot();
	bot.api.message(11, '问');
	const stolen = buttonsOf(await reply(bot.api, 11)).get('原文') ?? '';
	const made = [stolen, 'q:aaaaaaaaaaaa:0:n', 'a:0123456789abcdef:0', 'i:0123456789abcdef:9', 'x', '', 'v:aaaaaaaa:+'];
	for (const data of made) bot.api.press(12, 50, data);
	await until(() => bot.api.of('answerCallbackQuery').length === made.length);
	expect(bot.api.of('sendMessage', 12)).toEqual([]);
});

test('what is no question is declined: too long, blank, voice, an unknown command', async () => {
	bot = await startBot();
	bot.api.message(11, '问'.repeat(1001));
	expect((await reply(bot.api, 11, 1)).payload['text']).toContain('1001');
	bot.api.message(11, '', { text: undefined, voice: { file_id: 'v' } });
	expect((await reply(bot.api, 11, 2)).payload['text']).toContain('只看得懂文字');
	bot.api.message(12, '', { text: undefined, location: { latitude: 39.9, longitude: 116.7 } });
	expect((await reply(bot.api, 12)).payload['text']).toContain('只看得懂文字');
	bot.api.message(11, '/nonsense');
	expect((await reply(bot.api, 11, 3)).payload['text']).toContain('/help');
	bot.api.message(11, '   ');
	expect((await reply(bot.api, 11, 4)).payload['text']).toContain('请问');
	expect(bot.app.asked).toEqual([]);
});

test('an edited message is answered anew, an edit that changes nothing is not', async () => {
	bot = await startBot();
	const id = bot.api.message(11, '谁参加了座谈？');
	await reply(bot.api, 11);
	const edit = { message_id: id, date: 1, chat: { id: 11, type: 'private' }, from: { id: 11, first_name: '某' } };
	bot.api.push({ edited_message: { ...edit, text: '谁参加了座谈？' } });
	bot.api.push({ edited_message: { ...edit, text: '谁主持了座谈会？' } });
	const call = await reply(bot.api, 11, 2);
	expect(call.payload['reply_parameters']).toMatchObject({ message_id: id });
	expect(bot.app.asked.map((one) => one.question)).toEqual(['谁参加了座谈？', '谁主持了座谈会？']);
});

test('an answer that fails is a short apology with the id that the log has', async () => {
	const fake = fakeApp();
	fake.answers = () => {
		throw new Error('secret internals');
	};
	bot = await startBot({ fake });
	bot.api.message(11, '问');
	const text = String((await reply(bot.api, 11)).payload['text']);
	const id = /编号 ([0-9a-f]{8})/u.exec(text)?.[1] ?? 'none';
	expect(text).not.toContain('secret');
	expect(bot.log.some((line) => line.includes(id) && line.includes('update.failed'))).toBe(true);
});
