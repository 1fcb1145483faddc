import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Desk } from '../support/wenqu.js';

const ISSUE = `云州区与东海银行召开座谈会

周正平吴立新郑海波参加

本报讯（记者 陈小雨）昨日上午，云州区与东海银行召开座谈会。区委书记周正平主持，东海银行党委书记、董事长吴立新，区委副书记、区长郑海波参加。东海银行成立于1998年，在云州设有12家网点。
`;
const desk = new Desk({ '2025-03-11.txt': ISSUE });
const NO_STACK = /\n\s+at |Error:|\/(?:tmp|home|root)\//u;

describe('ask', () => {
	it('prints the answer and its proof', async () => {
		const { code, out } = await desk.run(['ask', '谁参加了云州区与东海银行的座谈会？']);
		expect(code).toBe(0);
		expect(out).toContain('东海银行党委书记、董事长吴立新');
		expect(out).toContain('2025-03-11.txt:');
	});

	it('prints one JSON object whose quotes are the file', async () => {
		const { code, out } = await desk.run(['ask', '--json', '东海银行座谈会是谁主持的？']);
		expect(code).toBe(0);
		const answer = JSON.parse(out);
		expect(answer).toMatchObject({ id: null, status: 'answered', kind: 'chair', reason: null, understood: null });
		expect(Object.keys(answer)).toEqual([
			'id',
			'question',
			'status',
			'kind',
			'answer',
			'items',
			'complete',
			'citations',
			'reason',
			'understood',
			'ms',
		]);
		for (const { start, end, quote } of answer.citations) expect(ISSUE.slice(start, end)).toBe(quote);
	});

	it('ends with 0 where the issues do not say', async () => {
		expect((await desk.run(['ask', '赵小刚是谁？'])).code).toBe(0);
	});

	it('ends with 2 where there is no question, or one that is far too long', async () => {
		expect((await desk.run(['ask'])).code).toBe(2);
		const { code, err } = await desk.run(['ask', '问'.repeat(10_000)]);
		expect(code).toBe(2);
		expect(err).toContain('太长');
		expect(err).not.toMatch(NO_STACK);
	});
});

describe('batch', () => {
	it('answers line by line in order, goes on after bad lines, and keeps conversations apart', async () => {
		const lines = [
			JSON.stringify({ id: 'a', question: '东海银行座谈会是谁主持的？', conversation: 'x' }),
			'{bad',
			JSON.stringify({ id: 'b' }),
			JSON.stringify({ id: 7, question: '他是什么职务？', conversation: 'x' }),
			JSON.stringify({ id: 'c', question: '他是什么职务？', conversation: 'y' }),
		];
		const { code, out } = await desk.run(['ask', '--json'], `${lines.join('\n')}\n`);
		const answers = out
			.trim()
			.split('\n')
			.map((line) => JSON.parse(line));
		expect(code).toBe(0);
		expect(answers.map((answer) => answer.id)).toEqual(['a', null, 'b', '7', 'c']);
		expect(answers[1].error).toBeTypeOf('string');
		expect(answers[2].error).toBeTypeOf('string');
		expect(answers[3].understood).toBe('周正平是什么职务？');
		expect(answers[4].understood).toBeNull();
	});
});

describe('the other commands', () => {
	it('index says what changed, and nothing the second time', async () => {
		const own = new Desk({ '2025-03-11.txt': ISSUE });
		const first = JSON.parse((await own.run(['index', '--json'])).out);
		expect(first.issues).toEqual({ added: ['2025-03-11.txt'], changed: [], removed: [], unchanged: 0 });
		expect(first).toMatchObject({ articles: 1, embedded: 0, model: null });
		const second = JSON.parse((await own.run(['index', '--json'])).out);
		expect(second.issues).toEqual({ added: [], changed: [], removed: [], unchanged: 1 });
	});

	it('articles lists people with roles', async () => {
		const [article] = JSON.parse((await desk.run(['articles', '--json'])).out);
		expect(article).toMatchObject({
			file: '2025-03-11.txt',
			issueDate: '2025-03-11',
			headline: '云州区与东海银行召开座谈会',
			listIsOpen: false,
		});
		expect(article.people.map((person: { name: string }) => person.name)).toEqual(['周正平', '吴立新', '郑海波']);
	});

	it('show marks the quote', async () => {
		const start = ISSUE.indexOf('东海银行成立于');
		const { code, out } = await desk.run(['show', `2025-03-11.txt:${start}-${start + 12}`]);
		expect(code).toBe(0);
		expect(out).toContain('【东海银行成立于1998年】');
		expect((await desk.run(['show', 'x'])).code).toBe(2);
	});

	it('search ranks passages, and takes queries line by line', async () => {
		const [hit] = JSON.parse((await desk.run(['search', '网点', '--json'])).out);
		expect(ISSUE.slice(hit.start, hit.end)).toContain('12家网点');
		const { out } = await desk.run(['search', '--limit', '1'], '{"id":1,"query":"网点"}\n');
		expect(JSON.parse(out)).toMatchObject({ id: '1', hits: [{ file: '2025-03-11.txt' }] });
	});

	it('check proves the index', async () => {
		const { code, out } = await desk.run(['check', '--json']);
		expect(code).toBe(0);
		expect(JSON.parse(out).problems).toEqual([]);
	});

	it('chat takes one question a line where nobody is at the terminal', async () => {
		const { code, out } = await desk.run([], '东海银行座谈会是谁主持的？\n');
		expect(code).toBe(0);
		expect(out).toContain('周正平');
	});

	it('eval scores a gold set', async () => {
		desk.write(
			'../gold.jsonl',
			`${JSON.stringify({ id: '1', kind: 'chair', q: '东海银行座谈会是谁主持的？', all: ['周正平'], source: '东海银行' })}\n`,
		);
		const { code, out } = await desk.run(['eval', 'gold.jsonl', '--min', '1']);
		expect(code).toBe(0);
		expect(out).toMatch(/chair\s+1\s+1\.00/u);
	});
});

describe('wrong use', () => {
	it.each([
		[['nonsense'], {}],
		[['ask', '--bogus', 'x'], {}],
		[['search', 'x', '--limit', 'many'], {}],
		[['ask', 'x'], { WENQU_ADMINS: 'me' }],
		[['ask', 'x'], { HF_ENDPOINT: 'not an address' }],
	])('%j %j ends with 2 and one line', async (args, env) => {
		const { code, err } = await desk.run(args, '', env);
		expect(code).toBe(2);
		expect(err).not.toMatch(NO_STACK);
	});
});

describe('bad issue files', () => {
	it('are named and skipped, the rest is answered from', async () => {
		const own = new Desk({
			'2025-03-11.txt': ISSUE,
			'empty.txt': '',
			'binary.txt': Buffer.from([0, 1, 2, 255, 254, 0, 9, 0]),
		});
		const { code, err, out } = await own.run(['ask', '东海银行座谈会是谁主持的？']);
		expect(code).toBe(0);
		expect(out).toContain('周正平');
		expect(err).toContain('empty.txt');
		expect(err).toContain('binary.txt');
		expect(err).not.toMatch(NO_STACK);
	});

	it('in GB18030 are read', async () => {
		const iconv = await import('iconv-lite');
		const own = new Desk({ '2025-03-11.txt': iconv.encode(ISSUE, 'gb18030') });
		const { out } = await own.run(['ask', '--json', '东海银行座谈会是谁主持的？']);
		expect(JSON.parse(out).items[0].text).toBe('周正平');
	});
});

describe('the bundled prompts', () => {
	it('hold every wording', () => {
		const text = readFileSync(join(import.meta.dirname, '../../prompts/answers.md'), 'utf8');
		expect(text).toContain('## who');
	});
});
