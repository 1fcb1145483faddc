import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { excerptsFor } from '../../src/answering/excerpts.js';
import { overlap } from '../../src/answering/overlap.js';
import { proven } from '../../src/answering/prove.js';
import { fits, widen } from '../../src/answering/shapes.js';
import { parseWording } from '../../src/answering/wording.js';
import { UsageError } from '../../src/errors.js';

describe('excerpts', () => {
	it('are at most as many as asked for, in order, and hold the sentence that fits', () => {
		const text = Array.from({ length: 40 }, (_, n) =>
			n === 31 ? '图书馆藏书三十五万册。' : `这是与此无关的第${n}句话，说的是别的事情。`,
		).join('');
		const excerpts = excerptsFor('图书馆藏书', '', text, 2);
		expect(excerpts.length).toBeLessThanOrEqual(2);
		expect(excerpts.some(({ start, end }) => text.slice(start, end).includes('三十五万册'))).toBe(true);
	});

	it('are chosen by what the headline does not say already', () => {
		const about = '云州象棋赛的云州象棋赛场上，象棋高手云集云州，象棋迷围着看云州象棋赛。';
		const text = `${about}${about}比赛由市棋院主办，办得热闹，来看的人挤满了院子，好不容易才坐下。`;
		const read = (headline: string): string =>
			excerptsFor('象棋赛 主办', headline, text, 60)
				.map(({ start, end }) => text.slice(start, end))
				.join('');
		expect(read('云州象棋赛落幕')).toContain('市棋院主办');
		expect(read('')).not.toContain('市棋院主办');
	});

	it('never leave the text', () => {
		fc.assert(
			fc.property(
				fc.string({ unit: fc.constantFrom(...'甲乙。\n ') }),
				fc.integer({ min: 1, max: 5 }),
				(text, most) => {
					let at = 0;
					for (const { start, end } of excerptsFor('甲乙', '', text, most)) {
						expect(start).toBeGreaterThanOrEqual(at);
						expect(end).toBeGreaterThan(start);
						expect(end).toBeLessThanOrEqual(text.length);
						at = end;
					}
				},
			),
		);
	});
});

describe('shapes', () => {
	it('widen a span to the whole time or quantity', () => {
		const text = '会议于7月20日上午举行，共有150余幅作品。';
		const at = (word: string): readonly [number, number] => [text.indexOf(word), text.indexOf(word) + word.length];
		const day = widen('when', text, ...at('7月20'));
		expect(text.slice(day.start, day.end)).toBe('7月20日上午');
		const count = widen('howmany', text, ...at('150'));
		expect(text.slice(count.start, count.end)).toBe('150余幅');
	});

	it.each([
		['when', '1996年', '哪一年成立', true],
		['when', '5月', '哪一年成立', false],
		['when', '第166号', '哪天', false],
		['howmany', '四十二家', '', true],
		['howmany', '很多', '', false],
		['howmany', '77岁', '王大爷今年多大', true],
		['howmany', '40多年', '王大爷今年多大', false],
		['howmany', '300平方米', '展馆有多大', true],
		['where', '东湖纪念园', '哪个学校毕业', false],
		['where', '云州职教中心', '在哪个学校办', true],
		['where', '东湖公园', '在哪里', true],
	] as const)('%s %s %s %s', (kind, span, question, fit) => {
		expect(fits(kind, span, question)).toBe(fit);
	});
});

describe('overlap', () => {
	it('is a share', () => {
		fc.assert(fc.property(fc.string(), fc.string(), (a, b) => overlap(a, b) >= 0 && overlap(a, b) <= 1));
		expect(overlap('图书馆', '云州区图书馆')).toBe(1);
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
