import { describe, expect, it } from 'vitest';
import { candidateOf } from '../../../src/answering/desk.js';
import { type Guess, hasTellingForm } from '../../../src/answering/kinds/spans.js';
import { understand } from '../../../src/answering/understand.js';
import { answererOver, articlesOf } from '../../support/desk.js';

describe('a stretch of days', () => {
	it('is given where it is asked for, though the reader likes another day better', async () => {
		const reader = {
			id: 'two days',
			read: async (_question: string, text: string) => {
				const spans = ['6月5日', '6月5日至12日'].map((day, n) => {
					const start = n === 0 ? text.indexOf(day) : text.lastIndexOf(day);
					return { start, end: start + day.length, score: 9 - 4 * n };
				});
				return { spans, pieces: [], answerable: 0.95 };
			},
		};
		const text = '云州筛查启动\n\n本报讯 6月5日记者获悉，云州免费筛查启动。筛查定于6月5日至12日在东湖医院进行。\n';
		const { answer } = await answererOver({ '2025-06-06.txt': text }, reader).answer('云州免费筛查从哪天到哪天？');
		expect(answer.items.map((item) => item.text)).toEqual(['6月5日至12日']);
	});
});

describe('a form that tells', () => {
	const [article] = articlesOf({
		'2025-03-13.txt': '云州画展\n\n本报讯 云州画展将持续至10月16日，之后移到长沙展出。\n',
	});
	if (!article) throw new TypeError('no article');
	const candidate = candidateOf(article, 1, 1);
	const guess = (part: string): Guess => {
		const start = candidate.body.text.indexOf(part);
		return { candidate, start, end: start + part.length, score: 0, answerable: 0.2, pieces: [], isAside: false };
	};
	it.each([
		['展览什么时候结束？', '10月16日', true],
		['展览什么时候开始？', '10月16日', false],
		['展览移到哪个城市？', '长沙', true],
		['展览移到哪里？', '长沙', false],
	])('an end stands behind 至, a city is a place by its name: %s', (question, part, told) => {
		expect(hasTellingForm(understand(question, new Set()), guess(part))).toBe(told);
	});
});
