import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sentencesOf } from '../../src/text/sentences.js';

describe('sentences', () => {
	it('keep the closing quote', () => {
		const text = '他说：“好。”大家鼓掌！走了';
		expect(sentencesOf(text).map(({ start, end }) => text.slice(start, end))).toEqual([
			'他说：“好。”',
			'大家鼓掌！',
			'走了',
		]);
	});

	it('cover everything but blanks, in order', () => {
		fc.assert(
			fc.property(fc.string({ unit: fc.constantFrom(...'甲乙。！？”\n ，') }), (text) => {
				let at = 0;
				for (const { start, end } of sentencesOf(text)) {
					expect(text.slice(at, start).trim()).toBe('');
					expect(end).toBeGreaterThan(start);
					at = end;
				}
				expect(text.slice(at).trim()).toBe('');
			}),
		);
	});
});
