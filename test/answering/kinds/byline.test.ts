import { describe, expect, it } from 'vitest';
import { answererOver } from '../../support/desk.js';

const answerer = answererOver({
	'2024-05-20.txt': [
		'## 云州区召开防汛会议\n\n本报讯（记者 陈小雨 何光明 通讯员 冯立）昨日，云州区召开防汛会议，区委书记周正平主持。\n',
		'## 东湖龙舟赛开赛\n\n昨日，龙舟赛在东湖开赛。区体育局局长吴立新宣布开赛。\n',
	].join('\n'),
});
const ask = async (question: string): Promise<Awaited<ReturnType<typeof answerer.answer>>['answer']> =>
	(await answerer.answer(question)).answer;

describe('who made a report', () => {
	it.each([
		['防汛会议这篇报道的记者是谁？', ['陈小雨', '何光明']],
		['防汛会议的通讯员叫什么？', ['冯立']],
		['谁写的防汛会议那篇报道？', ['陈小雨', '何光明']],
		['防汛会议的报道是谁写的？', ['陈小雨', '何光明']],
	])('%s', async (question, names) => {
		const answer = await ask(question);
		expect(answer.items.map((item) => item.text)).toEqual(names);
		expect(answer.citations[0]?.quote).toContain(names[0]);
	});

	it.each(['防汛会议上朗诵的诗是谁写的？', '防汛会议上那本书的作者是谁？'])(
		'is not who made something else: %s',
		async (question) => {
			expect((await ask(question)).answer).not.toContain('陈小雨');
		},
	);

	it.each(['陈小雨写了哪些报道？', '哪篇报道提到陈小雨？'])('what somebody wrote: %s', async (question) => {
		expect((await ask(question)).items.map((item) => item.text)).toEqual(['云州区召开防汛会议']);
	});
});

describe('the holder of an office', () => {
	it('is nobody of another body', async () => {
		expect(await ask('云州区卫健局的书记叫什么？')).toMatchObject({ status: 'not_found' });
		expect(await ask('云州区教育局局长是谁？')).toMatchObject({ status: 'not_found' });
		expect(await ask('云州区体育局局长是谁？')).toMatchObject({ status: 'answered' });
	});
});
