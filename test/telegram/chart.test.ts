import { afterEach, expect, test } from 'vitest';
import type { Store } from '../../src/store/store.js';
import type { StoredArticle } from '../../src/store/types.js';
import { changeOf } from '../../src/telegram/chart/change.js';
import { svgOf } from '../../src/telegram/chart/draw.js';
import { answerOf, fakeApp } from './support/fake-app.js';
import { type Running, startBot, until } from './support/harness.js';

let bot: Running | undefined;
afterEach(() => bot?.end());

const LINES = ['通源\t36.4\t90.45\t1', '文景\t37.2\t90.39\t2', '玉桥\t36.2\t87.9\t3'];

/** The store with a table in its first article. */
async function withTable(store: Store): Promise<Store> {
	const plain = await store.article(0);
	const at = (text: string): { start: number; end: number } => {
		const start = plain.source.indexOf(text);
		return { start, end: start + text.length };
	};
	const cells = (line: string) => line.split('\t').map((text) => ({ text, ...at(line) }));
	const table = {
		title: '考评',
		header: cells('属地\t专项治理\t总分\t综合排名'),
		rows: LINES.map((line) => ({ group: '街道组', cells: cells(line), line: at(line) })),
	};
	const article: StoredArticle = { ...plain, facts: { ...plain.facts, tables: [table] } };
	store.article = async () => article;
	store.articleAt = async () => article;
	return store;
}

test('an answer from a table comes with a chart as a PNG, beside the text', async () => {
	const text = `属地\t专项治理\t总分\t综合排名\n${LINES.join('\n')}`;
	const fake = fakeApp([{ file: 'a.txt', date: '2024-01-01', articles: [{ headline: '考评', text }] }]);
	const snapshot = await withTable(fake.snapshot);
	Object.defineProperty(fake, 'snapshot', { get: () => snapshot });
	const quote = LINES[2] ?? '';
	const { source, file, headline } = await snapshot.article(0);
	const start = source.indexOf(quote);
	fake.answers = (question) =>
		answerOf(question, {
			...{ kind: 'table', answer: '玉桥的总分是87.9。' },
			citations: [{ file, headline, issueDate: null, quote, start, end: start + quote.length }],
		});
	bot = await startBot({ fake });
	const { api } = bot;
	api.message(11, '玉桥的总分是多少？');
	const photo = await until(() => api.of('sendPhoto', 11)[0]);
	expect(photo.files[0]?.subarray(1, 4).toString()).toBe('PNG');
	expect(photo.files[0]?.length).toBeGreaterThan(5000);
	expect(photo.payload['caption']).toBe('考评　街道组　总分');
	expect(api.texts(11)[0]).toContain('87.9');
});

test('bars begin at zero, the asked one stands out, and nothing printed can be taken for markup', () => {
	const bars = [
		{ label: '<script>', value: 10, printed: '10', isAsked: true },
		{ label: '乙', value: 5, printed: '5', isAsked: false },
	];
	const svg = svgOf({ title: 'a&b', measure: '总分', bars });
	const widths = [...svg.matchAll(/width="([\d.]+)" height="24"/gu)].map((match) => Number(match[1]));
	expect(widths[0]).toBeCloseTo((widths[1] ?? 0) * 2, 1);
	expect(svg.match(/#c8402a/gu)).toHaveLength(1);
	expect(svg).not.toMatch(/<script>|a&b/u);
});

test.each([
	['全区污水处理率由88%提高到97%。', '97%', '全区污水处理率', ['原来 88%', '后来 97%']],
	['今年，便民菜店从去年的12个增至今年的15个，方便居民。', '15个', '便民菜店', ['去年 12个', '今年 15个']],
])('figures that a sentence compares are drawn: %s', (quote, answer, measure, bars) => {
	const citation = { file: 'a.txt', issueDate: null, headline: '题', quote, start: 0, end: quote.length };
	const figure = changeOf(answerOf('问', { answer, citations: [citation] }));
	expect(figure?.measure).toBe(measure);
	expect(figure?.bars.map((bar) => `${bar.label} ${bar.printed}`)).toEqual(bars);
	expect(figure?.bars.map((bar) => bar.isAsked)).toEqual([false, true]);
});

test.each([
	['全区污水处理率由88%提高到97公里。', '97'],
	['全区污水处理率由88%提高到97%。', '9'],
	['从1日到7日共有97人参加。', '97人'],
])('and nothing else is: %s', (quote, answer) => {
	const citation = { file: 'a.txt', issueDate: null, headline: '题', quote, start: 0, end: quote.length };
	expect(changeOf(answerOf('问', { answer, citations: [citation] }))).toBeNull();
});
