import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { ModelError } from '../../src/errors.js';
import { openNetwork } from '../../src/reading/network.js';
import { openNetworkPool } from '../../src/reading/network-pool.js';
import { READER_OUTPUTS } from '../../src/reading/spans.js';
import type { Window } from '../../src/reading/windows.js';

const root = join(import.meta.dirname, '../..');
const graph = { path: join(root, 'models/reader.onnx'), outputs: READER_OUTPUTS };
/** Token ids of no meaning; every window is another one. */
const windowAt = (n: number): Window => ({
	ids: [
		101,
		1000 + n,
		2000 + n,
		102,
		...Array.from({ length: 20 + n }, (_, i) => 700 + ((n * 31 + i * 17) % 5000)),
		102,
	],
	second: 4,
	first: 4,
	offset: 0,
});

// Threads that load a real model on a busy machine.
describe('openNetworkPool', { timeout: 60_000 }, () => {
	it('gives each of many windows at once the scores that it has alone', async () => {
		const pool = await openNetworkPool(graph, 3);
		const alone = await openNetwork(graph);
		const windows = Array.from({ length: 24 }, (_, n) => windowAt(n));
		const together = await Promise.all(windows.map((window) => pool.run(window)));
		for (const [n, window] of windows.entries()) expect(together[n]).toEqual(await alone.run(window));
	});

	it('refuses a graph that the runtime cannot load', async () => {
		const error = await openNetworkPool({ path: join(root, 'package.json'), outputs: READER_OUTPUTS }, 2).catch(
			(e: unknown) => e,
		);
		expect(error).toBeInstanceOf(ModelError);
	});

	it('lets the process end when nothing is being read', async () => {
		const script = `
			import { openNetworkPool } from './dist/reading/network-pool.js';
			const pool = await openNetworkPool({ path: 'models/reader.onnx', outputs: ${READER_OUTPUTS} }, 2);
			const [first] = await pool.run(${JSON.stringify(windowAt(1))});
			console.log(Number.isFinite(first));`;
		const run = promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
			cwd: root,
			timeout: 50_000,
		});
		expect((await run).stdout).toBe('true\n');
	});
});
