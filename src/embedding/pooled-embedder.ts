import { availableParallelism } from 'node:os';
import { ModelError } from '../errors.js';
import { ThreadPool } from '../threads/pool.js';
import { DIMENSION, MODEL_ID, QUESTION_PREFIX } from './model.js';
import type { Embedder } from './types.js';

/** Each thread holds the model once more, some 90 MB with the library. */
const MOST_THREADS = 4;
/** A few questions need no second thread; an issue to be indexed does. */
const SPARE_AFTER = 4;

/**
 * The model in threads of its own, one core each: two of them embed a tenth more than one on two cores, they leave the
 * thread that answers free, and none waits actively for work while the reader needs the cores.
 */
export class PooledEmbedder implements Embedder {
	readonly id = MODEL_ID;
	readonly dimension = DIMENSION;

	private constructor(private readonly pool: ThreadPool<string, Float32Array>) {}

	/** Loads a verified model folder; a ModelError where it cannot run. */
	static async load(folder: string): Promise<PooledEmbedder> {
		return new PooledEmbedder(
			await ThreadPool.open({
				script: new URL('../../dist/embedding/embedder-worker.js', import.meta.url),
				data: folder,
				size: Math.min(MOST_THREADS, availableParallelism()),
				spareAfter: SPARE_AFTER,
				error: cannotRun,
			}),
		);
	}

	embedPassage(text: string): Promise<Float32Array> {
		return this.pool.run(text);
	}

	embedQuestion(question: string): Promise<Float32Array> {
		return this.pool.run(QUESTION_PREFIX + question);
	}
}

function cannotRun(cause: unknown): ModelError {
	return new ModelError('向量模型不能运行：本机运行库（onnxruntime-node）装不上或模型不合，请重新运行 npm ci。', {
		cause,
	});
}
