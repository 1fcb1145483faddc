import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import wabt from 'wabt';
import { dotProductCode } from '../../src/store/dot-product.js';
import { highest } from '../../src/store/highest.js';
import { PackedMatrix } from '../../src/store/packed-matrix.js';
import { packedOf, packVector, scaleOf, unpackVector } from '../../src/store/packed-vector.js';

const STORE = join(import.meta.dirname, '../../src/store');

/** Normalised vectors of one length. */
const vectors = (dimension: number) =>
	fc
		.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: dimension, maxLength: dimension })
		.filter((values) => Math.hypot(...values) > 1e-3)
		.map((values) => Float32Array.from(values, (value) => value / Math.hypot(...values)));

const dot = (a: Float32Array, b: Float32Array): number => a.reduce((sum, value, n) => sum + value * (b[n] ?? 0), 0);

describe('a packed vector', () => {
	it('comes out as it went in, but for the rounding, and packed again is the same', () => {
		fc.assert(
			fc.property(vectors(20), (vector) => {
				const packed = packVector(vector);
				const back = unpackVector(packed);
				expect(dot(vector, back)).toBeCloseTo(1, 5);
				expect(packVector(back).subarray(0, 20)).toEqual(packed.subarray(0, 20));
				expect(packedOf(packed)).toBe(packed);
				expect(packedOf(new Uint8Array(vector.buffer))).toEqual(packed);
			}),
		);
	});

	it('is told from what nobody knows', () => {
		expect(packedOf(new Uint8Array(21))).toBeNull();
	});

	it('of nothing is nothing', () => {
		expect(scaleOf(packVector(new Float32Array(16)))).toBe(0);
	});
});

describe('the matrix', () => {
	it.each([1, 16, 50, 512])('gives the products of %d places, by row as all at once', (dimension) => {
		const one = fc.tuple(fc.array(vectors(dimension), { minLength: 1, maxLength: 6 }), vectors(dimension));
		fc.assert(
			fc.property(one, ([rows, asked]) => {
				const matrix = new PackedMatrix(rows.length, dimension);
				rows.forEach((row, n) => {
					matrix.set(n, packVector(row));
				});
				const products = matrix.products(asked, rows.length);
				rows.forEach((row, n) => {
					expect(Math.abs((products[n] ?? 0) - dot(unpackVector(packVector(row)), asked))).toBeLessThan(2e-3);
					expect(matrix.product(asked, n)).toBe(products[n]);
				});
			}),
			{ numRuns: 30 },
		);
	});

	it('runs the code that is written down', async () => {
		const name = 'dot-product.wat';
		const parsed = (await wabt()).parseWat(name, readFileSync(join(STORE, name), 'utf8'), { simd: true });
		expect(Buffer.from(parsed.toBinary({}).buffer).equals(dotProductCode())).toBe(true);
	});
});

describe('the highest scores', () => {
	it('are those that sorting all of them gives', () => {
		fc.assert(
			fc.property(fc.array(fc.integer({ min: 0, max: 9 })), fc.integer({ min: 1, max: 5 }), (values, limit) => {
				const scores = Float32Array.from(values);
				const sorted = [...scores.keys()].sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b);
				expect(highest(scores, limit)).toEqual(sorted.slice(0, limit));
				expect(highest(scores, limit, 0)).toEqual(sorted.filter((place) => (scores[place] ?? 0) > 0).slice(0, limit));
			}),
		);
	});
});
