import { describe, expect, it } from 'vitest';
import { parseIssue } from '../../src/newspaper/parse.js';
import type { Article } from '../../src/newspaper/types.js';

function parse(...lines: string[]) {
	const text = lines.join('\n\n');
	const issue = parseIssue({ file: 'a.txt', text, issueDate: '2024-09-28' });
	return { text, ...issue, headlines: issue.articles.map(({ headline }) => headline) };
}

/** Kinds of an article's parts with their first characters. */
function outline(text: string, article: Article | undefined): string[] {
	return (article?.parts ?? []).map(
		({ kind, continues, start, end }) =>
			`${kind}${continues ? '+' : ''} ${text.slice(start, Math.min(end, start + 6))}`,
	);
}

const HARBOUR = '本报讯（记者 周远）昨日上午，运河码头迎来首批游客，二百多人乘船出发。';
const MORE = '码头负责人说，船票已经订到下月底，还会再添两条船。';
const CANTEEN = '近日，东坝街道社区食堂开张，老人刷卡就能吃上热饭。';

describe('a headline in front of its report', () => {
	it.each([
		['marked', '## 运河码头迎来首批游客'],
		['marked otherwise', '# **运河码头迎来首批游客**'],
		['not marked', '运河码头迎来首批游客'],
		['between blanks', '　　运河码头迎来首批游客　'],
	])('%s', (_, headline) => {
		expect(parse(headline, HARBOUR, MORE, '## 社区食堂开张', CANTEEN).headlines).toEqual([
			'运河码头迎来首批游客',
			'社区食堂开张',
		]);
	});

	it('stands with kicker, subtitle and who took part; these are not in the headline', () => {
		const { text, articles } = parse(
			'聚焦民生实事 增进群众福祉',
			'运河码头迎来首批游客',
			'新船下月再添两条',
			'赵一鸣钱多多参加',
			HARBOUR,
		);
		expect(articles.map(({ headline }) => headline)).toEqual([
			'聚焦民生实事 增进群众福祉 运河码头迎来首批游客 新船下月再添两条',
		]);
		expect(outline(text, articles[0])).toEqual([
			'kicker 聚焦民生实事',
			'headline 运河码头迎来',
			'subtitle 新船下月再添',
			'attendance 赵一鸣钱多多',
			'paragraph 本报讯（记者',
		]);
		const { start, end } = articles[0]?.headlineRange ?? { start: 0, end: 0 };
		expect(text.slice(start, end)).toBe('运河码头迎来首批游客');
	});

	it('may have the people who took part in front of it', () => {
		const { text, articles } = parse(
			'## 社区食堂开张',
			CANTEEN,
			'赵一鸣钱多多参加',
			'## 运河码头迎来首批游客',
			'本报讯 昨日，运河码头迎来首批游客。区长赵一鸣、副区长钱多多参加。',
		);
		expect(outline(text, articles[1]).slice(0, 2)).toEqual(['attendance 赵一鸣钱多多', 'headline 运河码头迎来']);
	});

	it('is the lower one below the name of a column', () => {
		expect(parse('## 身边人', '### 一条船，一辈子守着运河', '船长赵一鸣：', HARBOUR).headlines).toEqual([
			'身边人 船长赵一鸣： 一条船，一辈子守着运河',
		]);
	});

	it('may be no more than the report’s first words', () => {
		const { headlines } = parse(
			'社区食堂开张',
			CANTEEN,
			'记者 周远8月10日上午',
			'记者 周远8月10日上午，运河码头开放。',
		);
		expect(headlines).toEqual(['社区食堂开张', '记者 周远8月10日上午']);
	});
});

describe('a headline behind its report', () => {
	it('takes the paragraphs that tell of it from the report before', () => {
		const { text, articles } = parse(
			'## 社区食堂开张',
			CANTEEN,
			'昨日，运河码头迎来首批游客，二百多人乘船出发。',
			MORE,
			'## 运河码头迎来首批游客',
			'赵一鸣钱多多参加',
			'## 夜市亮灯',
			'昨晚，通惠夜市亮灯，摊位有两百个。',
		);
		expect(articles.map(({ headline }) => headline)).toEqual(['社区食堂开张', '运河码头迎来首批游客', '夜市亮灯']);
		expect(outline(text, articles[1])).toEqual([
			'paragraph 昨日，运河码',
			'paragraph 码头负责人说',
			'headline 运河码头迎来',
			'attendance 赵一鸣钱多多',
		]);
	});
});

describe('inside a report', () => {
	it('headings of sections stay', () => {
		const { text, articles } = parse('## 社区食堂开张', CANTEEN, '一、怎么吃', MORE, '菜价不贵', '一荤一素十二元。');
		expect(articles).toHaveLength(1);
		expect(outline(text, articles[0]).filter((line) => line.startsWith('section'))).toEqual([
			'section 一、怎么吃',
			'section 菜价不贵',
		]);
	});

	it('a paragraph torn in mid-sentence goes on, however short the pieces', () => {
		const { text, articles } = parse(
			'## 运河码头迎来首批游客',
			HARBOUR,
			'会议要求，要认真做好节日期间的安',
			'全工作，守住底线。',
			'船票已经订到',
			'3月底。',
		);
		expect(articles).toHaveLength(1);
		expect(outline(text, articles[0]).slice(2)).toEqual([
			'paragraph 会议要求，要',
			'paragraph+ 全工作，守住',
			expect.stringContaining('船票已经订到'),
			expect.stringContaining('3月底。'),
		]);
	});

	it('captions and what websites add are set apart', () => {
		const { text, articles } = parse(
			'## 运河码头迎来首批游客',
			`来源：运河时报 | 2024年09月28日 11:04:45，正文：  ${HARBOUR}`,
			'图为首航现场。 记者 周远/摄',
			`${MORE}返回搜狐，查看更多责任编辑：`,
		);
		expect(outline(text, articles[0]).map((line) => line.split(' ')[0])).toEqual([
			'headline',
			'byline',
			'paragraph',
			'caption',
			'paragraph',
			'footer',
		]);
	});

	it('a table is a report of its own under its headline, group lines in it', () => {
		const { text, articles } = parse(
			'## 社区食堂开张',
			CANTEEN,
			'垃圾分类九月考评结果公布 各镇齐头并进',
			'镇名\t得分\t名次\n乡镇组\t\t\n东坝\t98.5\t1\n西坝\t97\t2',
			'整治前后',
		);
		expect(articles.map(({ headline }) => headline)).toEqual(['社区食堂开张', '垃圾分类九月考评结果公布 各镇齐头并进']);
		expect(outline(text, articles[1]).filter((line) => line.startsWith('table'))).toHaveLength(4);
	});
});

describe('what is no report', () => {
	it('the head and the foot of a page lie between the articles', () => {
		const { text, articles, gaps } = parse(
			'运河时报',
			'2024年9月28日 星期六',
			'## 社区食堂开张',
			CANTEEN,
			'本版编辑 周远 校对 吴凡',
			'(区城市管理委员会发布)第308期(周远)',
		);
		expect(articles.map(({ headline }) => headline)).toEqual(['社区食堂开张']);
		expect(gaps.filter(({ reason }) => reason === 'footer')).not.toEqual([]);
		expect(gaps.some(({ start, end }) => text.slice(start, end).includes('2024年9月28日'))).toBe(true);
	});

	it('a lecture’s number makes no footer of its headline', () => {
		expect(parse('## 社区食堂开张', CANTEEN, '第436期运河讲坛开讲绿色发展', HARBOUR).headlines).toEqual([
			'社区食堂开张',
			'第436期运河讲坛开讲绿色发展',
		]);
	});

	it('an empty or blank file', () => {
		expect(parse('').articles).toEqual([]);
		expect(parse('\uFEFF', '　', '\t').articles).toEqual([]);
	});
});

it('a report without any headline is called by its first clause', () => {
	expect(parse(HARBOUR, MORE).headlines).toEqual(['昨日上午，运河码头迎来首批游客，二百多人乘船出发']);
});

it('reads files with carriage returns as it reads those without', () => {
	const lines = ['## 社区食堂开张', CANTEEN, '运河码头迎来首批游客', HARBOUR];
	const issue = parseIssue({ file: 'a.txt', text: `\uFEFF${lines.join('\r\n\r\n')}\r\n`, issueDate: null });
	expect(issue.articles.map(({ headline }) => headline)).toEqual(['社区食堂开张', '运河码头迎来首批游客']);
});
