import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { otherEdition } from '../../src/answering/editions.js';

const text = '首届运动会之后，第二十届青山论坛昨日举行，发布第1号公报。';

describe('another edition', () => {
	it.each([
		'第二十一届青山论坛在哪里举行？',
		'第2号公报说了什么？',
		'第２届运动会有哪些项目？',
		'下一届论坛什么时候办？',
		'明年的论坛在哪儿？',
	])('is what %s asks about', (question) => expect(otherEdition(question, text)).toBe(true));

	it.each([
		'第20届青山论坛谁参加了？',
		'第一届运动会是哪天？',
		'第一号公报是谁发的？',
		'论坛第三批嘉宾是谁？',
		'青山论坛在哪里举行？',
		'台风会有什么下场？',
	])('is not what %s asks about', (question) => expect(otherEdition(question, text)).toBe(false));

	it('is none where the number is that of a meeting that the text names', () => {
		const meeting = '区人大常委会第五次会议昨日召开，听取第三次督查的报告。';
		expect(otherEdition('区人大那次会（第五次）谁参加了？', meeting)).toBe(false);
		expect(otherEdition('区人大那次会（第六次）谁参加了？', meeting)).toBe(true);
	});

	it('is the same however the number is written', () => {
		const han = (n: number): string => {
			const digit = (d: number): string => '零一二三四五六七八九'[d] ?? '';
			const [hundreds, tens, ones] = [Math.floor(n / 100), Math.floor(n / 10) % 10, n % 10];
			if (n < 10) return digit(n);
			if (n < 20) return `十${ones ? digit(ones) : ''}`;
			const rest = `${tens ? `${digit(tens)}十` : hundreds && ones ? '零' : ''}${ones ? digit(ones) : ''}`;
			return hundreds ? `${digit(hundreds)}百${rest}` : rest;
		};
		const number = fc.integer({ min: 1, max: 999 });
		fc.assert(
			fc.property(number, number, (a, b) => {
				expect(otherEdition(`第${a}期说了什么？`, `第${han(b)}期简报`)).toBe(a !== b);
				expect(otherEdition(`第${han(a)}期说了什么？`, `第${b}期简报`)).toBe(a !== b);
			}),
		);
	});
});
