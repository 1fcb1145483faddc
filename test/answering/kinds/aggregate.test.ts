import { describe, expect, it } from 'vitest';
import { answererOver } from '../../support/desk.js';

const article = (headline: string, body: string): string => `## ${headline}\n\n本报讯（记者 陈小雨）${body}\n`;
const answerer = answererOver({
	'2024-05-20.txt': article('云州区召开防汛会议', '昨日，云州区召开防汛会议。区长周正平参加。'),
	'2024-05-21.txt': [
		article('图书馆延长开放', '图书馆5月起开放到晚上九点。'),
		article('东湖龙舟赛开赛', '龙舟比赛昨日在东湖举行。'),
	].join('\n'),
});
const ask = async (question: string): Promise<Awaited<ReturnType<typeof answerer.answer>>['answer']> =>
	(await answerer.answer(question)).answer;

describe('what the paper holds', () => {
	it.each(['今天报纸有什么新闻？', '报上登了什么', '最新一期有多少篇报道？', '这期有哪些新闻'])(
		'%s',
		async (question) => {
			const answer = await ask(question);
			expect(answer.items.map((item) => item.text)).toEqual(['图书馆延长开放', '东湖龙舟赛开赛']);
			expect(answer.answer).toContain('2024-05-21这一期有2篇');
			expect(answer.citations.map((citation) => citation.file)).toEqual(['2024-05-21.txt', '2024-05-21.txt']);
		},
	);

	it('of another day', async () => {
		expect((await ask('5月20日的报纸登了什么？')).items.map((item) => item.text)).toEqual(['云州区召开防汛会议']);
		expect(await ask('6月1日的报纸登了什么？')).toMatchObject({ status: 'not_found', reason: 'outside_dates' });
	});

	it.each(['有什么龙舟新闻？', '提到龙舟的文章有哪些？', '最近有什么关于龙舟的新闻'])('%s', async (question) => {
		expect((await ask(question)).items.map((item) => item.text)).toEqual(['东湖龙舟赛开赛']);
	});

	it('says so where no report holds the word', async () => {
		expect(await ask('有什么航天新闻？')).toMatchObject({ status: 'not_found', reason: 'no_such_event' });
	});
});

describe('what somebody did', () => {
	it('is what he or she chaired, where that is asked', async () => {
		const chaired = answererOver({
			'2024-05-20.txt': [
				article('云州区召开防汛会议', '昨日，云州区召开防汛会议，区长周正平主持会议。'),
				article('云州区召开座谈会', '昨日，云州区召开座谈会，区长周正平参加。'),
			].join('\n'),
		});
		const items = async (question: string) => (await chaired.answer(question)).answer.items.map((item) => item.text);
		expect(await items('周正平主持了几次会议？')).toEqual(['云州区召开防汛会议']);
		expect(await items('周正平还参加了什么')).toEqual(['云州区召开防汛会议', '云州区召开座谈会']);
		expect(await items('周正平参加了哪些会议？')).toEqual(['云州区召开防汛会议', '云州区召开座谈会']);
	});
});

describe('meetings', () => {
	it.each(['最近区里开了哪些会？', '2024年云州区召开了哪些会议？'])('%s', async (question) => {
		expect((await ask(question)).items.map((item) => item.text)).toContain('云州区召开防汛会议');
	});

	it.each(['5月19日有哪些会议？', '5月19号开了什么会议？', '5月19号开了啥会', '2024年5月19日有哪些会议？'])(
		'of a day: %s',
		async (question) => {
			const answer = await ask(question);
			expect(answer.items.map((item) => item.text)).toEqual(['云州区召开防汛会议']);
			expect(answer.answer).toContain('5月19日的会议');
		},
	);

	it('of a day without any are none', async () => {
		expect(await ask('5月9日有哪些会议？')).toMatchObject({ status: 'not_found' });
		expect(await ask('2019年5月19日有哪些会议？')).toMatchObject({ status: 'not_found' });
	});

	it('of a year that the issues do not cover are none', async () => {
		expect(await ask('2019年云州区召开了哪些会议？')).toMatchObject({ status: 'not_found', reason: 'outside_dates' });
	});
});
