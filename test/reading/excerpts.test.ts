import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { excerptsFor } from '../../src/reading/excerpts.js';

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
