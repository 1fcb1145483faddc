import { describe, expect, it } from 'vitest';
import { answererOver } from '../support/desk.js';

const MEETING = `云州区与东海银行召开座谈会

周正平吴立新参加

本报讯（记者 陈小雨）昨日上午，云州区与东海银行召开座谈会。区委书记周正平主持，东海银行董事长吴立新参加。东海银行在云州设有12家网点。
`;
const OTHER = `云州区图书馆推出夜间借阅

本报讯（记者 马明）图书馆馆长林静介绍，馆内现有图书35万册。
`;
/** The same meeting once more, with another number. */
const CHANGED = MEETING.replace('12家', '15家');

const over = (issues: Readonly<Record<string, string>>) => {
	const answerer = answererOver(issues);
	return async (question: string) => (await answerer.answer(question)).answer;
};

describe('an article that stands in two files', () => {
	const ask = over({ '2025-03-11.txt': MEETING + OTHER, '2025-03-12.txt': OTHER, '2025-03-13.txt': MEETING });

	it.each([
		['谁参加了云州区与东海银行的座谈会？', ['2025-03-11.txt', '2025-03-13.txt']],
		['云州区图书馆有多少册图书？', ['2025-03-11.txt', '2025-03-12.txt']],
		['周正平参加了哪些活动？', ['2025-03-11.txt', '2025-03-13.txt']],
		['哪些文章提到夜间借阅？', ['2025-03-11.txt', '2025-03-12.txt']],
	])('%s is answered once, from both', async (question, files) => {
		const answer = await ask(question);
		expect(answer.status).toBe('answered');
		expect([...new Set(answer.citations.map(({ file }) => file))]).toEqual(files);
		expect(new Set(answer.items.map(({ text }) => text)).size).toBe(answer.items.length);
		const byFile = files.map((file) =>
			answer.citations.filter((one) => one.file === file).map(({ quote }) => quote.trim()),
		);
		expect(byFile[0]).toEqual(byFile[1]);
	});

	it('is no choice between two', async () => {
		expect((await ask('座谈会谁参加了？')).status).toBe('answered');
	});

	it('keeps its second source when its lines are broken elsewhere', async () => {
		const broken = MEETING.replace('在云州设有12家', '在云州设\n有12家');
		const answer = await over({ '2025-03-11.txt': MEETING, '2025-03-13.txt': broken })('东海银行在云州有多少家网点？');
		expect(answer.citations.map(({ file }) => file)).toEqual(['2025-03-11.txt', '2025-03-13.txt']);
		expect(answer.citations[1]?.quote).toContain('设\n有12家');
	});
});

it('an article that says another thing is no second source', async () => {
	const answer = await over({ '2025-03-11.txt': MEETING, '2025-03-13.txt': CHANGED })(
		'谁主持了云州区与东海银行的座谈会？',
	);
	expect(new Set(answer.citations.map(({ file }) => file)).size).toBe(1);
});
