import { join } from 'node:path';
import { ModelError } from '../errors.js';
import { MODEL_NAME } from './model.js';
import { PooledEmbedder } from './pooled-embedder.js';
import { type PullOptions, pullModel } from './pull.js';
import { recentFailure } from './recent-failure.js';
import type { Embedder } from './types.js';
import { verifyModel } from './verify.js';

export interface OpenEmbedderOptions extends PullOptions {
	/** Nothing is downloaded. */
	readonly offline: boolean;
}

/**
 * Opens the embedding model: found in the model folder, or fetched into it. Its checksums are compared before every
 * load; a damaged model is fetched again, but not within minutes of a try that failed. Throws a ModelError of one line when there is no model to be had.
 */
export async function openEmbedder(options: OpenEmbedderOptions): Promise<Embedder> {
	const folder = join(options.modelDir, MODEL_NAME);
	const found = verifyModel(folder);
	if (found.state !== 'ready') {
		if (options.offline) {
			const what = found.state === 'damaged' ? `已损坏（${found.fault}）` : '还没有下载';
			throw new ModelError(`模型 ${MODEL_NAME} ${what}，而设置了不联网（WENQU_OFFLINE）。`);
		}
		const failure = recentFailure(options.modelDir, options.hubEndpoint ?? null);
		if (failure) throw new ModelError(`${failure}十分钟内不再试；wenqu model pull 马上再试。`);
		await pullModel(options);
	}
	return PooledEmbedder.load(folder);
}
