import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InOrder } from '../../src/retrieval/in-order.js';

/** The textbook's table. */
function longest(a: readonly string[], b: string): number {
	let before = new Array<number>(b.length + 1).fill(0);
	for (const character of a) {
		const now = [0];
		for (let i = 0; i < b.length; i++)
			now.push(b[i] === character ? (before[i] ?? 0) + 1 : Math.max(now[i] ?? 0, before[i + 1] ?? 0));
		before = now;
	}
	return before.at(-1) ?? 0;
}

describe('what stands in order', () => {
	it('is the longest common subsequence, for questions of any length', () => {
		const letters = fc.string({ unit: fc.constantFrom(...'甲乙丙丁ab𠀀'), maxLength: 130 });
		fc.assert(
			fc.property(letters, letters, (question, text) => {
				const characters = [...question];
				const wanted = characters.length === 0 ? 0 : longest(characters, text) / characters.length;
				expect(new InOrder(characters).share(text)).toBe(wanted);
			}),
			{ numRuns: 500 },
		);
	});
});
