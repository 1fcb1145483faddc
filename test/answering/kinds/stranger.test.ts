import { describe, expect, it } from 'vitest';
import { askedName } from '../../../src/answering/kinds/stranger.js';

describe('the name that a question is about', () => {
	it.each([
		['赵小刚是谁？', '赵小刚'],
		['请问李军担任什么职务？', '李军'],
		// 卸任 is a word, and 来 here a verb.
		['李军卸任以后换成了谁？', null],
		['来河南参加研讨班的外交官来自几个国家？', null],
		['东湖图书馆是谁设计的？', null],
	])('%s %s', (question, name) => {
		expect(askedName(question)).toBe(name);
	});
});
