import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { type FakeApp, fakeApp, ISSUES } from './support/fake-app.js';
import { ADMIN, quiet, type Running, reply, startBot, until } from './support/harness.js';

let bot: Running;
afterEach(() => bot.end());

function withSeeds(): { fake: FakeApp; seedsDir: string } {
	const fake = fakeApp();
	const seedsDir = mkdtempSync(join(tmpdir(), 'wenqu-seeds-'));
	return { fake: Object.assign(fake, { settings: { ...fake.settings, seedsDir } }), seedsDir };
}

function document(name: string, file: string, more: Record<string, unknown> = {}): Record<string, unknown> {
	return { text: undefined, document: { file_id: file, file_name: name }, ...more };
}

const NEW_ISSUE = { file: '2024-10-01.txt', date: '2024-10-01', articles: [{ headline: '国庆升旗', text: '好。' }] };

test('commands are registered in Chinese, those of admins only for admins', async () => {
	bot = await startBot();
	const [all, own] = await until(() => bot.api.of('setMyCommands').length === 2 && bot.api.of('setMyCommands'));
	const names = (call: typeof all): string[] =>
		((call?.payload['commands'] ?? []) as { command: string }[]).map((one) => one.command);
	expect(names(all)).toEqual([
		'ask',
		'articles',
		'person',
		'latest',
		'new',
		'status',
		'subscribe',
		'forget',
		'help',
		'start',
	]);
	expect(names(own)).toContain('reindex');
	expect(own?.payload['scope']).toEqual({ type: 'chat', chat_id: ADMIN });
	expect(JSON.stringify(all?.payload)).toContain('提问');
});

test('/reindex tells its progress by changing one message, and subscribers get the headlines', async () => {
	bot = await startBot();
	bot.api.message(11, '/subscribe');
	await reply(bot.api, 11);
	bot.app.issues = [...ISSUES, NEW_ISSUE];
	bot.api.message(ADMIN, '/reindex');
	const edit = await until(() => bot.api.of('editMessageText', ADMIN)[0]);
	expect(edit.payload['text']).toContain('新增：2024-10-01.txt');
	expect((await reply(bot.api, 11, 2)).payload['text']).toMatch(/^新的一期：2024-10-01，1 篇\n+1\. 国庆升旗/u);
	// The same issue is no news again, also after a restart.
	await bot.restart();
	bot.api.message(ADMIN, '/reindex');
	await until(() => bot.api.of('editMessageText', ADMIN)[1]);
	await quiet(100);
	expect(bot.api.texts(11)).toHaveLength(2);
	bot.api.message(11, '/subscribe 取消');
	expect((await reply(bot.api, 11, 3)).payload['text']).toContain('取消');
});

test('an issue that came while the bot was down is announced at the start', async () => {
	bot = await startBot();
	bot.api.message(11, '/subscribe');
	await reply(bot.api, 11);
	await bot.stop();
	bot.app.issues = [...ISSUES, NEW_ISSUE];
	await bot.app.refresh();
	await bot.restart();
	expect((await reply(bot.api, 11, 2)).payload['text']).toContain('国庆升旗');
});

test('/unanswered lists what was asked in vain by frequency; /stats counts; nobody else may see either', async () => {
	bot = await startBot();
	for (const text of ['火星甲', '火星乙', '火星乙']) bot.api.message(11, text);
	await reply(bot.api, 11, 3);
	bot.api.message(ADMIN, '/unanswered');
	expect((await reply(bot.api, ADMIN)).payload['text']).toBe('没答上来的问题：\n2 次　火星乙\n1 次　火星甲');
	bot.api.message(ADMIN, '/stats');
	expect((await reply(bot.api, ADMIN, 2)).payload['text']).toContain('没有报道 3');
	bot.api.message(11, '/unanswered');
	expect((await reply(bot.api, 11, 4)).payload['text']).toContain('只有管理员');
});

test('/block silences a user until it is taken back', async () => {
	bot = await startBot();
	bot.api.message(ADMIN, '/block 11');
	await reply(bot.api, ADMIN);
	bot.api.message(11, '问');
	await until(() => bot.api.unconfirmed === 0);
	await quiet();
	expect(bot.api.texts(11)).toEqual([]);
	bot.api.message(ADMIN, '/block 11 取消');
	await reply(bot.api, ADMIN, 2);
	bot.api.message(11, '问');
	await reply(bot.api, 11);
});

test('a document of an admin is stored whole, indexed and told; the same name only to replace', async () => {
	const { fake, seedsDir } = withSeeds();
	bot = await startBot({ fake });
	bot.api.files.set('one', Buffer.from('国庆升旗\n好。'));
	bot.app.issues = [...ISSUES, NEW_ISSUE];
	bot.api.message(ADMIN, '', document('2024-10-01.txt', 'one'));
	const edit = await until(() => bot.api.of('editMessageText', ADMIN)[0]);
	expect(edit.payload['text']).toContain('已收进报纸');
	expect(readFileSync(join(seedsDir, '2024-10-01.txt'), 'utf8')).toBe('国庆升旗\n好。');
	bot.api.files.set('two', Buffer.from('改过的\n好。'));
	bot.api.message(ADMIN, '', document('2024-10-01.txt', 'two'));
	expect((await reply(bot.api, ADMIN, 2)).payload['text']).toContain('替换');
	bot.api.message(ADMIN, '', document('2024-10-01.txt', 'two', { caption: '替换' }));
	await until(() => readFileSync(join(seedsDir, '2024-10-01.txt'), 'utf8').startsWith('改过的'));
	expect(readdirSync(seedsDir)).toEqual(['2024-10-01.txt']);
});

test.each([
	['../2024-10-01.txt', 'ok', {}],
	['a/b.txt', 'ok', {}],
	['..txt', 'ok', {}],
	['C:\\x.txt', 'ok', {}],
	['con.txt', 'ok', {}],
	['报\u202etxt.exe', 'ok', {}],
	['x.exe', 'ok', {}],
	['x.txt\0.md', 'ok', {}],
	['.hidden.txt', 'ok', {}],
	['big.txt', 'big', {}],
	['said-big.txt', 'ok', { document: { file_id: 'ok', file_name: 'said-big.txt', file_size: 99_000_000 } }],
	['picture.txt', 'png', {}],
	['empty.txt', 'none', {}],
])('a document %j (%s) is not stored', async (name, file, more) => {
	const { fake, seedsDir } = withSeeds();
	bot = await startBot({ fake });
	bot.api.files.set('ok', Buffer.from('正文。'));
	bot.api.files.set('big', Buffer.alloc(6 * 1024 * 1024, '好'));
	bot.api.files.set('png', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 1]));
	bot.api.message(ADMIN, '', document(name, file, more));
	await reply(bot.api, ADMIN);
	expect(readdirSync(seedsDir)).toEqual([]);
	expect(existsSync(join(seedsDir, '..', '2024-10-01.txt'))).toBe(false);
});

test('bundled issues are not added to', async () => {
	const { fake, seedsDir } = withSeeds();
	bot = await startBot({ fake: Object.assign(fake, { settings: { ...fake.settings, seedsAreBundled: true } }) });
	bot.api.message(ADMIN, '', document('2024-10-01.txt', 'one'));
	expect((await reply(bot.api, ADMIN)).payload['text']).toContain('自带');
	expect(readdirSync(seedsDir)).toEqual([]);
});

test('a document of anybody else gets a polite no', async () => {
	const { fake, seedsDir } = withSeeds();
	bot = await startBot({ fake });
	bot.api.message(11, '', document('2024-10-01.txt', 'one'));
	expect((await reply(bot.api, 11)).payload['text']).toContain('管理员');
	expect(readdirSync(seedsDir)).toEqual([]);
});

test('with --watch a change of the folder is followed', async () => {
	const { fake, seedsDir } = withSeeds();
	const { watchSeeds } = await import('../../src/indexing/watch.js');
	bot = await startBot({ fake, watch: (onChange, signal) => watchSeeds(seedsDir, onChange, signal) });
	bot.api.message(11, '/subscribe');
	await reply(bot.api, 11);
	await quiet(500);
	bot.app.issues = [...ISSUES, NEW_ISSUE];
	writeFileSync(join(seedsDir, '2024-10-01.txt'), '国庆升旗\n好。');
	expect((await until(() => bot.api.of('sendMessage', 11)[1], 10_000)).payload['text']).toContain('国庆升旗');
}, 15_000);

test('/check proves the index for admins, and names no folder of the machine', async () => {
	bot = await startBot();
	bot.api.message(ADMIN, '/check');
	const answer = String((await reply(bot.api, ADMIN)).payload['text']);
	expect(answer).toMatch(/索引/u);
	expect(answer).not.toContain(bot.app.settings.indexDir);
	bot.api.message(11, '/check');
	expect(String((await reply(bot.api, 11)).payload['text'])).not.toMatch(/期|处问题/u);
});
