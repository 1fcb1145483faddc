import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseIssue } from '../../src/newspaper/parse.js';
import { readingOf } from '../../src/newspaper/reading.js';
import type { ParsedIssue } from '../../src/newspaper/types.js';

/** Lines as issues have them, and worse: the parser has to place every one. */
const LINES = [
	'## 社区食堂开张 老人点赞',
	'### 一碗热汤面',
	'运河两岸',
	'运河码头迎来首批游客',
	'赵一鸣钱多多孙晓参加',
	'本报讯（记者 周远）昨日上午，运河码头迎来首批游客，二百多人乘船出发。',
	'码头负责人说，船票已经订到下月底，',
	'还会再添两条船。',
	'会议还研究了其他事项。',
	'图为首航现场。 记者 周远/摄',
	'镇名\t得分\t名次',
	'东坝\t98.5\t1',
	'乡镇组\t\t',
	'本版编辑 周远 校对 吴凡',
	'第12期',
	'2024年9月28日 星期六',
	'来源：运河时报',
	'返回搜狐，查看更多责任编辑：',
	'（完）',
	'一、办好实事',
	'————',
	'',
	'　',
	'\uFEFF',
	'|甲|乙|',
	'“没有合上的引号',
	'\u0000\u0007',
	'😀𠮷',
	'\uD800',
];
const END = fc.constantFrom('\n', '\r\n', '\r', '\n\n', '\n\n\n\n');
const line = fc.oneof(
	{ weight: 6, arbitrary: fc.constantFrom(...LINES) },
	{ weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 90 }) },
);
const issue = fc.array(fc.tuple(line, END), { maxLength: 40 }).map((rows) => rows.flat().join(''));

function parse(text: string): ParsedIssue {
	return parseIssue({ file: 'a.txt', text, issueDate: null });
}

describe('whatever the text of an issue', () => {
	it('has every unit in exactly one article or gap, in order', () => {
		fc.assert(
			fc.property(issue, (text) => {
				const { articles, gaps } = parse(text);
				const stretches = [...articles, ...gaps].sort((a, b) => a.start - b.start);
				let at = 0;
				for (const { start, end } of stretches) {
					expect(start).toBe(at);
					expect(end).toBeGreaterThan(start);
					at = end;
				}
				expect(at).toBe(text.length);
			}),
			{ numRuns: 400 },
		);
	});

	it('has the parts of an article inside it, in order, and a headline on one line', () => {
		fc.assert(
			fc.property(issue, (text) => {
				for (const article of parse(text).articles) {
					let at = article.start;
					for (const part of article.parts) {
						expect(part.start).toBeGreaterThanOrEqual(at);
						expect(part.end).toBeGreaterThan(part.start);
						expect(text.slice(part.start, part.end)).not.toMatch(/[\r\n]/u);
						at = part.end;
					}
					expect(at).toBeLessThanOrEqual(article.end);
					expect(article.headline).not.toMatch(/[\r\n\t]/u);
					expect(article.headlineRange.start).toBeGreaterThanOrEqual(article.start);
					expect(article.headlineRange.end).toBeLessThanOrEqual(article.end);
				}
			}),
			{ numRuns: 300 },
		);
	});

	it('is read with offsets that rise and point at the same characters, folded', () => {
		fc.assert(
			fc.property(issue, (text) => {
				for (const article of parse(text).articles) {
					for (const { text: line } of readingOf(article, text.slice(article.start, article.end)).lines) {
						expect(line.offsets.length).toBe(line.text.length);
						let before = article.start - 1;
						line.offsets.forEach((offset, i) => {
							expect(offset).toBeGreaterThan(before);
							expect(offset).toBeLessThan(article.end);
							const [read, raw] = [line.text[i] ?? '', text[offset] ?? ''];
							expect(read === raw || /^[\s]$/u.test(read) || raw.normalize('NFKC') === read).toBe(true);
							before = offset;
						});
					}
				}
			}),
			{ numRuns: 300 },
		);
	});
});

describe('time grows with the length of the file', () => {
	const rows = (count: number, make: (n: number) => string) =>
		Array.from({ length: count }, (_, n) => make(n)).join('\n');
	const sentence = '昨日上午，运河码头迎来首批游客，二百多人乘船出发。';

	it.each([
		['a line of a million characters', '运河'.repeat(500_000)],
		['a line of a million blanks', ' '.repeat(1_000_000)],
		['a million tabs', `甲${'\t'.repeat(1_000_000)}乙`],
		['a million brackets', '（'.repeat(1_000_000)],
		['a line of sentences', sentence.repeat(40_000)],
		['very many headlines', rows(60_000, (n) => `运河码头第${n}次迎来游客`)],
		['very many marked headlines', rows(60_000, (n) => `## 运河码头${n}`)],
		['very many paragraphs', rows(60_000, () => sentence)],
		['very many reports', rows(12_000, (n) => `码头迎来第${n}批游客 居民点赞\n\n${sentence}\n\n${sentence}\n`)],
		['very many broken lines', rows(60_000, () => '运河码头迎来首批游客，')],
		['very many blank lines', `${sentence}${'\n'.repeat(1_000_000)}${sentence}`],
		['digits and dashes', '2024-09-'.repeat(120_000)],
	])('%s', (_, text) => {
		const begun = performance.now();
		const { articles } = parse(text);
		for (const article of articles) readingOf(article, text.slice(article.start, article.end));
		expect(performance.now() - begun).toBeLessThan(8000);
	});
});
