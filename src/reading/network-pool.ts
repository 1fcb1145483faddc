import { availableParallelism } from 'node:os';
import { ModelError } from '../errors.js';
import { ThreadPool } from '../threads/pool.js';
import type { Graph, Network } from './network.js';
import type { Window } from './windows.js';

/** Windows of one question, about: a program that asks only one is done sooner without loading the weights again. */
const ONE_QUESTION = 6;
/** Each thread holds the weights once more, some 60 MB with its working memory. */
const MOST_THREADS = 4;

/** The network of a graph file in up to `size` threads: the cores of the machine, at most 4. A ModelError where it does not load. */
export async function openNetworkPool(
	graph: Graph,
	size = Math.min(MOST_THREADS, availableParallelism()),
): Promise<Network> {
	const pool = await ThreadPool.open<Window, Float32Array>({
		script: new URL('../../dist/reading/network-worker.js', import.meta.url),
		data: graph,
		size,
		spareAfter: ONE_QUESTION,
		error: (cause) => new ModelError('The reading model cannot run in onnxruntime on this machine.', { cause }),
	});
	return { run: (window) => pool.run(window) };
}
