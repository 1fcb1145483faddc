import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { IndexBusyError } from '../../src/errors.js';
import { lockIndex } from '../../src/store/lock.js';

const dir = mkdtempSync(join(tmpdir(), 'wenqu-lock-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

describe('the writer’s lock', () => {
	it('is held by one, and says at once that it is taken', async () => {
		const lock = await lockIndex(dir, false);
		const started = performance.now();
		await expect(lockIndex(dir, false)).rejects.toBeInstanceOf(IndexBusyError);
		expect(performance.now() - started).toBeLessThan(1_000);
		lock.release();
		(await lockIndex(dir, false)).release();
	});

	it('is waited for on request', async () => {
		const lock = await lockIndex(dir, false);
		let got = false;
		const waiting = lockIndex(dir, true).then((next) => {
			got = true;
			return next;
		});
		await new Promise((resolve) => setTimeout(resolve, 150));
		expect(got).toBe(false);
		lock.release();
		(await waiting).release();
		expect(got).toBe(true);
	});
});
