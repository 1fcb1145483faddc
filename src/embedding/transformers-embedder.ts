import { dirname, join } from 'node:path';
import { AutoTokenizer, BertModel, env } from '@xenova/transformers';
import ort from 'onnxruntime-node';
import { DIMENSION, MODEL_NAME, MOST_TOKENS, WEIGHTS } from './model.js';

type Tokenizer = Awaited<ReturnType<typeof AutoTokenizer.from_pretrained>>;

/** The model run on the thread that calls. One text at a time: batches are padded to the longest and come out slower. */
export class TransformersEmbedder {
	private constructor(
		private readonly tokenizer: Tokenizer,
		private readonly model: BertModel,
	) {}

	/**
	 * Loads a verified model folder. The library's own downloads are off: they are neither checked nor atomic. Its own
	 * loading of weights hands bytes to the runtime, whose binding then leaves all options out and waits actively on
	 * every core; it also goes on in WebAssembly, ten times slower, where the runtime fails. So the session is made here.
	 */
	static async load(folder: string): Promise<TransformersEmbedder> {
		env.allowRemoteModels = false;
		env.useFSCache = false;
		env.localModelPath = dirname(folder);
		const tokenizer = await AutoTokenizer.from_pretrained(MODEL_NAME, { local_files_only: true });
		const session = await ort.InferenceSession.create(join(folder, WEIGHTS.path), {
			intraOpNumThreads: 1,
			interOpNumThreads: 1,
			executionMode: 'sequential',
			logSeverityLevel: 3,
		});
		return new TransformersEmbedder(tokenizer, new BertModel({ model_type: 'bert' }, session));
	}

	/** The normalised vector of a text, as it stands. */
	async embed(text: string): Promise<Float32Array> {
		const inputs = this.tokenizer(text, { truncation: true, max_length: MOST_TOKENS });
		const { last_hidden_state: states } = await this.model(inputs);
		// The first token, [CLS], stands for the whole text.
		return normalised(Float32Array.from((states.data as Float32Array).subarray(0, DIMENSION)));
	}
}

function normalised(vector: Float32Array): Float32Array {
	const length = Math.hypot(...vector);
	return length > 0 ? vector.map((value) => value / length) : vector;
}
