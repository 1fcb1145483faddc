import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { windows } from '../../src/reading/windows.js';
import { CLS, SEP, WordPiece } from '../../src/reading/wordpiece.js';

const wordPiece = new WordPiece([...'问什么时候捐款。甲乙丙丁']);
const tokens = (text: string) => wordPiece.tokens(text);
const cut = (text: string, size = 320, context = '') =>
	windows(tokens('什么时候？'), tokens(text), text, tokens(context), size);

describe('windows', () => {
	it('lays question, context and text out as in training', () => {
		const [window] = cut('甲乙。', 320, '捐款');
		expect(window?.ids).toEqual([
			CLS,
			...tokens('什么时候？').ids,
			SEP,
			...tokens('捐款').ids,
			SEP,
			...tokens('甲乙。').ids,
			SEP,
		]);
		expect(window).toMatchObject({ second: 7, first: 10, offset: 0 });
	});

	it('begins later windows at a sentence where one begins near', () => {
		const text = `${'甲'.repeat(39)}。`.repeat(20);
		const made = cut(text);
		expect(made.length).toBeGreaterThan(2);
		for (const window of made) expect(window.offset % 40).toBe(0);
	});

	it('reads what is little longer than a window as one', () => {
		expect(cut('甲乙丙丁。'.repeat(74))).toHaveLength(1);
		expect(cut('甲乙丙丁。'.repeat(76)).length).toBeGreaterThan(1);
	});

	it('keeps to the size, whatever the length of question, context and text', () => {
		fc.assert(
			fc.property(fc.nat(900), fc.nat(100), fc.nat(100), fc.integer({ min: 192, max: 512 }), (n, q, c, size) => {
				const text = '甲乙丙丁。'.repeat(n);
				const made = windows(tokens('问'.repeat(q)), tokens(text), text, tokens('捐'.repeat(c)), size);
				const most = made.length > 1 ? size : size + 64;
				for (const window of made) expect(window.ids.length).toBeLessThanOrEqual(most);
			}),
			{ numRuns: 40 },
		);
	});

	it('leaves no token out and lets neighbours share enough for an answer', () => {
		fc.assert(
			fc.property(fc.array(fc.constantFrom('甲', '乙乙乙', '丙。', '丁\n'), { maxLength: 900 }), (parts) => {
				const text = parts.join('');
				const made = cut(text, 200);
				let covered = 0;
				for (const [i, window] of made.entries()) {
					if (i > 0) expect(covered - window.offset).toBeGreaterThanOrEqual(60);
					covered = window.offset + window.ids.length - 1 - window.first;
				}
				expect(covered).toBe(tokens(text).ids.length);
			}),
			{ numRuns: 60 },
		);
	});
});
