import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { overlap } from '../../src/text/overlap.js';

describe('overlap', () => {
	it('is a share', () => {
		fc.assert(fc.property(fc.string(), fc.string(), (a, b) => overlap(a, b) >= 0 && overlap(a, b) <= 1));
		expect(overlap('图书馆', '云州区图书馆')).toBe(1);
	});
});
