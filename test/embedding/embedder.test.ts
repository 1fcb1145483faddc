import { describe, expect, it } from 'vitest';
import { readSettings } from '../../src/config.js';
import { MODEL_ID, MODEL_NAME } from '../../src/embedding/model.js';
import { openEmbedder } from '../../src/embedding/open.js';
import { verifyModel } from '../../src/embedding/verify.js';

const { modelDir } = readSettings({});
const there = verifyModel(`${modelDir}/${MODEL_NAME}`).state === 'ready';

function cosine(a: Float32Array, b: Float32Array): number {
	return a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
}

describe.runIf(there)('the model (skipped where it is not in the cache: wenqu model pull)', () => {
	it('gives vectors of length one that know what belongs together', async () => {
		const embedder = await openEmbedder({ modelDir, offline: true });
		expect(embedder).toMatchObject({ id: MODEL_ID, dimension: 512 });
		const question = await embedder.embedQuestion('谁参加了银行的座谈会？');
		const right = await embedder.embedPassage('区委书记主持座谈会，银行董事长参加。');
		const wrong = await embedder.embedPassage('今年夏粮亩产比去年高一成。');
		for (const vector of [question, right, wrong]) {
			expect(vector).toHaveLength(512);
			expect(cosine(vector, vector)).toBeCloseTo(1, 5);
		}
		expect(cosine(question, right)).toBeGreaterThan(cosine(question, wrong) + 0.1);
	});

	it('gives the same vector for the same text, and takes a text of any length', async () => {
		const embedder = await openEmbedder({ modelDir, offline: true });
		expect(await embedder.embedPassage('通州')).toEqual(await embedder.embedPassage('通州'));
		expect(await embedder.embedPassage('通州区'.repeat(4_000))).toHaveLength(512);
		expect(await embedder.embedPassage('')).toHaveLength(512);
		// Questions carry the prefix, passages do not.
		expect(await embedder.embedQuestion('通州')).not.toEqual(await embedder.embedPassage('通州'));
	});
});
