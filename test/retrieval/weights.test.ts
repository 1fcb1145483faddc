import { describe, expect, it } from 'vitest';
import { FEATURES } from '../../src/retrieval/features.js';
import { logit, parseWeights, rankingWeights } from '../../src/retrieval/weights.js';

describe('the ranking weights', () => {
	it('are there for every feature, and no more count', () => {
		expect(rankingWeights().features).toHaveLength(FEATURES.length);
		expect(rankingWeights().features.every(Number.isFinite)).toBe(true);
	});

	it('are not complete with one missing', () => {
		const weights = Object.fromEntries(FEATURES.slice(1).map((name) => [name, 1]));
		const glance = { span: 1, answerable: 1 };
		expect(() => parseWeights(JSON.stringify({ origin: 'made up', weights, glance, folds: null }))).toThrow(
			FEATURES[0],
		);
	});

	it('weigh features', () => {
		expect(logit([2, -1], [1, 3])).toBe(-1);
	});

	it('prefer what holds the question together', () => {
		const plain = FEATURES.map(() => 0.5);
		const closer = FEATURES.map((name) => (name === 'sentence' || name === 'order' ? 1 : 0.5));
		expect(logit(rankingWeights().features, closer)).toBeGreaterThan(logit(rankingWeights().features, plain));
	});
});
