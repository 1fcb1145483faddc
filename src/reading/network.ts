import ort from 'onnxruntime-node';
import { ModelError } from '../errors.js';
import type { Scores } from './spans.js';
import type { Window } from './windows.js';

// The head's outputs for each token, as in training/model.py.
const OUTPUTS = 4;
const [START, END, INSIDE, HERE] = [0, 1, 2, 3] as const;

/** The model itself: ids in, scores out. */
export interface Network {
	run(window: Window): Promise<Scores>;
}

/**
 * Loads a graph file into the runtime, on the thread that calls. A path and not bytes: for bytes this version of the
 * runtime's binding leaves the options out, and each session takes all cores, waiting actively.
 */
export async function openNetwork(graph: string): Promise<Network> {
	try {
		const session = await ort.InferenceSession.create(graph, {
			// Windows run side by side in threads of their own instead.
			intraOpNumThreads: 1,
			interOpNumThreads: 1,
			executionMode: 'sequential',
			graphOptimizationLevel: 'all',
			logSeverityLevel: 3,
		});
		return { run: (window) => run(session, window) };
	} catch (cause) {
		throw new ModelError('The reading model cannot be loaded by onnxruntime on this machine.', { cause });
	}
}

/**
 * One window a run, never a batch: inputs are quantised by the range of all of them, so that in a batch
 * the scores of a window would depend on its neighbours.
 */
async function run(session: ort.InferenceSession, window: Window): Promise<Scores> {
	const length = window.ids.length;
	const tensor = (value: (i: number) => number): ort.Tensor =>
		new ort.Tensor(
			'int64',
			BigInt64Array.from({ length }, (_, i) => BigInt(value(i))),
			[1, length],
		);
	const outputs = await session.run({
		input_ids: tensor((i) => window.ids[i] ?? 0),
		attention_mask: tensor(() => 1),
		token_type_ids: tensor((i) => (i < window.second ? 0 : 1)),
	});
	const data = outputs.scores?.data;
	if (!(data instanceof Float32Array) || data.length !== length * OUTPUTS) {
		throw new ModelError('The reading model gives scores of another shape than it should.');
	}
	const at = (token: number, output: number): number => data[token * OUTPUTS + output] ?? 0;
	const column = (output: number): Float32Array =>
		Float32Array.from({ length: length - 1 - window.first }, (_, i) => at(window.first + i, output));
	return {
		offset: window.offset,
		start: column(START),
		end: column(END),
		inside: column(INSIDE),
		none: at(0, START) + at(0, END),
		here: at(0, HERE),
	};
}
