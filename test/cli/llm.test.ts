import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { honest, LlmServer } from '../support/llm-server.js';
import { Desk } from '../support/wenqu.js';

const ISSUE = `云州区与东海银行召开座谈会

本报讯（记者 陈小雨）昨日上午，云州区与东海银行召开座谈会。区委书记周正平主持座谈会，东海银行党委书记、董事长吴立新，区委副书记、区长郑海波参加。东海银行成立于1998年，在云州设有12家网点。
`;
const QUESTION = '谁参加了云州区与东海银行的座谈会？';
const KEY = 'sk-SECRETsecret0123456789';

const desk = new Desk({ '2025-03-11.txt': ISSUE });
let server: LlmServer;
let env: Record<string, string>;
beforeAll(async () => {
	server = await new LlmServer(honest).start();
	env = { WENQU_LLM_URL: server.url, WENQU_LLM_MODEL: 'scripted-1', WENQU_LLM_KEY: KEY };
});
afterAll(() => server.stop());

/** An answer without what tells how long it took. */
function timeless(out: string): Record<string, unknown> {
	const { ms, ...answer } = JSON.parse(out) as Record<string, unknown>;
	expect(ms).toBeTypeOf('number');
	return answer;
}

it('is off unless it is asked for: the same bytes with an address set as without', async () => {
	const with_ = await desk.run(['ask', '--json', QUESTION], '', env);
	const without = await desk.run(['ask', '--json', QUESTION]);
	expect(timeless(with_.out)).toEqual(timeless(without.out));
	expect(with_.out.replace(/"ms":\d+/u, '')).toBe(without.out.replace(/"ms":\d+/u, ''));
	expect(Object.keys(timeless(with_.out))).not.toContain('llm');
	expect(server.asked).toHaveLength(0);
	expect(readdirSync(desk.dir)).not.toContain('data');
});

it('words the answer with --llm, says so, and its quotes are the file', async () => {
	const { out, err, code } = await desk.run(['ask', '--llm', '--json', '--explain', QUESTION], '', env);
	expect(code).toBe(0);
	const answer = JSON.parse(out);
	expect(answer).toMatchObject({
		status: 'answered',
		kind: 'who',
		llm: { model: 'scripted-1', used: ['word'], declined: null, note: expect.stringContaining('组织语言') },
		explain: { prompts: { 'llm-word.md': expect.stringMatching(/^[\da-f]{12}$/u) }, llm: { kept: 1 } },
	});
	for (const { start, end, quote } of answer.citations) expect(ISSUE.slice(start, end)).toBe(quote);
	for (const { text, citation } of answer.items) {
		expect(answer.answer).toContain(text);
		expect(answer.citations[citation].quote).toContain(text);
	}
	expect(server.asked.at(-1)?.headers.authorization).toBe(`Bearer ${KEY}`);
	expect(out + err).not.toContain(KEY);
});

it('the same question costs once, from one process to the next and in a batch', async () => {
	const before = server.asked.length;
	const line = JSON.stringify({ id: 'a', question: QUESTION });
	const { out } = await desk.run(['ask', '--json'], `${line}\n${line}\n`, { ...env, WENQU_LLM: '1' });
	const answers = out.trim().split('\n').map(timeless);
	expect(answers).toHaveLength(2);
	expect(answers[0]).toEqual(answers[1]);
	expect(answers[0]).toMatchObject({ llm: { used: ['word'] } });
	expect(server.asked).toHaveLength(before);
});

it('leaves no key in the data folder', () => {
	const dir = join(desk.dir, 'data');
	for (const file of readdirSync(dir)) expect(readFileSync(join(dir, file)).includes(KEY)).toBe(false);
});

it('--no-llm wins over the setting', async () => {
	const { out } = await desk.run(['ask', '--no-llm', '--json', QUESTION], '', { ...env, WENQU_LLM: '1' });
	expect(JSON.parse(out).llm).toBeUndefined();
});

it('nobody at the address: the answer of before, and a word about it', async () => {
	const away = { ...env, WENQU_LLM_URL: 'http://127.0.0.1:1' };
	const { out, code } = await desk.run(['ask', '--llm', '东海银行座谈会是谁主持的？'], '', away);
	expect(code).toBe(0);
	expect(out).toContain('主持人是区委书记周正平。');
	expect(out).toContain('连不上语言模型');
});

it.each([
	['no address', ['--llm'], {}, 'WENQU_LLM_URL'],
	['no address at all', ['--llm'], { WENQU_LLM_URL: 'localhost' }, 'WENQU_LLM_URL'],
	['a password in the address', ['--llm'], { WENQU_LLM_URL: 'http://u:hidden1@localhost/v1' }, 'WENQU_LLM_URL'],
	[
		'a key that no header can hold',
		['--llm'],
		{ WENQU_LLM_URL: 'http://x', WENQU_LLM_KEY: '密钥hidden1' },
		'WENQU_LLM_KEY',
	],
	['a time-out of nothing', [], { WENQU_LLM_TIMEOUT: '0' }, 'WENQU_LLM_TIMEOUT'],
])('%s ends with 2 and names the setting, not its value', async (_, flags, set, name) => {
	const { code, err } = await desk.run(['ask', ...flags, QUESTION], '', set as Record<string, string>);
	expect(code).toBe(2);
	expect(err).toContain(name);
	expect(err).not.toContain('hidden1');
});

it("a user's own prompts are taken, their hash told, and what is wrong with them is named", async () => {
	const own = join(desk.dir, 'own');
	mkdirSync(own);
	const bundled = readFileSync(new URL('../../prompts/llm-word.md', import.meta.url), 'utf8');
	writeFileSync(join(own, 'llm-word.md'), bundled.replace('你是区报的编辑', '你是晚报的编辑'));
	const set = { ...env, WENQU_PROMPTS: own };
	const { out } = await desk.run(['ask', '--llm', '--json', '--explain', QUESTION], '', set);
	expect(server.asked.at(-1)?.said).toContain('你是晚报的编辑');
	const bundledHash = createHash('sha256').update(bundled).digest('hex').slice(0, 12);
	expect(JSON.parse(out).explain.prompts['llm-word.md']).not.toBe(bundledHash);
	writeFileSync(join(own, 'llm-word.md'), bundled.replace('{draft}', ''));
	const broken = await desk.run(['ask', '--llm', QUESTION], '', set);
	expect(broken).toMatchObject({ code: 2, err: expect.stringContaining('llm-word.md') });
});
