import { describe, expect, it } from 'vitest';
import { answererOver } from '../support/desk.js';

const ISSUES = {
	'2025-03-11.txt': `云州区与东海银行召开座谈会

周正平吴立新郑海波参加

本报讯（记者 陈小雨）昨日上午，云州区与东海银行召开座谈会。区委书记周正平主持，东海银行党委书记、董事长吴立新，区委副书记、区长郑海波参加。东海银行成立于1998年，在云州设有12家网点。

吴立新表示，东海银行将支持云州建设绿色金融中心。

云州区图书馆推出夜间借阅

本报讯（记者 马明）自4月1日起，云州区图书馆每晚延长开放两小时，市民可以凭身份证、社保卡和读者证借书。图书馆馆长林静介绍，馆内现有图书35万册。
`,
	'2025-03-12.txt': `云州区召开防汛工作会议

本报讯（记者 陈小雨）3月11日，云州区召开防汛工作会议。区长郑海波主持，副区长黄大伟部署工作。会议在云州会展中心举行。

环境考评成绩公布 街道整治见实效

单位	巡查	总分	排名
东街	40.5	90.5	1
西街	38	88	2
南镇	39	80.25	3
`,
};

const answerer = answererOver(ISSUES);
const ask = async (question: string): Promise<Awaited<ReturnType<typeof answerer.answer>>['answer']> =>
	(await answerer.answer(question)).answer;

describe('people of an event', () => {
	it('are listed whole, with roles, each proven', async () => {
		const answer = await ask('谁参加了云州区与东海银行的座谈会？');
		expect(answer.status).toBe('answered');
		expect(answer.items.map((item) => item.text)).toEqual(['周正平', '吴立新', '郑海波']);
		expect(answer.items[1]).toMatchObject({
			title: '党委书记、董事长',
			organisation: '东海银行',
			roles: ['attend', 'speak'],
		});
		for (const item of answer.items) expect(answer.citations[item.citation]?.quote).toContain(item.text);
	});

	it('the one who chaired', async () => {
		expect((await ask('东海银行座谈会是谁主持的？')).items.map((item) => item.text)).toEqual(['周正平']);
	});

	it('the one whom a body sent', async () => {
		expect((await ask('东海银行派谁参加了云州区的座谈会？')).items.map((item) => item.text)).toEqual(['吴立新']);
	});

	it('who somebody is', async () => {
		expect((await ask('吴立新是什么职务？')).answer).toContain('东海银行党委书记、董事长');
	});
});

describe('quotes', () => {
	it('are the file, to the character', async () => {
		for (const question of [
			'谁参加了云州区与东海银行的座谈会？',
			'东海银行是哪一年成立的？',
			'南镇总分是多少？',
			'郑海波参加了哪些活动？',
		]) {
			const answer = await ask(question);
			expect(answer.citations.length).toBeGreaterThan(0);
			for (const citation of answer.citations)
				expect(ISSUES[citation.file as keyof typeof ISSUES].slice(citation.start, citation.end)).toBe(citation.quote);
		}
	});

	it('that the file no longer holds make a refusal of the answer', async () => {
		const issues: Record<string, string> = { ...ISSUES };
		const reader = answererOver(issues);
		expect((await reader.answer('谁参加了云州区与东海银行的座谈会？')).answer.status).toBe('answered');
		issues['2025-03-11.txt'] = `更正\n\n${ISSUES['2025-03-11.txt']}`;
		expect((await reader.answer('谁参加了云州区与东海银行的座谈会？')).answer).toMatchObject({
			status: 'not_found',
			citations: [],
		});
	});
});

describe('tables', () => {
	it.each([
		['南镇的总分是多少？', '80.25'],
		['环境考评成绩第一名是哪个单位？', '东街'],
		['环境考评成绩倒数第一的是谁？', '南镇'],
		['东街和西街的总分相差多少？', '2.5'],
	])('%s', async (question, said) => {
		const answer = await ask(question);
		expect(answer.answer).toContain(said);
		expect(answer.citations[0]?.headline).toContain('环境考评成绩');
	});
});

describe('over all articles', () => {
	it('what somebody took part in', async () => {
		const answer = await ask('郑海波参加了哪些活动？');
		expect(answer.items).toHaveLength(2);
		expect(answer.answer).toContain('共2期');
	});

	it('which articles hold a word', async () => {
		expect((await ask('哪些文章提到会展中心？')).items.map((item) => item.text)).toEqual(['云州区召开防汛工作会议']);
	});
});

describe('follow-ups', () => {
	it('ask on about the same event', async () => {
		const first = await answerer.answer('谁参加了云州区与东海银行的座谈会？');
		const { answer } = await answerer.answer('在什么时间？', first.turn);
		expect(answer.understood).toBe('云州区与东海银行的座谈会在什么时间？');
		expect(answer.answer).toBe('昨日上午（3月10日）');
	});

	it('know whom 他 means', async () => {
		const first = await answerer.answer('东海银行座谈会是谁主持的？');
		const { answer } = await answerer.answer('他是什么职务？', first.turn);
		expect(answer.understood).toBe('周正平是什么职务？');
		expect(answer.answer).toContain('区委书记');
	});

	it('leave a new subject alone', async () => {
		const first = await answerer.answer('东海银行座谈会是谁主持的？');
		expect((await answerer.answer('云州区图书馆有多少册图书？', first.turn)).answer.understood).toBeNull();
		// A name that no issue holds is no reference to what was asked before.
		const stranger = (await answerer.answer('周正萍是谁', first.turn)).answer;
		expect(stranger).toMatchObject({ understood: null, status: 'not_found', reason: 'no_such_person' });
	});
});

describe('refusals', () => {
	it.each([
		['谁参加了云州区与南洋银行的座谈会？', 'no_such_event'],
		['赵小刚是谁？', 'no_such_person'],
		['2019年云州区召开了什么防汛会议？', 'outside_dates'],
		['你好', 'not_about_issues'],
	])('%s', async (question, reason) => {
		const answer = await ask(question);
		expect(answer).toMatchObject({ status: 'not_found', reason, items: [] });
	});

	it('point at a name that is nearly the same', async () => {
		expect((await ask('吴力新是谁？')).answer).toContain('吴立新');
	});
});

describe('several events that fit', () => {
	it('are offered, and choosing works', async () => {
		const twice = answererOver({
			'2025-03-11.txt':
				'云州区与东海银行召开座谈会\n\n本报讯 昨日，云州区与东海银行召开座谈会。区长郑海波参加。双方就绿色金融交流意见。',
			'2025-03-12.txt':
				'云州区与南洋大学召开座谈会\n\n本报讯 昨日，云州区与南洋大学召开座谈会。副区长黄大伟参加。双方就人才培养交流意见。',
		});
		const first = await twice.answer('座谈会谁参加了？');
		expect(first.answer.status).toBe('unclear');
		expect(first.answer.items).toHaveLength(2);
		const second = await twice.answer('第二个', first.turn);
		expect(second.answer.items.map((item) => item.text)).toEqual(['黄大伟']);
	});
});

describe('counted over all articles', () => {
	it('who took part most, counted', async () => {
		const answer = await ask('谁出席活动最多？');
		expect(answer.items.map((item) => item.text)).toEqual(['郑海波']);
		expect(answer.answer).toContain('2篇');
	});

	it('relative times count from the newest issue, and the answer says so', async () => {
		const answer = await ask('昨天有哪些会议？');
		expect(answer.items).toHaveLength(1);
		expect(answer.items[0]?.text).toContain('东海银行');
		expect(answer.answer).toMatch(/3月11日.*2025-03-12/u);
		expect((await ask('上周有哪些会议？')).reason).toBe('outside_dates');
	});
});

describe('places of a table', () => {
	it('give as many places as are asked for, and every row', async () => {
		const rows = async (question: string): Promise<string[]> => (await ask(question)).items.map((item) => item.text);
		expect(await rows('环境考评总分最高的两个单位是哪些？')).toEqual(['东街', '西街']);
		expect(await rows('环境考评各单位的总分是多少？')).toEqual(['90.5', '88', '80.25']);
	});
});

describe('another edition or another office', () => {
	const issue = {
		'2025-05-02.txt': `第二十届青山论坛在云州开幕 三百人参加

本报讯（记者 陈小雨）昨日，第二十届青山论坛在云州会展中心开幕，三百余人参加。云州区委书记周正平致辞，云州区副区长黄大伟、青川县副县长李国强讲话。
`,
	};
	const other = answererOver(issue);
	const asked = async (question: string): Promise<Awaited<ReturnType<typeof answerer.answer>>['answer']> =>
		(await other.answer(question)).answer;

	it('is refused where the issues tell only of this one', async () => {
		expect((await asked('第二十一届青山论坛在哪里开幕？')).status).toBe('not_found');
		expect((await asked('下一届青山论坛在哪里开幕？')).status).toBe('not_found');
		expect((await asked('第20届青山论坛在哪里开幕？')).status).toBe('answered');
	});

	it('narrows the people to those of the office', async () => {
		const names = async (question: string): Promise<string[]> => (await asked(question)).items.map((item) => item.text);
		expect(await names('青山论坛上是哪位副县长讲话？')).toEqual(['李国强']);
	});
});

describe('the way people type', () => {
	it('who somebody is, in a word of the street', async () => {
		expect((await ask('吴立新干嘛的')).answer).toContain('董事长');
		expect((await ask('吴立欣干嘛的')).answer).toContain('您是否指吴立新');
	});

	it('when something was held', async () => {
		expect((await ask('云州区防汛工作会议啥时候开的')).answer).toContain('3月11日');
	});

	it('what is said of the bot itself is no question about the issues', async () => {
		expect((await ask('你这破机器人有啥用')).reason).toBe('not_about_issues');
	});
});

describe('other spellings', () => {
	it('traditional characters are understood, and it is said how', async () => {
		const answer = await ask('誰參加了雲州區與東海銀行的座談會？');
		expect(answer.items.map((item) => item.text)).toEqual(['周正平', '吴立新', '郑海波']);
		expect(answer.understood).toBe('谁参加了云州区与东海银行的座谈会？');
	});

	it.each([
		['吴丽鑫是谁？', '吴立新'],
		['周正萍参加了哪些活动？', '周正平'],
	])('a name that sounds the same is asked about, never swapped: %s', async (question, name) => {
		const answer = await ask(question);
		expect(answer).toMatchObject({ status: 'not_found', reason: 'no_such_person', citations: [] });
		expect(answer.answer).toContain(`您是否指${name}`);
	});
});

describe('two articles that tell one event otherwise', () => {
	const told = (count: string, place: string): string => `云州区端午龙舟赛${place}

本报讯（记者 陈小雨）6月20日，云州区端午龙舟赛在东湖举行。${count}支队伍参加云州区端午龙舟赛。
`;
	const reader = {
		id: 'digits',
		read: async (_question: string, text: string) => {
			const match = /\d+(?=支队伍)/u.exec(text);
			const spans = match ? [{ start: match.index, end: match.index + match[0].length + 1, score: 9 }] : [];
			return { spans, pieces: [], answerable: match ? 0.95 : 0.05 };
		},
	};

	it('both are given, each with its date and proof', async () => {
		const both = answererOver({ '2025-06-21.txt': told('24', '开赛'), '2025-06-22.txt': told('26', '收官') }, reader);
		const { answer } = await both.answer('多少支队伍参加云州区端午龙舟赛？');
		expect(answer.items.map((item) => item.text).sort()).toEqual(['24支队伍', '26支队伍']);
		expect(answer.answer).toContain('2025-06-21');
		expect(answer.answer).toContain('2025-06-22');
		for (const item of answer.items) expect(answer.citations[item.citation]?.quote).toContain(item.text);
	});

	it('one answer where they say the same', async () => {
		const same = answererOver({ '2025-06-21.txt': told('24', '开赛'), '2025-06-22.txt': told('24', '收官') }, reader);
		const { answer } = await same.answer('多少支队伍参加云州区端午龙舟赛？');
		expect(answer.items.map((item) => item.text)).toEqual(['24支队伍']);
	});
});
