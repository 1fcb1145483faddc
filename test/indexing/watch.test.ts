import { appendFileSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { watchSeeds } from '../../src/indexing/watch.js';
import { IndexFolder, issueFile, issues, issueText } from '../support/index-folder.js';

const made: IndexFolder[] = [];
afterEach(() => {
	for (const folder of made.splice(0)) folder.destroy();
});

/** Follows a folder while `change` works on it; gives back how often it was said that something changed. */
async function changesDuring(folder: IndexFolder, change: () => Promise<void>): Promise<number> {
	const stop = new AbortController();
	let calls = 0;
	const watching = watchSeeds(
		folder.seedsDir,
		async () => {
			calls++;
		},
		stop.signal,
	);
	await sleep(400);
	await change();
	await sleep(1_800);
	stop.abort();
	await watching;
	return calls;
}

describe('following the folder', () => {
	it('takes a storm of 1,000 files for one change', async () => {
		const folder = new IndexFolder(issues(1, 2));
		made.push(folder);
		const calls = await changesDuring(folder, async () => {
			for (const [file, text] of Object.entries(issues(3, 1_002))) folder.write(file, text);
		});
		expect(calls).toBe(1);
	});

	it('leaves a file alone while it is still being copied', async () => {
		const folder = new IndexFolder(issues(1, 1));
		made.push(folder);
		let early = 0;
		const stop = new AbortController();
		const watching = watchSeeds(folder.seedsDir, async () => void early++, stop.signal);
		await sleep(400);
		folder.write(issueFile(5), '');
		for (let piece = 0; piece < 8; piece++) {
			appendFileSync(join(folder.seedsDir, issueFile(5)), issueText(piece));
			await sleep(200);
		}
		expect(early).toBe(0);
		await sleep(1_500);
		expect(early).toBe(1);
		stop.abort();
		await watching;
	});

	it('survives the folder’s going and coming back', async () => {
		const folder = new IndexFolder(issues(1, 1));
		made.push(folder);
		const calls = await changesDuring(folder, async () => {
			rmSync(folder.seedsDir, { recursive: true });
			await sleep(900);
			mkdirSync(folder.seedsDir);
			await sleep(900);
			folder.write(issueFile(7), issueText(7));
		});
		expect(calls).toBeGreaterThanOrEqual(2);
	});
});
