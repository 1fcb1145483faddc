import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { appendList, packPostings, unpackPostings } from '../../src/store/postings.js';

const posting = fc.record({
	step: fc.integer({ min: 1, max: 5_000_000 }),
	body: fc.integer({ min: 0, max: 500 }),
	headline: fc.integer({ min: 0, max: 3 }),
});
const list = fc.array(posting, { minLength: 1, maxLength: 60 }).map((steps) => {
	let passage = 0;
	return steps.map(({ step, body, headline }) => {
		passage += step;
		return { passage, body, headline };
	});
});

describe('packed postings', () => {
	it('come out as they went in', () => {
		fc.assert(
			fc.property(list, (postings) => {
				expect(unpackPostings(packPostings(postings))).toEqual(postings);
			}),
		);
	});

	it('may be packed in two pieces whose second counts from the first one’s end', () => {
		fc.assert(
			fc.property(list, fc.nat(), (postings, at) => {
				const cut = 1 + (at % postings.length);
				const [front, back] = [postings.slice(0, cut), postings.slice(cut)];
				if (back.length === 0) return;
				const before = { last: front.at(-1)?.passage ?? 0, list: packPostings(front) };
				const joined = appendList(before, packPostings(back));
				expect(unpackPostings(joined)).toEqual(postings);
			}),
		);
	});

	it('count a headline’s repetitions up to three', () => {
		expect(unpackPostings(packPostings([{ passage: 5, body: 2, headline: 9 }]))).toEqual([
			{ passage: 5, body: 2, headline: 3 },
		]);
	});
});
