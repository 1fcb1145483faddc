import { afterAll, describe, expect, it } from 'vitest';
import { openRetriever } from '../../src/retrieval/open.js';
import { lockIndex } from '../../src/store/lock.js';
import { contentsOf, IndexFolder, issueFile, issues, issueText } from '../support/index-folder.js';
import { startIndexer } from '../support/indexer.js';

/** At night 10,000 questions over 50 swaps. */
const isNightly = process.env['WENQU_NIGHTLY'] === '1';
const SWAPS = isNightly ? 50 : 20;
const QUESTIONS = isNightly ? 200 : 10;

const made = new IndexFolder(issues(1, 30));
afterAll(() => made.destroy());

describe('eight writers at once', () => {
	it('one works, the others end with exit code 3', async () => {
		const first = startIndexer(made, ['--slow', '30', '--tell']);
		await new Promise<void>((resolve) => first.child.stdout?.once('data', () => resolve()));
		const others = await Promise.all(Array.from({ length: 7 }, () => startIndexer(made).ended));
		for (const { code, err } of others) {
			expect(code).toBe(3);
			expect(err).toMatch(/另一个进程正在写.*\n$/u);
			expect(err.trim().split('\n')).toHaveLength(1);
		}
		// A busy writer is noticed at once; the rest is the start of the processes, seven on two cores.
		const alone = await startIndexer(made).ended;
		expect(alone.code).toBe(3);
		expect(alone.ms).toBeLessThan(4_000);
		expect((await first.ended).code).toBe(0);
	}, 60_000);

	it('or wait for each other', async () => {
		made.write(issueFile(31), issueText(31));
		const ends = await Promise.all(
			Array.from({ length: 8 }, () => startIndexer(made, ['--slow', '5', '--wait']).ended),
		);
		expect(ends.map(({ code }) => code)).toEqual(Array(8).fill(0));
		// Whoever came second found the work done.
		expect(ends.filter(({ out }) => out.includes('"embedded":0')).length).toBeGreaterThanOrEqual(7);
	}, 120_000);

	it('a lock that a dead process held is no lock', async () => {
		made.write(issueFile(32), issueText(32));
		expect((await startIndexer(made, ['--die', 'worked']).ended).signal).toBe('SIGKILL');
		const started = performance.now();
		(await lockIndex(made.indexDir, false)).release();
		expect(performance.now() - started).toBeLessThan(100);
	});
});

describe('readers', () => {
	it(`see one complete generation each while ${SWAPS} are published`, async () => {
		const own = new IndexFolder(issues(1, 3));
		try {
			await own.update();
			let asked = 0;
			for (let swap = 0; swap < SWAPS; swap++) {
				const reader = own.open();
				const retriever = openRetriever(reader, async () => own.embedder);
				const before = JSON.stringify(contentsOf(reader));
				own.write(issueFile(1), issueText(300 + swap));
				const writing = own.update();
				for (let n = 0; n < QUESTIONS; n++, asked++) {
					const hits = await retriever.search('河道治理会议投入资金多少万元', 5);
					expect(hits).toHaveLength(5);
					await new Promise((resolve) => setImmediate(resolve));
				}
				await writing;
				expect(JSON.stringify(contentsOf(reader))).toBe(before);
				expect((await retriever.search('养老服务', 3)).length).toBeGreaterThan(0);
				reader.close();
			}
			expect(asked).toBe(SWAPS * QUESTIONS);
			expect(own.warnings).toEqual([]);
		} finally {
			own.destroy();
		}
	}, 600_000);
});
