import ort from 'onnxruntime-node';
import { ModelError } from '../errors.js';
import type { Window } from './windows.js';

/** A graph file, and how many scores it gives of each token. */
export interface Graph {
	readonly path: string;
	readonly outputs: number;
}

/** The model itself: ids in, the scores of each token out, one token's behind the other's. */
export interface Network {
	run(window: Window): Promise<Float32Array>;
}

/**
 * Loads a graph file into the runtime, on the thread that calls. A path and not bytes: for bytes this version of the
 * runtime's binding leaves the options out, and each session takes all cores, waiting actively.
 */
export async function openNetwork({ path, outputs }: Graph): Promise<Network> {
	try {
		const session = await ort.InferenceSession.create(path, {
			// Windows run side by side in threads of their own instead.
			intraOpNumThreads: 1,
			interOpNumThreads: 1,
			executionMode: 'sequential',
			graphOptimizationLevel: 'all',
			logSeverityLevel: 3,
		});
		return { run: (window) => run(session, outputs, window) };
	} catch (cause) {
		throw new ModelError('The reading model cannot be loaded by onnxruntime on this machine.', { cause });
	}
}

/**
 * One window a run, and so no mask, never a batch: inputs are quantised by the range of all of them, so that in a batch
 * the scores of a window would depend on its neighbours.
 */
async function run(session: ort.InferenceSession, outputs: number, window: Window): Promise<Float32Array> {
	const length = window.ids.length;
	const tensor = (value: (i: number) => number): ort.Tensor =>
		new ort.Tensor(
			'int64',
			BigInt64Array.from({ length }, (_, i) => BigInt(value(i))),
			[1, length],
		);
	const { scores } = await session.run({
		input_ids: tensor((i) => window.ids[i] ?? 0),
		token_type_ids: tensor((i) => (i < window.second ? 0 : 1)),
	});
	if (!(scores?.data instanceof Float32Array) || scores.data.length !== length * outputs) {
		throw new ModelError('The reading model gives scores of another shape than it should.');
	}
	return scores.data;
}
