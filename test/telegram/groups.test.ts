import { afterEach, expect, test } from 'vitest';
import { buttonsOf, quiet, type Running, reply, startBot, until } from './support/harness.js';

let bot: Running;
afterEach(() => bot.end());
const GROUP = -100500;

test.each([
	['/ask 谁参加了座谈会？', {}],
	['/ask@wenqu_bot 谁参加了座谈会？', {}],
	['/ASK@Wenqu_Bot 谁参加了座谈会？', {}],
	['/ask谁参加了座谈会？', {}],
	['/ask 谁参加了座谈会？', { from: { id: 1087968824, is_bot: true } }],
	['@wenqu_bot 谁参加了座谈会？', {}],
	['谁参加了座谈会？ @Wenqu_bot', {}],
	['谁参加了座谈会？', { reply_to_message: { message_id: 3, from: { id: 7000000001, is_bot: true } } }],
])('in a group %s is answered, as a reply', async (text, more) => {
	bot = await startBot();
	const id = bot.api.message(GROUP, text, more);
	const call = await reply(bot.api, GROUP);
	expect(call.payload['reply_parameters']).toMatchObject({ message_id: id });
	expect(bot.app.asked[0]?.question).toBe('谁参加了座谈会？');
});

test('in a group everything else is met with silence', async () => {
	bot = await startBot();
	bot.api.message(GROUP, '谁参加了座谈会？');
	bot.api.message(GROUP, '/ask@other_bot 谁参加了座谈会？');
	bot.api.message(GROUP, '/unknown_command');
	bot.api.message(GROUP, '@wenqu_bot_2 谁参加了座谈会？');
	bot.api.message(GROUP, 'mail@wenqu_bot.cn');
	bot.api.message(GROUP, '/ask/谁');
	bot.api.message(GROUP, '回复别人', { reply_to_message: { message_id: 3, from: { id: 77 } } });
	bot.api.message(GROUP, '/ask 机器人问的', { from: { id: 78, is_bot: true } });
	bot.api.message(GROUP, '/ask 经由机器人', { via_bot: { id: 7000000001, is_bot: true } });
	bot.api.message(GROUP, '', { text: undefined, new_chat_title: '新名字' });
	await until(() => bot.api.unconfirmed === 0);
	await quiet();
	expect(bot.api.calls.filter((call) => call.payload['chat_id'] === GROUP)).toEqual([]);
	expect(bot.app.asked).toEqual([]);
});

test('an answer goes into the topic that the question stands in', async () => {
	bot = await startBot();
	bot.api.message(GROUP, '/ask 问', { message_thread_id: 42, is_topic_message: true });
	bot.api.message(GROUP, '/ask 问', { message_thread_id: 43 });
	expect((await reply(bot.api, GROUP, 1)).payload['message_thread_id']).toBe(42);
	// A thread of replies outside of topics is no topic.
	expect((await reply(bot.api, GROUP, 2)).payload['message_thread_id']).toBeUndefined();
});

test('what a button opens goes into a topic, and never into a thread of replies', async () => {
	bot = await startBot();
	bot.api.message(GROUP, '/ask 问');
	const data = buttonsOf(await reply(bot.api, GROUP)).get('原文') ?? '';
	const press = (more: object): number =>
		bot.api.push({
			callback_query: {
				...{ id: 'q', from: { id: 501 }, data },
				message: { message_id: 3, date: 1, chat: { id: GROUP, type: 'supergroup' }, message_thread_id: 7, ...more },
			},
		});
	press({ is_topic_message: true });
	press({});
	expect((await reply(bot.api, GROUP, 2)).payload['message_thread_id']).toBe(7);
	expect((await reply(bot.api, GROUP, 3)).payload['message_thread_id']).toBeUndefined();
});

test('in a group each user has a conversation of their own', async () => {
	bot = await startBot();
	bot.api.message(GROUP, '/ask 甲的问题', {}, 501);
	bot.api.message(GROUP, '/ask 乙的问题', {}, 502);
	bot.api.message(GROUP, '/ask 甲又问', {}, 501);
	await reply(bot.api, GROUP, 3);
	expect(bot.app.asked.map((one) => one.last?.question)).toEqual([undefined, undefined, '甲的问题']);
});

test('a group that becomes a supergroup is followed, with its subscription and its conversations', async () => {
	bot = await startBot();
	bot.api.message(-7, '/subscribe');
	bot.api.message(-7, '/ask 甲的问题');
	await reply(bot.api, -7, 2);
	bot.api.push({
		message: { message_id: 9, date: 1, chat: { id: -7, type: 'group' }, migrate_to_chat_id: GROUP, from: { id: 501 } },
	});
	bot.api.message(GROUP, '/ask 再问');
	await reply(bot.api, GROUP);
	expect(bot.app.asked[1]?.last?.question).toBe('甲的问题');
	bot.api.message(-7, '/ask 旧号');
	expect((await reply(bot.api, GROUP, 2)).payload['text']).toContain('张三');
});

test('a send to a group that has become a supergroup goes to its new number', async () => {
	bot = await startBot();
	bot.api.fail('sendMessage', {
		...{ kind: 'error', code: 400, description: 'Bad Request: group chat was upgraded to a supergroup chat' },
		parameters: { migrate_to_chat_id: GROUP },
	});
	bot.api.message(-7, '/ask 问');
	expect((await reply(bot.api, GROUP)).payload['text']).toContain('张三');
	expect(bot.api.texts(-7)).toEqual([]);
});

test('/status tells the privacy mode', async () => {
	bot = await startBot();
	bot.api.message(GROUP, '/status@wenqu_bot');
	expect((await reply(bot.api, GROUP)).payload['text']).toContain('隐私模式开着');
	bot.api.me.can_read_all_group_messages = true;
	await bot.restart();
	bot.api.message(GROUP, '/status');
	expect((await reply(bot.api, GROUP, 2)).payload['text']).toContain('隐私模式关着');
});

test('a bot that is thrown out forgets the chat', async () => {
	bot = await startBot();
	bot.api.message(GROUP, '/subscribe');
	await reply(bot.api, GROUP);
	bot.api.push({ my_chat_member: { chat: { id: GROUP, type: 'supergroup' }, new_chat_member: { status: 'kicked' } } });
	await until(() => bot.log.some((line) => line.includes('chat.left')));
	bot.app.issues = [
		...bot.app.issues,
		{ file: '2024-10-01.txt', date: '2024-10-01', articles: [{ headline: '国庆', text: '好。' }] },
	];
	bot.api.message(900, '/reindex');
	await until(() => bot.api.of('editMessageText', 900)[0]);
	expect(bot.api.texts(GROUP)).toHaveLength(1);
});
