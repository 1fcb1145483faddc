import { join, resolve } from 'node:path';
import { ModelError, UsageError } from '../errors.js';
import { MODEL_NAME, WEIGHTS } from './model.js';
import { type PulledModel, type PullOptions, pullModel as pull } from './pull.js';
import { modelSources } from './sources.js';
import { verifyModel } from './verify.js';

/** What `wenqu model list` says of a model. */
export interface ModelDescription {
	readonly name: string;
	readonly path: string;
	/** Of the weights. */
	readonly sha256: string;
	readonly sources: readonly string[];
	/** There, and as it should be. */
	readonly present: boolean;
	/** What is wrong with one that is there but damaged. */
	readonly fault: string | null;
}

/** The models wenqu knows, and how they stand on this machine. */
export async function describeModels(modelDir: string, hubEndpoint: string | null = null): Promise<ModelDescription[]> {
	const path = resolve(modelDir, MODEL_NAME);
	const found = verifyModel(path);
	const sources = modelSources(hubEndpoint).map(({ name }) => name);
	const fault = found.state === 'damaged' ? found.fault : null;
	return [{ name: MODEL_NAME, path, sha256: WEIGHTS.sha256, sources, present: found.state === 'ready', fault }];
}

/** Fetches a model by its name; without one the only one there is. */
export async function pullModel(
	options: PullOptions & { readonly offline: boolean; readonly name?: string },
): Promise<PulledModel> {
	const { name = MODEL_NAME, offline, modelDir } = options;
	if (name !== MODEL_NAME) throw new UsageError(`没有叫 ${name} 的模型，可用的是 ${MODEL_NAME}。`);
	if (offline && verifyModel(join(modelDir, MODEL_NAME)).state !== 'ready') {
		throw new ModelError('设置了不联网（WENQU_OFFLINE），不能下载模型。');
	}
	return pull(options);
}
