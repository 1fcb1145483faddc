import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fuse } from '../../src/retrieval/fuse.js';
import type { VectorScores } from '../../src/retrieval/vector.js';
import { highest } from '../../src/store/highest.js';

function vectorsOf(cosines: readonly (number | null)[]): VectorScores {
	const nearest = cosines
		.flatMap((score, passage) => (score === null ? [] : [{ passage, score }]))
		.sort((a, b) => b.score - a.score);
	return { nearest, of: (passage) => cosines[passage] ?? null };
}

const scores = fc.array(
	fc.record({
		keyword: fc.float({ min: 0, max: 50, noNaN: true }),
		cosine: fc.float({ min: -1, max: 1, noNaN: true }),
	}),
	{
		maxLength: 40,
	},
);

describe('fuse', () => {
	it('is the keyword ranking where there are no vectors', () => {
		fc.assert(
			fc.property(scores, (rows) => {
				const keyword = Float32Array.from(rows, (row) => row.keyword);
				expect(fuse(keyword, null, 100).map(({ passage }) => passage)).toEqual(highest(keyword, 100, 0));
			}),
		);
	});

	it('ranks what both legs prefer above what neither does', () => {
		const ranked = fuse(Float32Array.of(1, 9, 5), vectorsOf([0.1, 0.8, 0.4]), 10);
		expect(ranked.map(({ passage }) => passage)).toEqual([1, 2, 0]);
	});

	it('gives every candidate the scores of both legs, whichever leg brought it', () => {
		const ranked = fuse(Float32Array.of(8, 0), vectorsOf([0.2, 0.9]), 10);
		expect(ranked.find(({ passage }) => passage === 0)?.scores.vector).toBe(0.2);
		expect(ranked.find(({ passage }) => passage === 1)?.scores).toEqual({ keyword: 0, vector: 0.9 });
	});

	it('breaks ties by the order of file and place', () => {
		const ranked = fuse(Float32Array.of(3, 3, 3), vectorsOf([0.5, 0.5, 0.5]), 10);
		expect(ranked.map(({ passage }) => passage)).toEqual([0, 1, 2]);
	});

	it('finds by vectors alone what shares no term with the question', () => {
		expect(fuse(new Float32Array(2), vectorsOf([0.3, 0.6]), 10)[0]?.passage).toBe(1);
	});

	it('gives nothing for nothing', () => {
		expect(fuse(new Float32Array(3), null, 10)).toEqual([]);
	});
});
