import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ModelError } from '../errors.js';
import { MODEL_FILES, MODEL_NAME, type ModelFiles, WRITTEN_FILES } from './model.js';
import { forgetFailure, noteFailure } from './recent-failure.js';
import { type ModelSource, modelSources } from './sources.js';
import { canonicalTokenizer } from './tokenizer.js';
import { sha256Of, verifyModel } from './verify.js';

export interface PullOptions {
	readonly modelDir: string;
	/** A hub or mirror to ask instead of the public hub. */
	readonly hubEndpoint?: string | null;
	readonly onProgress?: (progress: { readonly done: number; readonly total: number; readonly source: string }) => void;
	/** For tests: where to look instead. */
	readonly sources?: readonly ModelSource[];
	/** For tests: what to expect instead. */
	readonly expected?: ModelFiles;
}

/** Where a model lies, once it is there. */
export interface PulledModel {
	readonly folder: string;
	/** Name of the source; null when the model was there already. */
	readonly source: string | null;
}

/**
 * Fetches the model from the first source that has it. It is gathered beside its place, compared with its checksums,
 * and moved into place whole, so that nobody ever loads half of it. Throws a ModelError that names every source's fault.
 */
export async function pullModel(options: PullOptions): Promise<PulledModel> {
	const folder = join(options.modelDir, MODEL_NAME);
	const { expected = MODEL_FILES } = options;
	if (verifyModel(folder, expected).state === 'ready') return { folder, source: null };
	const faults: string[] = [];
	const gathering = openGathering(options.modelDir);
	for (const source of options.sources ?? modelSources(options.hubEndpoint ?? null)) {
		try {
			const total = expected.weights.size + expected.tokenizer.size;
			await source.fetch(gathering, (bytes) =>
				options.onProgress?.({ done: Math.min(bytes, total), total, source: source.name }),
			);
			complete(gathering, expected);
			options.onProgress?.({ done: total, total, source: source.name });
			publish(gathering, folder, expected);
			forgetFailure(options.modelDir);
			return { folder, source: source.name };
		} catch (error) {
			faults.push(`${source.name}：${reasonOf(error)}`);
			// What was checked and found wrong is not taken up again; a broken transfer is.
			if (error instanceof ModelError) rmSync(gathering, { recursive: true, force: true });
			mkdirSync(join(gathering, 'onnx'), { recursive: true });
		}
	}
	const message = `模型 ${MODEL_NAME} 下载不到（${faults.join('；')}）。`;
	noteFailure(options.modelDir, options.hubEndpoint ?? null, message);
	throw new ModelError(message);
}

/** A folder of this process's own; one that a dead process left is taken over, to go on where it broke off. */
function openGathering(modelDir: string): string {
	try {
		mkdirSync(modelDir, { recursive: true });
		const own = join(modelDir, `.${MODEL_NAME}.${process.pid}.part`);
		for (const name of readdirSync(modelDir)) {
			const pid = /^\.bge-small-zh-v1\.5\.(\d+)\.part$/.exec(name)?.[1];
			if (pid === undefined || Number(pid) === process.pid || isAlive(Number(pid))) continue;
			rmSync(own, { recursive: true, force: true });
			renameSync(join(modelDir, name), own);
		}
		mkdirSync(join(own, 'onnx'), { recursive: true });
		return own;
	} catch (error) {
		throw new ModelError(`模型文件夹 ${modelDir} 不能写：${reasonOf(error)}。`, { cause: error });
	}
}

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return error instanceof Error && 'code' in error && error.code === 'EPERM';
	}
}

/** Compares what came and writes what is not fetched; throws a ModelError where something is not as it should be. */
function complete(gathering: string, { weights, tokenizer }: ModelFiles): void {
	if (sha256Of(readFileSync(join(gathering, weights.path))) !== weights.sha256)
		throw new ModelError('权重文件的校验和不对');
	const canonical = canonicalTokenizer(readFileSync(join(gathering, tokenizer.path), 'utf8'));
	if (sha256Of(canonical) !== tokenizer.sha256) throw new ModelError('分词器的词表不对');
	writeFileSync(join(gathering, tokenizer.path), canonical);
	for (const [path, text] of Object.entries(WRITTEN_FILES)) writeFileSync(join(gathering, path), text);
}

function publish(gathering: string, folder: string, expected: ModelFiles): void {
	if (verifyModel(folder, expected).state !== 'ready') {
		rmSync(folder, { recursive: true, force: true });
		try {
			renameSync(gathering, folder);
			return;
		} catch (error) {
			if (verifyModel(folder, expected).state !== 'ready') throw error;
		}
	}
	// Another process was quicker.
	rmSync(gathering, { recursive: true, force: true });
}

function reasonOf(error: unknown): string {
	if (!(error instanceof Error)) return String(error);
	const cause = error.cause instanceof Error ? error.cause : null;
	// fetch hides what happened behind "fetch failed".
	return error.message === 'fetch failed' && cause
		? 'code' in cause
			? String(cause.code)
			: cause.message
		: error.message;
}
