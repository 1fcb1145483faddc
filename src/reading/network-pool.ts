import { Worker } from 'node:worker_threads';
import { ModelError } from '../errors.js';
import type { Network } from './network.js';
import type { Scores } from './spans.js';
import type { Window } from './windows.js';

/** Always the built file, also when the tests run the sources: a thread cannot load TypeScript. */
const WORKER = new URL('../../dist/reading/network-worker.js', import.meta.url);

/** Windows of one question, about: a program that asks only one is done sooner without loading the weights again. */
const ONE_QUESTION = 6;

type Message = { readonly ready: true } | { readonly scores: Scores } | { readonly failed: string };

interface Job {
	readonly window: Window;
	readonly resolve: (scores: Scores) => void;
	readonly reject: (error: ModelError) => void;
}

/** The network of a graph file in up to `size` threads, each begun when a window would otherwise wait. A ModelError where it does not load. */
export async function openNetworkPool(graph: string, size: number): Promise<Network> {
	const pool = new NetworkPool(graph, size);
	await pool.start();
	return pool;
}

class NetworkPool implements Network {
	readonly #graph: string;
	readonly #size: number;
	readonly #idle: Worker[] = [];
	readonly #jobs: Job[] = [];
	#done = 0;
	/** The window that each busy thread works on; null while it loads. */
	readonly #busy = new Map<Worker, Job | null>();

	constructor(graph: string, size: number) {
		this.#graph = graph;
		this.#size = size;
	}

	/** Begins a thread; the promise holds when it is ready for its first window. */
	start(): Promise<void> {
		const worker = new Worker(WORKER, { workerData: this.#graph, execArgv: [] });
		// A further thread that still loads when the others have read everything is not waited for.
		if (this.#busy.size > 0) worker.unref();
		this.#busy.set(worker, null);
		return new Promise((resolve, reject) => {
			worker.on('message', (message: Message) => {
				if ('ready' in message) resolve();
				const job = this.#busy.get(worker);
				if ('scores' in message) job?.resolve(message.scores);
				if (job) this.#done++;
				if ('failed' in message) job?.reject(new ModelError(message.failed));
				this.#work(worker);
			});
			worker.on('error', (cause) => {
				const error = new ModelError('The reading model cannot be loaded by onnxruntime on this machine.', { cause });
				this.#busy.get(worker)?.reject(error);
				this.#busy.delete(worker);
				// Nobody is left to do what waits.
				if (this.#busy.size + this.#idle.length === 0) for (const job of this.#jobs.splice(0)) job.reject(error);
				reject(error);
			});
		});
	}

	run(window: Window): Promise<Scores> {
		return new Promise((resolve, reject) => {
			this.#jobs.push({ window, resolve, reject });
			const worker = this.#idle.pop();
			if (worker) this.#work(worker);
			this.#grow();
		});
	}

	/** Begins a further thread where windows wait; one that fails to begin leaves its work to the others. */
	#grow(): void {
		const loading = [...this.#busy.values()].includes(null);
		if (this.#jobs.length === 0 || loading || this.#done < ONE_QUESTION || this.#busy.size >= this.#size) return;
		this.start().catch(() => undefined);
	}

	/** Gives a thread the next window; without one it rests, and does not keep the process alive. */
	#work(worker: Worker): void {
		const job = this.#jobs.shift();
		if (job) {
			this.#busy.set(worker, job);
			worker.ref();
			worker.postMessage(job.window);
		} else {
			this.#busy.delete(worker);
			this.#idle.push(worker);
			worker.unref();
		}
	}
}
