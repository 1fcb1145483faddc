import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseIssue } from '../../src/newspaper/parse.js';
import { readingOf } from '../../src/newspaper/reading.js';
import type { Article, PartKind, ReadingLine } from '../../src/newspaper/types.js';
import { cutPassages } from '../../src/passages/cut.js';
import { mapPiece } from '../../src/text/mapped.js';

/** An article whose lines stand one behind another, as they are. */
function articleOf(lines: readonly (readonly [PartKind, string])[]): [Article, { lines: ReadingLine[] }] {
	let at = 100;
	const reading = lines.map(([kind, text]) => {
		const line = { kind, text: mapPiece(text, at) };
		at += text.length + 1;
		return line;
	});
	const headlineRange = { start: 100, end: 104 };
	const article = {
		file: 'a.txt',
		issueDate: null,
		headline: '大会召开',
		headlineRange,
		parts: [],
		start: 100,
		end: at,
	};
	return [article, { lines: reading }];
}

const sentence = (n: number): string => `${'会议强调要抓好落实'.repeat(n)}。`;
const squeeze = (text: string): string => text.replace(/\s+/gu, '');

describe('cutPassages', () => {
	it('keeps a short article in one passage, the headline beside it', () => {
		const passages = cutPassages(
			...articleOf([
				['headline', '大会召开'],
				['paragraph', '昨日开会。'],
				['paragraph', '明日再开。'],
			]),
		);
		expect(passages.map(({ text, headline }) => [headline, text])).toEqual([['大会召开', '昨日开会。\n明日再开。']]);
		expect(passages[0]).toMatchObject({ start: 105, end: 116 });
	});

	it('cuts on sentence ends and loses nothing', () => {
		fc.assert(
			fc.property(
				fc.array(fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 6 }), {
					minLength: 1,
					maxLength: 8,
				}),
				(paragraphs) => {
					const lines = paragraphs.map((sizes) => ['paragraph', sizes.map(sentence).join('')] as const);
					const passages = cutPassages(...articleOf(lines));
					expect(squeeze(passages.map(({ text }) => text).join(''))).toBe(lines.map(([, text]) => text).join(''));
					for (const { text } of passages) expect(text.length).toBeLessThanOrEqual(430);
				},
			),
		);
	});

	it('keeps the rows of a table together where they fit', () => {
		const table = ['名次\t单位\t成绩', ...[1, 2, 3, 4, 5, 6].map((n) => `${n}\t第${n}代表队\t${90 - n}.5分`)];
		const rows = table.map((row) => ['table', row] as const);
		const passages = cutPassages(...articleOf([['paragraph', sentence(37)], ...rows]));
		expect(passages.map(({ text }) => text)).toContain(table.join('\n'));
	});

	it('parts a sentence that is too long by itself behind a comma', () => {
		const long = `${'今年以来全区上下齐心协力，'.repeat(60)}成绩很好。`;
		const passages = cutPassages(...articleOf([['paragraph', long]]));
		expect(passages.length).toBeGreaterThan(1);
		for (const { text } of passages.slice(0, -1)) expect(text.endsWith('，')).toBe(true);
	});

	it('gives an article without body its headline', () => {
		expect(cutPassages(...articleOf([['headline', '大会召开']])).map(({ text }) => text)).toEqual(['大会召开']);
		expect(cutPassages(...articleOf([]))).toHaveLength(1);
	});

	it('gives the same text the same id wherever it stands', () => {
		const text = '云州区召开大会\n\n本报讯 昨日上午，云州区召开大会。区长周正平主持会议并讲话，要求抓好落实。\n';
		const idsOf = (issue: string): string[] =>
			parseIssue({ file: 'a.txt', text: issue, issueDate: null }).articles.flatMap((article) =>
				cutPassages(article, readingOf(article, issue.slice(article.start, article.end))).map(({ id }) => id),
			);
		expect(idsOf(`\n\n\n${text}`)).toEqual(idsOf(text));
	});
});
