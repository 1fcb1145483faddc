import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fileRange, joinMapped, mapPiece, sliceMapped } from '../../src/text/mapped.js';

describe('mapped text', () => {
	it('keeps the file offset of every unit through joining and cutting', () => {
		fc.assert(
			fc.property(fc.string({ minLength: 2, maxLength: 60 }), fc.nat(60), fc.nat(60), (file, a, b) => {
				const cut = Math.min(a, file.length);
				const joined = joinMapped([mapPiece(file.slice(0, cut), 0), mapPiece(file.slice(cut), cut)]);
				expect(joined.text).toBe(file);
				const from = Math.min(a, b, file.length);
				const to = Math.min(Math.max(a, b), file.length);
				const range = fileRange(joined, from, to);
				expect(file.slice(range.start, range.end)).toBe(file.slice(from, to));
				expect(sliceMapped(joined, from, to).text).toBe(file.slice(from, to));
			}),
		);
	});

	it('gives the glue between pieces the place of the unit before it', () => {
		const joined = joinMapped([mapPiece('ab', 10), mapPiece('cd', 20)], '\n');
		expect(joined.text).toBe('ab\ncd');
		expect([...joined.offsets]).toEqual([10, 11, 11, 20, 21]);
		expect(fileRange(joined, 1, 4)).toEqual({ start: 11, end: 21 });
	});
});
