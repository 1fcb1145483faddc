import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Reader } from '../../src/reading/types.js';
import { close, glance, withGlances } from '../../src/retrieval/reread.js';

const plain = (text: string) => ({ headline: '', text });
const alike = Array.from({ length: 9 }, () => plain('云州区开会。'));

describe('articles that are close', () => {
	it('are those that the best is little ahead of, best first, six at most', () => {
		expect(close('开会', alike.slice(0, 4), [1, 2, 1.5, 0.5])).toEqual([1, 2, 0]);
		expect(close('开会', alike, [1, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.7, 1.8])).toEqual([8, 7, 6, 5, 4, 3]);
	});

	it('are none where one stands alone, or there is none', () => {
		expect(close('开会', alike.slice(0, 3), [5, 2, 1])).toEqual([]);
		expect(close('开会', [], [])).toEqual([]);
	});

	it('hold the day of the question where the best one does', () => {
		const days = ['7月24日，常委会开会。', '7月25日，常委会继续开会。', '24日开会，7月24日闭会。'].map(plain);
		expect(close('7月24日的常委会谁主持', days, [3, 2.9, 2.5])).toEqual([0, 2]);
		expect(close('7月24日的常委会谁主持', days, [2, 2.9, 2.5])).toEqual([1, 2, 0]);
	});
});

describe('a glance', () => {
	const reader = (score: number, seen: string[] = []): Reader => ({
		id: 'made up',
		read: async (_, text) => {
			seen.push(text);
			return { answerable: 0.5, spans: [{ start: 0, end: 1, score }], pieces: [] };
		},
	});

	it('reads one page, of the sentences that fit the question', async () => {
		const seen: string[] = [];
		const others = Array.from({ length: 40 }, (_, n) => `这里第${n}件事与问的事情毫无关系，只是为了凑成一篇长文。`);
		const text = [...others.slice(0, 30), '区图书馆藏书三十五万册，读者可以免费借阅。', ...others.slice(30)].join('');
		await glance('图书馆藏书多少册', { headline: '图书馆开放', text }, reader(3, seen));
		expect(seen).toHaveLength(1);
		expect(seen[0]).toContain('三十五万册');
		expect(seen[0]?.length).toBeLessThan(260);
	});

	it('says how sure the best span is, and nothing where none was found', async () => {
		expect(await glance('问', plain('答。'), reader(3))).toEqual({ span: 3, answerable: 0.5 });
		expect(await glance('问', plain('答。'), reader(-8))).toEqual({ span: 0, answerable: 0.5 });
		expect(await glance('问', plain('答。'), reader(40))).toEqual({ span: 12, answerable: 0.5 });
	});
});

describe('log-odds with glances', () => {
	const weights = { span: 0.2, answerable: 1 };
	const found = { span: 8, answerable: 1 };
	const nothing = { span: 0, answerable: 0 };

	it('let what was found in one pass by what was found in none', () => {
		const told = withGlances(
			[2, 1.5, 1],
			new Map([
				[0, nothing],
				[1, found],
			]),
			weights,
		);
		expect(told[1]).toBeGreaterThan(told[0] ?? 0);
		expect(told[0]).toBeGreaterThan(told[2] ?? 0);
	});

	it('change no order where nothing was read, or found', () => {
		expect(withGlances([3, 1], new Map(), weights)).toEqual([3, 1]);
		const same = withGlances(
			[3, 2.5],
			new Map([
				[0, nothing],
				[1, nothing],
			]),
			weights,
		);
		expect(same).toEqual([3, 2.5]);
	});

	it('keep the best as good, the read ahead of the others, and the others in their order', () => {
		const logit = fc.float({ min: -20, max: 20, noNaN: true });
		const seen = fc.record({
			span: fc.float({ min: 0, max: 12, noNaN: true }),
			answerable: fc.float({ min: 0, max: 1, noNaN: true }),
		});
		fc.assert(
			fc.property(fc.array(fc.tuple(logit, seen), { minLength: 1, maxLength: 12 }), fc.nat(11), (rows, count) => {
				const logits = rows.map(([value]) => value).sort((a, b) => b - a);
				const glances = new Map(rows.slice(0, count).map(([, one], n) => [n, one] as const));
				const told = withGlances(logits, glances, weights);
				expect(Math.max(...told)).toBeCloseTo(Math.max(...logits), 9);
				const read = told.slice(0, count);
				const rest = told.slice(count);
				if (read.length > 0 && rest.length > 0) expect(Math.min(...read)).toBeGreaterThan(Math.max(...rest));
				expect(rest).toEqual([...rest].sort((a, b) => b - a));
			}),
		);
	});
});
