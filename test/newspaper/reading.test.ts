import { describe, expect, it } from 'vitest';
import { parseIssue } from '../../src/newspaper/parse.js';
import { readingOf } from '../../src/newspaper/reading.js';

/** The lines of the first article, and the file's text at the offsets of each. */
function read(text: string) {
	const article = parseIssue({ file: 'a.txt', text, issueDate: null }).articles[0];
	if (!article) throw new Error('no article');
	const { lines } = readingOf(article, text.slice(article.start, article.end));
	return lines.map((line) => ({
		kind: line.kind,
		text: line.text.text,
		raw: [...line.text.offsets].map((offset) => text[offset]).join(''),
	}));
}

describe('an article made for reading', () => {
	it('has torn paragraphs in one line, each unit at its place in the file', () => {
		const text = '\n\n## 码头开放\n\n本报讯 昨日，运河码头开\r\n\r\n放，二百多人乘船出发。\n\n还会再添两条船。';
		expect(read(text).slice(1)).toEqual([
			{
				kind: 'paragraph',
				text: '本报讯 昨日，运河码头开放，二百多人乘船出发。',
				raw: '本报讯 昨日，运河码头开放，二百多人乘船出发。',
			},
			{ kind: 'paragraph', text: '还会再添两条船。', raw: '还会再添两条船。' },
		]);
	});

	it('goes on behind a picture that stands in the middle of a sentence', () => {
		const lines = read('## 码头开放\n\n本报讯 昨日，运河码头开\n\n图为首航现场。 周远/摄\n\n放，二百多人乘船出发。');
		expect(lines.map(({ kind }) => kind)).toEqual(['headline', 'paragraph', 'caption']);
		expect(lines[1]?.text).toBe('本报讯 昨日，运河码头开放，二百多人乘船出发。');
	});

	it('has letters and digits of double width folded one to one, blanks drawn together', () => {
		const [, body] = read('## 码头开放\n\n　　２０２４年，　　Ａ座　码头\u00a0\u00a0开放，５Ｇ\u200b信号覆盖。');
		expect(body?.text).toBe('2024年， A座 码头 开放，5G信号覆盖。');
		expect(body?.raw.length).toBe(body?.text.length);
	});

	it('has a line for each row of a table, its tabs kept', () => {
		const lines = read('## 各镇考评结果公布 齐头并进\n\n镇名\t得分\t名次\n乡镇组\t\t\n东坝\t９８.5\t1\n');
		expect(lines.map(({ text }) => text)).toEqual([
			'各镇考评结果公布 齐头并进',
			'镇名\t得分\t名次',
			expect.stringContaining('乡镇组'),
			'东坝\t98.5\t1',
		]);
	});
});
