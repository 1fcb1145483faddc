import { describe, expect, it } from 'vitest';
import { askedOf, share } from '../../src/retrieval/asked.js';
import { FEATURES, featuresOf, type Scored } from '../../src/retrieval/features.js';

const even = (): number => 1;

/** One feature of an article for a question. */
function feature(name: (typeof FEATURES)[number], question: string, texts: readonly string[], headline = ''): number {
	const passages: Scored[] = texts.map((text) => ({ text, keyword: 1, cosine: 0.5 }));
	const values = featuresOf(askedOf(question, even), headline, passages, 1);
	return values[FEATURES.indexOf(name)] ?? Number.NaN;
}

describe('what a question asks for', () => {
	it('leaves out the words that only ask', () => {
		const { grams, words } = askedOf('防汛会议什么时候召开？', even);
		expect(grams.parts.map(([part]) => part)).toEqual(expect.arrayContaining(['防汛', '会议', '召开']));
		expect(grams.parts.some(([part]) => /[什么候]/u.test(part))).toBe(false);
		expect(words.parts.map(([part]) => part)).toContain('防汛');
	});

	it('weighs what is rare more', () => {
		const { words } = askedOf('东海银行会议', (term) => (term === 'w东海' ? 3 : 1));
		expect(share(words, '东海')).toBeGreaterThan(share(words, '会议'));
	});

	it('knows the unit of an amount, in any width', () => {
		const { amount } = askedOf('投放了多少枚探空仪？', even);
		expect(amount?.test('共投放53枚')).toBe(true);
		expect(amount?.test('共投放53个')).toBe(false);
		expect(askedOf('谁主持会议？', even).amount).toBeNull();
	});

	it('takes nothing, marks alone and ten thousand characters', () => {
		for (const question of ['', '？！', '防汛'.repeat(5_000), '(多少[。', '\\几*'])
			expect(askedOf(question, even).grams.parts.length).toBeLessThanOrEqual(120);
	});
});

describe('the features of an article', () => {
	it('are as many as there are names, and finite, whatever is asked', () => {
		for (const question of ['', '谁？', '投放了多少枚探空仪？', '《云州日报》说了什么？']) {
			const values = featuresOf(askedOf(question, even), '', [], 0);
			expect(values).toHaveLength(FEATURES.length);
			expect(values.every(Number.isFinite)).toBe(true);
		}
	});

	it('tell words that stand together from words all over the report', () => {
		const together = feature('sentence', '东海银行捐赠图书多少册？', ['东海银行捐赠图书。天气晴。']);
		const apart = feature('sentence', '东海银行捐赠图书多少册？', ['东海银行开业。学校捐赠。图书馆开放。']);
		expect(together).toBeGreaterThan(apart);
	});

	it('tell the order of the question from another', () => {
		const same = feature('order', '乌云击败白云的比分', ['乌云击败白云']);
		expect(same).toBeGreaterThan(feature('order', '乌云击败白云的比分', ['白云击败乌云']));
	});

	it('look for a number with the unit in the best sentence', () => {
		expect(feature('amount', '图书捐赠多少册？', ['图书捐赠300册。'])).toBe(1);
		expect(feature('amount', '图书捐赠多少册？', ['图书捐赠仪式。'])).toBe(0);
	});

	it('look into headline and lead', () => {
		expect(feature('lead', '防汛会议谁主持？', ['其他'])).toBe(0);
		expect(feature('lead', '防汛会议谁主持？', ['其他'], '防汛会议召开')).toBeGreaterThan(0);
	});
});
