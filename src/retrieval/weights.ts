import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { FEATURES } from './features.js';

const schema = z.object({
	origin: z.string(),
	weights: z.record(z.string(), z.number()),
	folds: z.unknown(),
});

let shared: readonly number[] | undefined;

/** What each feature weighs, in the order of `FEATURES`; made by training/rank.mjs, which says on what. */
export function rankingWeights(): readonly number[] {
	shared ??= parseWeights(readFileSync(new URL('../../models/ranking.json', import.meta.url), 'utf8'));
	return shared;
}

/** Reads the file of weights. A feature without one would be left out in silence: that is an error. */
export function parseWeights(json: string): readonly number[] {
	const { weights } = schema.parse(JSON.parse(json));
	return FEATURES.map((name) => {
		const weight = weights[name];
		if (weight === undefined) throw new RangeError(`models/ranking.json has no weight for ${name}`);
		return weight;
	});
}

/** The log-odds of being the right one, up to a constant that all candidates of a question share. */
export function logit(weights: readonly number[], features: readonly number[]): number {
	return weights.reduce((sum, weight, n) => sum + weight * (features[n] ?? 0), 0);
}
