import { renameSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkIndex } from '../../src/indexing/check.js';
import { openRetriever } from '../../src/retrieval/open.js';
import { IndexFolder, indexFolders, issueFile, issues, issueText, PairEmbedder } from '../support/index-folder.js';

const folder = indexFolders();

const QUESTIONS = ['谁主持了防汛工作会议？', '东海银行投入资金多少万元？', '河道治理', '新城小学的校园足球'];

async function answers(made: IndexFolder): Promise<unknown> {
	const snapshot = made.open();
	try {
		const retriever = openRetriever(snapshot, async () => made.embedder);
		return await Promise.all(
			QUESTIONS.map(async (question) => [
				await retriever.search(question, 10),
				await retriever.searchArticles(question, 5),
			]),
		);
	} finally {
		snapshot.close();
	}
}

describe('a run', () => {
	it('takes in what is there and says so', async () => {
		const made = folder(issues(1, 3));
		const report = await made.update();
		expect(report).toMatchObject({ articles: 6, embedded: report.chunks, reused: 0, model: 'pairs-64', skipped: [] });
		expect(report.issues).toEqual({ added: Object.keys(issues(1, 3)).sort(), changed: [], removed: [], unchanged: 0 });
	});

	it('leaves every file alone when nothing changed', async () => {
		const made = folder(issues(1, 3));
		await made.update();
		const before = made.open().generation;
		const report = await made.update();
		expect(report.issues).toEqual({ added: [], changed: [], removed: [], unchanged: 3 });
		expect(report.embedded).toBe(0);
		expect(made.open().generation).toBe(before);
	});

	it('takes a file that was out of reach for a moment in with the next run', async () => {
		const made = folder(issues(1, 3));
		const [path, aside] = [join(made.seedsDir, issueFile(2)), join(made.root, 'aside')];
		utimesSync(path, 1_000_000_000, 1_000_000_000);
		const report = await made.update({ onStep: (step) => step === 'copied' && renameSync(path, aside) });
		expect(report.skipped).toEqual([{ file: issueFile(2), message: expect.stringContaining('找不到') }]);
		renameSync(aside, path);
		expect((await made.update()).issues.added).toEqual([issueFile(2)]);
	});

	it('works on what changed only', async () => {
		const made = folder(issues(1, 4));
		await made.update();
		made.embedder.embedded = 0;
		made.remove(issueFile(2));
		made.write(issueFile(3), issueText(33));
		made.write(issueFile(9), issueText(9));
		const report = await made.update();
		expect(report.issues).toEqual({
			added: [issueFile(9)],
			changed: [issueFile(3)],
			removed: [issueFile(2)],
			unchanged: 2,
		});
		expect(made.embedder.embedded).toBe(report.embedded);
		expect(report.embedded).toBeLessThan(report.chunks);
		expect(report.embedded + report.reused).toBe(report.chunks);
	});

	it('computes nothing anew for a file that is only renamed', async () => {
		const made = folder(issues(1, 3));
		await made.update();
		made.remove(issueFile(2));
		made.write('2025-12-31.txt', issueText(2));
		const report = await made.update();
		expect(report.issues).toMatchObject({ added: ['2025-12-31.txt'], removed: [issueFile(2)] });
		expect(report.embedded).toBe(0);
	});

	it('reports and skips what it cannot read, and takes in the rest', async () => {
		const made = folder({ ...issues(1, 2), 'empty.txt': '' });
		made.write('binary.txt', Buffer.from([0, 1, 2, 255, 0, 9]));
		const report = await made.update();
		expect(report.skipped.map(({ file }) => file).sort()).toEqual(['binary.txt', 'empty.txt']);
		expect(report.issues.added).toHaveLength(2);
		expect((await made.update()).issues).toMatchObject({ added: [], changed: [], unchanged: 2 });
	});

	it('takes in an empty folder', async () => {
		const made = folder();
		expect(await made.update()).toMatchObject({ articles: 0, chunks: 0, model: null });
		expect(made.open().counts).toEqual({ issues: 0, articles: 0, passages: 0 });
	});
});

describe('the result', () => {
	it.each([false, true])(
		'is that of a rebuild, whatever came before and in whatever order (split: %s)',
		async (isSplit) => {
			const step = fc.record({
				file: fc.integer({ min: 1, max: 5 }),
				text: fc.option(fc.integer({ min: 1, max: 40 })),
			});
			await fc.assert(
				fc.asyncProperty(fc.array(fc.array(step, { maxLength: 4 }), { minLength: 1, maxLength: 4 }), async (runs) => {
					const grown = new IndexFolder({}, isSplit);
					const built = new IndexFolder();
					try {
						const now = new Map<string, string>();
						for (const run of runs) {
							for (const { file, text } of run) {
								if (text !== null) {
									now.set(issueFile(file), issueText(text));
									grown.write(issueFile(file), issueText(text));
								} else if (now.delete(issueFile(file))) grown.remove(issueFile(file));
							}
							await grown.update();
						}
						for (const [file, text] of now) built.write(file, text);
						await built.update();
						expect(grown.contents()).toEqual(built.contents());
						expect(await answers(grown)).toEqual(await answers(built));
						expect((await checkIndex(grown)).problems).toEqual([]);
					} finally {
						grown.destroy();
						built.destroy();
					}
				}),
				{ numRuns: 12 },
			);
		},
	);

	it('never shows again what was removed', async () => {
		const made = folder(issues(1, 3));
		await made.update();
		made.remove(issueFile(2));
		await made.update();
		expect(JSON.stringify(made.contents())).not.toContain(issueFile(2));
		expect(JSON.stringify(await answers(made))).not.toContain('第2次');
	});

	it('has one vector for a text that stands in two files', async () => {
		const made = folder({ 'a.txt': issueText(7), 'b.txt': issueText(7) });
		const report = await made.update();
		expect(report.embedded * 2).toBe(report.chunks);
		const hits = await openRetriever(made.open(), async () => made.embedder).searchArticles('防汛工作会议', 10);
		expect(new Set(hits.map(({ article }) => made.open().article(article).file))).toEqual(new Set(['a.txt', 'b.txt']));
	});
});

describe('the model', () => {
	it('may come later: the next run adds the vectors', async () => {
		const made = folder(issues(1, 2));
		expect(await made.update({ embedder: async () => null })).toMatchObject({ embedded: 0, model: null });
		expect(made.open().model).toBeNull();
		const report = await made.update();
		expect(report).toMatchObject({ embedded: report.chunks, model: 'pairs-64' });
		expect(report.issues.unchanged).toBe(2);
	});

	it('may go away: what it computed goes on serving', async () => {
		const made = folder(issues(1, 2));
		await made.update();
		made.write(issueFile(3), issueText(3));
		const report = await made.update({ embedder: async () => null });
		expect(report).toMatchObject({ embedded: 0, model: 'pairs-64' });
		expect(report.reused).toBeLessThan(report.chunks);
		expect((await made.update()).embedded).toBe(report.chunks - report.reused);
	});

	it('may change: vectors of two models are never mixed', async () => {
		const made = folder(issues(1, 2));
		await made.update();
		const other = new PairEmbedder('pairs-32', 32);
		const report = await made.update({ embedder: async () => other });
		expect(report).toMatchObject({ embedded: report.chunks, reused: 0, model: 'pairs-32' });
		const snapshot = made.open();
		expect(snapshot.vectors(32)?.size).toBe(report.chunks);
		const hits = await openRetriever(snapshot, async () => made.embedder).search('防汛工作会议', 3);
		expect(hits.every(({ scores }) => scores.vector === 0)).toBe(true);
	});
});
