import { describe, expect, it } from 'vitest';
import { proven } from '../../src/answering/prove.js';
import { fits, widen } from '../../src/answering/shapes.js';
import { parseWording } from '../../src/answering/wording.js';
import { UsageError } from '../../src/errors.js';

describe('shapes', () => {
	it('widen a span to the whole time or quantity', () => {
		const text = '会议于7月20日上午举行，共有150余幅作品，当天雨量50到70毫米。';
		const at = (word: string): readonly [number, number] => [text.indexOf(word), text.indexOf(word) + word.length];
		const day = widen('when', text, ...at('7月20'));
		expect(text.slice(day.start, day.end)).toBe('7月20日上午');
		const count = widen('howmany', text, ...at('150'));
		expect(text.slice(count.start, count.end)).toBe('150余幅');
		const range = widen('howmany', text, ...at('70毫米'));
		expect(text.slice(range.start, range.end)).toBe('50到70毫米');
	});

	it.each([
		['when', '1996年', '哪一年成立', true],
		['when', '5月', '哪一年成立', false],
		['when', '第166号', '哪天', false],
		['when', '日前', '公益日是哪几天', false],
		['when', '9月4日至6日', '公益日是哪几天', true],
		['howmany', '四十二家', '', true],
		['howmany', '很多', '', false],
		['howmany', 'Ⅲ级', '启动几级响应', true],
		['howmany', '77岁', '王大爷今年多大', true],
		['howmany', '40多年', '王大爷今年多大', false],
		['howmany', '300平方米', '展馆有多大', true],
		['what', '提高了图书馆的服务效率', '借书要钱吗', false],
		['what', '一律免费', '借书要钱吗', true],
		['where', '东湖纪念园', '哪个学校毕业', false],
		['where', '云州职教中心', '在哪个学校办', true],
		['where', '东湖公园', '在哪里', true],
	] as const)('%s %s %s %s', (kind, span, question, fit) => {
		expect(fits(kind, span, question)).toBe(fit);
	});
});

describe('the gate', () => {
	const citation = { file: 'a.txt', issueDate: null, headline: 'x', quote: '甲乙', start: 1, end: 3 };
	const source = async (file: string): Promise<string | null> => (file === 'a.txt' ? '。甲乙。' : null);

	it('lets through what the file says and nothing else', async () => {
		const answer = { status: 'answered' as const, items: [], citations: [citation] };
		expect(await proven(answer, source)).toBe(true);
		expect(await proven({ ...answer, citations: [{ ...citation, start: 0, end: 2 }] }, source)).toBe(false);
		expect(await proven({ ...answer, citations: [{ ...citation, file: 'b.txt' }] }, source)).toBe(false);
		expect(await proven({ ...answer, citations: [] }, source)).toBe(false);
	});
});

describe('wordings', () => {
	it('that are missing are named', () => {
		expect(() => parseWording('## who\nx')).toThrow(UsageError);
		expect(() => parseWording('## who\nx')).toThrow(/chair/u);
	});
});
