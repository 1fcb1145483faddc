import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UNKNOWN, WordPiece } from '../../src/reading/wordpiece.js';

// A vocabulary as a BERT has it: the line is the id.
const words = ['捐', '款', '。', '“', '2023', '1360', '##00', 'abc', 'a', '##b', '##c', '##1', '1', '$', 'b'];
const wordPiece = new WordPiece(words);
const named = (text: string): string[] =>
	wordPiece.tokens(text).ids.map((id) => (id === UNKNOWN ? '?' : (words[id] ?? '!')));

describe('WordPiece', () => {
	it('makes a token of every Han character and mark', () => {
		expect(named('捐款。')).toEqual(['捐', '款', '。']);
		expect(named('a$b')).toEqual(['a', '$', 'b']);
	});

	it('cuts numbers and Latin words into the longest pieces and ignores case', () => {
		expect(named('136000')).toEqual(['1360', '##00']);
		expect(named('ABC ab')).toEqual(['abc', 'a', '##b']);
	});

	it('knows no word of which one part is missing, and no endless one', () => {
		expect(named('abz')).toEqual(['?']);
		expect(named('a'.repeat(101))).toEqual(['?']);
	});

	it('keeps offsets where a word stands beside Han characters and outside the basic plane', () => {
		const { starts, ends } = wordPiece.tokens(' 捐136000𠀀款');
		expect([...starts]).toEqual([1, 2, 6, 8, 10]);
		expect([...ends]).toEqual([2, 6, 8, 10, 11]);
	});

	const text = fc.string({
		unit: fc.oneof(
			fc.constantFrom('捐', '款', '。', '“', '1', '0', 'a', 'B', 'c', ' ', '\n', '　', '𠀀', '😀', 'İ', '\ud800', '$'),
			fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
		),
	});

	it('gives offsets that rise, stay in the text and do not overlap', () => {
		fc.assert(
			fc.property(text, (given) => {
				const { ids, starts, ends } = wordPiece.tokens(given);
				expect(starts.length).toBe(ids.length);
				expect(ends.length).toBe(ids.length);
				let before = 0;
				for (let i = 0; i < ids.length; i++) {
					expect(starts[i]).toBeGreaterThanOrEqual(before);
					expect(ends[i]).toBeGreaterThan(starts[i] as number);
					before = ends[i] as number;
				}
				expect(before).toBeLessThanOrEqual(given.length);
			}),
		);
	});

	it('covers everything but blanks and control characters', () => {
		fc.assert(
			fc.property(text, (given) => {
				const { starts, ends } = wordPiece.tokens(given);
				let left = '';
				let at = 0;
				for (let i = 0; i < starts.length; i++) {
					left += given.slice(at, starts[i]);
					at = ends[i] as number;
				}
				expect(left + given.slice(at)).toMatch(/^[\p{Z}\p{C}]*$/u);
			}),
		);
	});
});
