import { Worker } from 'node:worker_threads';

/** What a thread tells its pool; see `serve`. */
export type Message<Out> = { readonly ready: true } | { readonly result: Out } | { readonly failed: string };

export interface PoolOptions {
	/** The built file that a thread runs, also when the tests run the sources: a thread cannot load TypeScript. */
	readonly script: URL;
	/** What each thread is given at its start. */
	readonly data: unknown;
	/** The most threads at once. */
	readonly size: number;
	/** So many jobs must be done before a further thread begins: a program that asks little is done sooner without. */
	readonly spareAfter: number;
	/** Makes the error that a caller gets out of what a thread failed with. */
	readonly error: (cause: unknown) => Error;
}

interface Job<In, Out> {
	readonly input: In;
	readonly resolve: (result: Out) => void;
	readonly reject: (error: Error) => void;
}

/** The same work in up to `size` threads, each begun when a job would otherwise wait. Idle threads keep no process alive. */
export class ThreadPool<In, Out> {
	readonly #options: PoolOptions;
	readonly #idle: Worker[] = [];
	readonly #jobs: Job<In, Out>[] = [];
	#done = 0;
	/** The job that each busy thread works on; null while it loads. */
	readonly #busy = new Map<Worker, Job<In, Out> | null>();

	private constructor(options: PoolOptions) {
		this.#options = options;
	}

	/** Opens a pool and waits for its first thread; the error of the options where that one does not load. */
	static async open<In, Out>(options: PoolOptions): Promise<ThreadPool<In, Out>> {
		const pool = new ThreadPool<In, Out>(options);
		await pool.#start();
		return pool;
	}

	/** Has one job done by the thread that is free first. */
	run(input: In): Promise<Out> {
		return new Promise((resolve, reject) => {
			this.#jobs.push({ input, resolve, reject });
			const worker = this.#idle.pop();
			if (worker) this.#work(worker);
			this.#grow();
		});
	}

	/** Begins a thread; the promise holds when it is ready for its first job. */
	#start(): Promise<void> {
		const worker = new Worker(this.#options.script, { workerData: this.#options.data, execArgv: [] });
		// A further thread that still loads when the others have done everything is not waited for.
		if (this.#busy.size > 0) worker.unref();
		this.#busy.set(worker, null);
		return new Promise((resolve, reject) => {
			worker.on('message', (message: Message<Out>) => {
				if ('ready' in message) resolve();
				const job = this.#busy.get(worker);
				if ('result' in message) job?.resolve(message.result);
				if (job) this.#done++;
				if ('failed' in message) job?.reject(this.#options.error(message.failed));
				this.#work(worker);
				this.#grow();
			});
			worker.on('error', (cause) => {
				const error = this.#options.error(cause);
				this.#busy.get(worker)?.reject(error);
				this.#busy.delete(worker);
				// Nobody is left to do what waits.
				if (this.#busy.size + this.#idle.length === 0) for (const job of this.#jobs.splice(0)) job.reject(error);
				reject(error);
			});
		});
	}

	/** Begins a further thread where jobs wait; one that fails to begin leaves its work to the others. */
	#grow(): void {
		const { size, spareAfter } = this.#options;
		const loading = [...this.#busy.values()].includes(null);
		if (this.#jobs.length === 0 || loading || this.#done < spareAfter || this.#busy.size >= size) return;
		this.#start().catch(() => undefined);
	}

	/** Gives a thread the next job; without one it rests, and does not keep the process alive. */
	#work(worker: Worker): void {
		const job = this.#jobs.shift();
		if (job) {
			this.#busy.set(worker, job);
			worker.ref();
			worker.postMessage(job.input);
		} else {
			this.#busy.delete(worker);
			this.#idle.push(worker);
			worker.unref();
		}
	}
}
