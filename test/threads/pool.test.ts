import { describe, expect, it } from 'vitest';
import { type PoolOptions, ThreadPool } from '../../src/threads/pool.js';

/** A thread as `serve` makes one: it answers with its job and its own number, fails on `bad`, and dies on `die`. */
const script = (body = ''): URL =>
	new URL(
		`data:text/javascript,${encodeURIComponent(`
			import { parentPort, threadId } from 'node:worker_threads';
			${body}
			parentPort.on('message', (input) => {
				if (input === 'die') throw new Error('gone');
				setTimeout(() => parentPort.postMessage(input === 'bad' ? { failed: 'bad job' } : { result: [input, threadId] }), 20);
			});
			parentPort.postMessage({ ready: true });`)}`,
	);
const options = (other: Partial<PoolOptions> = {}): PoolOptions => ({
	script: script(),
	data: null,
	size: 3,
	spareAfter: 2,
	error: (cause) => new Error('pool', { cause }),
	...other,
});
type Done = readonly [string, number];

describe('ThreadPool', () => {
	it('gives each caller the result of its own job, whichever thread does it', async () => {
		const pool = await ThreadPool.open<string, Done>(options());
		const jobs = Array.from({ length: 30 }, (_, n) => `job ${n}`);
		const done = await Promise.all(jobs.map((job) => pool.run(job)));
		expect(done.map(([job]) => job)).toEqual(jobs);
		const threads = new Set(done.map(([, thread]) => thread)).size;
		expect(threads).toBeGreaterThan(1);
		expect(threads).toBeLessThanOrEqual(3);
	});

	it('stays with one thread for a few jobs', async () => {
		const pool = await ThreadPool.open<string, Done>(options({ spareAfter: 50 }));
		const done = await Promise.all(['a', 'b', 'c', 'd'].map((job) => pool.run(job)));
		expect(new Set(done.map(([, thread]) => thread)).size).toBe(1);
	});

	it('tells only the caller of a job that fails', async () => {
		const pool = await ThreadPool.open<string, Done>(options());
		const [bad, good] = await Promise.allSettled([pool.run('bad'), pool.run('good')]);
		expect(bad).toMatchObject({ status: 'rejected', reason: { message: 'pool', cause: 'bad job' } });
		expect(good).toMatchObject({ status: 'fulfilled' });
	});

	it('leaves nobody waiting when its last thread dies', async () => {
		const pool = await ThreadPool.open<string, Done>(options({ size: 1 }));
		const [first, second] = await Promise.allSettled([pool.run('die'), pool.run('next')]);
		expect(first.status).toBe('rejected');
		expect(second.status).toBe('rejected');
	});

	it('does not open where its thread does not load', async () => {
		await expect(ThreadPool.open(options({ script: script("throw new Error('no');") }))).rejects.toThrow('pool');
	});
});
