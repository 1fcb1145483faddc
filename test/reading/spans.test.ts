import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bestSpans, pieces, type Scores } from '../../src/reading/spans.js';
import { WordPiece } from '../../src/reading/wordpiece.js';

const wordPiece = new WordPiece([]);

/** Scores that are low everywhere but at the named tokens. */
function scores(length: number, high: { start?: number[]; end?: number[]; inside?: number[] }, offset = 0): Scores {
	const column = (at: number[] = []) => Float32Array.from({ length }, (_, i) => (at.includes(i) ? 5 : -5));
	return {
		offset,
		start: column(high.start),
		end: column(high.end),
		inside: column(high.inside),
		together: () => 0,
		none: 2,
		here: 0,
	};
}
const words = (text: string, spans: readonly { start: number; end: number }[]) =>
	spans.map((s) => text.slice(s.start, s.end));

describe('bestSpans', () => {
	const text = '会上，“甲乙”捐款三万元。丙丁致辞。';
	const tokens = wordPiece.tokens(text);

	it('takes the best start and end, scored against no answer', () => {
		const [span] = bestSpans([scores(12, { start: [9], end: [11] })], tokens, text, 3, 60);
		expect(text.slice(span?.start, span?.end)).toBe('三万元');
		expect(span?.score).toBe(8);
	});

	it('takes the end that goes with the start, where two are as good', () => {
		const window = {
			...scores(13, { start: [2, 9], end: [6, 11] }),
			together: (from: number, to: number) => to - from,
		};
		const [span] = bestSpans([window], tokens, text, 3, 60);
		expect(text.slice(span?.start, span?.end)).toBe('“甲乙”捐款三万元');
		expect(span?.score).toBe(17);
	});

	it('takes marks off the edges, but no quotation marks', () => {
		expect(words(text, bestSpans([scores(13, { start: [2], end: [6] })], tokens, text, 1, 60))).toEqual(['“甲乙”']);
	});

	it('joins windows and drops what overlaps a better span', () => {
		const first = scores(13, { start: [9], end: [11] });
		const second = scores(9, { start: [0, 5], end: [2] }, 9);
		const found = words(text, bestSpans([first, second], tokens, text, 2, 60));
		expect(found[0]).toBe('三万元');
		expect(found).toHaveLength(2);
	});

	it('never gives a span longer than asked, outside the text, or over another', () => {
		const score = fc.float({ min: -9, max: 9, noNaN: true });
		const n = tokens.ids.length;
		const row = fc.array(score, { minLength: n, maxLength: n });
		fc.assert(
			fc.property(row, row, fc.integer({ min: 1, max: 20 }), (start, end, longest) => {
				const window = { ...scores(n, {}), start: Float32Array.from(start), end: Float32Array.from(end) };
				const found = bestSpans([window], tokens, text, 4, longest);
				for (const [i, span] of found.entries()) {
					expect(span.end - span.start).toBeLessThanOrEqual(longest);
					expect(span.start).toBeGreaterThanOrEqual(0);
					expect(span.end).toBeLessThanOrEqual(text.length);
					for (const other of found.slice(0, i)) {
						expect(span.start >= other.end || span.end <= other.start).toBe(true);
						expect(other.score).toBeGreaterThanOrEqual(span.score);
					}
				}
			}),
		);
	});
});

describe('pieces', () => {
	const text = '甲、乙、丙参加。';
	const tokens = wordPiece.tokens(text);

	it('gives every run of inside tokens in text order, also the last', () => {
		const found = pieces(scores(8, { inside: [0, 2, 4, 5, 7] }), tokens, text, 0, 60);
		expect(words(text, found)).toEqual(['甲', '乙', '丙参']);
	});

	it('reads the offset of a later window', () => {
		expect(words(text, pieces(scores(4, { inside: [0] }, 4), tokens, text, 0, 60))).toEqual(['丙']);
	});
});
