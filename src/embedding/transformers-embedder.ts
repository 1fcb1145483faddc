import { dirname } from 'node:path';
import { AutoModel, AutoTokenizer, env } from '@xenova/transformers';
import { ModelError } from '../errors.js';
import { DIMENSION, MODEL_ID, MODEL_NAME, MOST_TOKENS, QUESTION_PREFIX } from './model.js';
import type { Embedder } from './types.js';

type Model = Awaited<ReturnType<typeof AutoModel.from_pretrained>>;
type Tokenizer = Awaited<ReturnType<typeof AutoTokenizer.from_pretrained>>;

/** The model run on this machine. One text at a time: batches are padded to the longest and come out slower. */
export class TransformersEmbedder implements Embedder {
	readonly id = MODEL_ID;
	readonly dimension = DIMENSION;

	private constructor(
		private readonly tokenizer: Tokenizer,
		private readonly model: Model,
	) {}

	/** Loads a verified model folder. The library's own downloads are off: they are neither checked nor atomic. */
	static async load(folder: string): Promise<TransformersEmbedder> {
		env.allowRemoteModels = false;
		env.useFSCache = false;
		env.localModelPath = dirname(folder);
		const options = { quantized: true, local_files_only: true };
		const tokenizer = await AutoTokenizer.from_pretrained(MODEL_NAME, options);
		const model = await AutoModel.from_pretrained(MODEL_NAME, options);
		if (runsInWebAssembly(model)) {
			throw new ModelError('模型的本机运行库（onnxruntime-node）不能用，请重新运行 npm ci。');
		}
		return new TransformersEmbedder(tokenizer, model);
	}

	embedPassage(text: string): Promise<Float32Array> {
		return this.#embed(text);
	}

	embedQuestion(question: string): Promise<Float32Array> {
		return this.#embed(QUESTION_PREFIX + question);
	}

	async #embed(text: string): Promise<Float32Array> {
		const inputs = this.tokenizer(text, { truncation: true, max_length: MOST_TOKENS });
		const { last_hidden_state: states } = await this.model(inputs);
		// The first token, [CLS], stands for the whole text.
		return normalised(Float32Array.from((states.data as Float32Array).subarray(0, DIMENSION)));
	}
}

/** When the native runtime fails, the library goes on in WebAssembly, ten times slower, and only logs it. */
function runsInWebAssembly(model: Model): boolean {
	const session: unknown = Reflect.get(model, 'session');
	const handler: unknown = session && typeof session === 'object' ? Reflect.get(session, 'handler') : null;
	return /wasm|webassembly/i.test(handler?.constructor.name ?? 'wasm');
}

function normalised(vector: Float32Array): Float32Array {
	const length = Math.hypot(...vector);
	return length > 0 ? vector.map((value) => value / length) : vector;
}
