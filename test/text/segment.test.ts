import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold } from '../../src/text/fold.js';
import { segment } from '../../src/text/segment.js';

describe('fold', () => {
	it('makes full-width letters and digits half-width and small', () => {
		expect(fold('ＡＢＣ１２３　Ｄef')).toBe('abc123 def');
	});

	it('keeps the length, so that places in the folded text are places in the text', () => {
		fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => fold(text).length === text.length));
	});

	it('changes nothing the second time', () => {
		fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => fold(fold(text)) === fold(text)));
	});
});

describe('segment', () => {
	it('gives words and pairs of neighbouring characters', () => {
		const { words, grams } = segment('北京银行董事长');
		expect(words).toContain('董事长');
		expect(grams).toEqual(['北京', '京银', '银行', '行董', '董事', '事长']);
	});

	it('keeps numbers and Latin words whole, in either width', () => {
		expect(segment('ＧＤＰ增长5.2％').grams).toEqual(segment('gdp增长5.2%').grams);
		expect(segment('GDP增长5.2%').grams).toEqual(['gdp', '增长', '5.2']);
	});

	it('drops what stands in every question', () => {
		const { words, grams } = segment('什么是的了？');
		expect(words).toEqual([]);
		expect(grams).toEqual([]);
	});

	it('pairs nothing across punctuation', () => {
		expect(segment('通州，区长').grams).toEqual(['通州', '区长']);
	});
});
