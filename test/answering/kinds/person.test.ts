import { describe, expect, it } from 'vitest';
import type { Answerer } from '../../../src/answering/answerer.js';
import { answererOver } from '../../support/desk.js';

const BODY =
	'昨日，区政协召开推进会。区政协主席周正平主持会议并讲话。会上，区工业和信息化局汇报了园区建设进展情况。推进会由云州银行园区支行赞助。';

/** A reader that is as good as unsure between the body and the person. */
const reader = {
	id: 'scripted',
	read: async (_question: string, text: string) => ({
		answerable: 0.9,
		spans: ['区工业和信息化局', '云州银行园区支行', '周正平'].map((words, n) => {
			const start = text.indexOf(words);
			return { start, end: start + words.length, score: 10 - n / 10 };
		}),
		pieces: [],
	}),
};
const answerer = answererOver({ '2024-05-20.txt': `## 区政协推进园区建设\n\n本报讯（记者 陈小雨）${BODY}\n` }, reader);

describe('an office that is told elsewhere than in front of the name', () => {
	const body = '商会创始人、主席一职空缺多日。昨日，市政协委员林建安在东湖落水，不幸离世。林建安先生生前热心公益。';
	const asked = '在东湖落水的那位云州商会主席是谁？';
	const sure = (answerable: number): Answerer =>
		answererOver(
			{ '2024-05-20.txt': `## 云州商人林建安离世\n\n本报讯（记者 陈小雨）${body}\n` },
			{
				id: 'one name',
				read: async (_, text) => {
					const start = text.indexOf('林建安');
					return { answerable, spans: [{ start, end: start + 3, score: 8 }], pieces: [] };
				},
			},
		);

	it('counts only where the reader is beyond doubt', async () => {
		expect((await sure(0.97).answer(asked)).answer.answer).toContain('林建安');
		expect((await sure(0.6).answer(asked)).answer.status).toBe('not_found');
	});
});

describe('a title', () => {
	it('is asked for by what somebody does', async () => {
		const body = '昨日，区图书馆举办读书会。“读书让人踏实。”从事装订的馆员说，苏小满每年读五十本书。';
		const told = answererOver(
			{ '2024-05-20.txt': `## 图书馆举办读书会\n\n本报讯（记者 陈小雨）${body}\n` },
			{
				id: 'one title',
				read: async (_, text) => {
					const start = text.indexOf('从事装订的馆员');
					return { answerable: 0.9, spans: [{ start, end: start + 7, score: 8 }], pieces: [] };
				},
			},
		);
		const { answer } = await told.answer('读书会上的苏小满是做什么的？');
		expect(answer.answer).toContain('从事装订的馆员');
	});
});

describe('who did something', () => {
	it.each([
		['谁汇报了园区建设进展？', '区工业和信息化局'],
		['园区建设推进会由谁赞助？', '云州银行园区支行'],
		['谁主持了园区建设推进会？', '周正平'],
	])('%s', async (question, who) => {
		expect((await answerer.answer(question)).answer.answer).toContain(who);
	});
});
