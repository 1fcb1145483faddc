import { ModelError } from '../errors.js';
import { ThreadPool } from '../threads/pool.js';
import type { Network } from './network.js';
import type { Scores } from './spans.js';
import type { Window } from './windows.js';

/** Windows of one question, about: a program that asks only one is done sooner without loading the weights again. */
const ONE_QUESTION = 6;

/** The network of a graph file in up to `size` threads. A ModelError where it does not load. */
export async function openNetworkPool(graph: string, size: number): Promise<Network> {
	const pool = await ThreadPool.open<Window, Scores>({
		script: new URL('../../dist/reading/network-worker.js', import.meta.url),
		data: graph,
		size,
		spareAfter: ONE_QUESTION,
		error: (cause) => new ModelError('The reading model cannot run in onnxruntime on this machine.', { cause }),
	});
	return { run: (window) => pool.run(window) };
}
