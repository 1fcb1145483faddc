import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { FEATURES } from './features.js';
import type { GlanceWeights } from './reread.js';

const schema = z.object({
	origin: z.string(),
	weights: z.record(z.string(), z.number()),
	glance: z.object({ span: z.number(), answerable: z.number() }),
	folds: z.unknown(),
});

/** What ranks articles; made by training/rank.mjs, which says on what. */
export interface RankingWeights {
	/** Of each feature, in the order of `FEATURES`. */
	readonly features: readonly number[];
	/** Of what the reader finds at a glance, beside the log-odds that the features give. */
	readonly glance: GlanceWeights;
}

let shared: RankingWeights | undefined;

/** The weights that come with the program. */
export function rankingWeights(): RankingWeights {
	shared ??= parseWeights(readFileSync(new URL('../../models/ranking.json', import.meta.url), 'utf8'));
	return shared;
}

/** Reads the file of weights. A feature without one would be left out in silence: that is an error. */
export function parseWeights(json: string): RankingWeights {
	const { weights, glance } = schema.parse(JSON.parse(json));
	const features = FEATURES.map((name) => {
		const weight = weights[name];
		if (weight === undefined) throw new RangeError(`models/ranking.json has no weight for ${name}`);
		return weight;
	});
	return { features, glance };
}

/** The log-odds of being the right one, up to a constant that all candidates of a question share. */
export function logit(weights: readonly number[], features: readonly number[]): number {
	return weights.reduce((sum, weight, n) => sum + weight * (features[n] ?? 0), 0);
}
