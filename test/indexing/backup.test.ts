import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { IndexBusyError, IndexError, InputError, UsageError } from '../../src/errors.js';
import { backupIndex } from '../../src/indexing/backup.js';
import { checkIndex } from '../../src/indexing/check.js';
import { type RestoreReport, restoreIndex } from '../../src/indexing/restore.js';
import { openRetriever } from '../../src/retrieval/open.js';
import { diskFiles } from '../../src/store/files.js';
import { lockIndex } from '../../src/store/lock.js';
import { readManifest, writeManifest } from '../../src/store/manifest.js';
import { contentsOf, IndexFolder, issueFile, issues, issueText, PairEmbedder } from '../support/index-folder.js';

const QUESTIONS = ['谁主持了防汛工作会议？', '东海银行投入资金多少万元？', '河道治理'];
const folders: IndexFolder[] = [];
afterEach(() => {
	for (const made of folders.splice(0)) made.destroy();
});

async function indexed(from = 1, to = 4): Promise<IndexFolder & { readonly file: string }> {
	const made = new IndexFolder(issues(from, to));
	folders.push(made);
	await made.update();
	return Object.assign(made, { file: join(made.root, 'index.backup') });
}

function backup({ indexDir, file }: { readonly indexDir: string; readonly file: string }): Promise<unknown> {
	return backupIndex({ indexDir, file });
}

function restore(made: IndexFolder & { readonly file: string }, file = made.file): Promise<RestoreReport> {
	return restoreIndex({ seedsDir: made.seedsDir, indexDir: made.indexDir, file });
}

/** What readers see: the contents, and answers with their scores from keywords and vectors. */
async function seen(made: IndexFolder): Promise<string> {
	const snapshot = made.open();
	try {
		const retriever = openRetriever(snapshot, async () => made.embedder);
		const answers = await Promise.all(QUESTIONS.map((question) => retriever.searchArticles(question, 5)));
		return JSON.stringify([contentsOf(snapshot), answers]);
	} finally {
		snapshot.close();
	}
}

describe('a backup', () => {
	it('brings back an index that was lost, with its vectors', async () => {
		const made = await indexed();
		const before = await seen(made);
		expect(await backup(made)).toMatchObject({ issues: 4, articles: 8, vectors: 8 });
		expect(readdirSync(made.root).sort()).toEqual(['index', 'index.backup', 'seeds']);
		rmSync(made.indexDir, { recursive: true });
		expect(await restore(made)).toMatchObject({ issues: 4, articles: 8, vectors: 8, upToDate: true });
		expect(await seen(made)).toBe(before);
		expect((await checkIndex(made)).problems).toEqual([]);
		expect(await made.update()).toMatchObject({ embedded: 0, issues: { unchanged: 4 } });
		expect(made.warnings).toEqual([]);
	});

	it('is put back over a newer index: readers keep theirs, vectors stay with their texts', async () => {
		const made = await indexed();
		const before = await seen(made);
		await backup(made);
		// Texts of the backup go, their vectors are forgotten two runs later, and others get labels.
		for (const [file, n] of [
			[issueFile(1), 31],
			[issueFile(2), 32],
			[issueFile(9), 33],
		] as const) {
			made.write(file, issueText(n));
			await made.update();
		}
		const reader = made.open();
		const contents = JSON.stringify(contentsOf(reader));
		expect(await restore(made)).toMatchObject({ upToDate: false });
		expect(reader.vectors(64)?.size).toBeGreaterThan(0);
		expect(JSON.stringify(contentsOf(reader))).toBe(contents);
		reader.close();
		expect(await seen(made)).toBe(before);
		const problems = (await checkIndex(made)).problems.filter((problem) => !problem.includes('有变动'));
		expect(problems).toEqual([]);
		await made.update();
		expect((await checkIndex(made)).problems).toEqual([]);
		expect(made.warnings).toEqual([]);
	});

	it('is made without a lock, while a writer works, and holds one complete generation', async () => {
		const made = await indexed();
		const before = await seen(made);
		made.write(issueFile(5), issueText(5));
		let making: Promise<unknown> | undefined;
		await made.update({
			onStep: (step) => {
				if (step === 'embedded') making = backup(made);
			},
		});
		await making;
		const after = await seen(made);
		await restore(made);
		expect([before, after]).toContain(await seen(made));
		made.remove(issueFile(5));
		await made.update();
		expect(await seen(made)).toBe(before);
	});

	it('works on keywords alone', async () => {
		const made = new IndexFolder(issues(1, 2));
		folders.push(made);
		await made.update({ embedder: async () => null });
		const own = Object.assign(made, { file: join(made.root, 'b') });
		expect(await backup(own)).toMatchObject({ vectors: 0 });
		rmSync(own.indexDir, { recursive: true });
		await restore(own);
		expect((await checkIndex(own)).problems).toEqual([]);
	});

	it('is not made of a damaged index, and leaves nothing behind', async () => {
		const made = await indexed();
		for (const name of ['vectors.sqlite', 'wenqu-000001.sqlite']) {
			const path = join(made.indexDir, name);
			const whole = readFileSync(path);
			const bytes = Buffer.from(whole);
			bytes.fill(0x55, Math.floor(bytes.length / 2));
			writeFileSync(path, bytes);
			await expect(backup(made)).rejects.toThrow(/有损坏.*没有备份/u);
			writeFileSync(path, whole);
		}
		expect(readdirSync(made.root).sort()).toEqual(['index', 'seeds']);
	});

	it('takes the place of an older backup and of nothing else', async () => {
		const made = await indexed(1, 2);
		await backup(made);
		await backup(made);
		const issue = join(made.seedsDir, issueFile(1));
		for (const file of [issue, made.seedsDir, join(made.indexDir, 'b'), join(made.root, 'none', 'b')])
			await expect(backupIndex({ ...made, file })).rejects.toBeInstanceOf(UsageError);
		expect(readFileSync(issue, 'utf8')).toBe(issueText(1));
	});

	it('fails whole at every failing write: the older backup stays', async () => {
		const made = await indexed(1, 2);
		await backup(made);
		const older = readFileSync(made.file);
		for (const step of ['sync', 'rename'] as const) {
			const failure = Object.assign(new Error('ENOSPC: made to fail'), { code: 'ENOSPC', syscall: step });
			const files = {
				...diskFiles,
				[step]: () => {
					throw failure;
				},
			};
			await expect(backupIndex({ ...made, files })).rejects.toThrow('备份写不进去：磁盘满了');
			expect(readFileSync(made.file).equals(older)).toBe(true);
			expect(readdirSync(made.root).sort()).toEqual(['index', 'index.backup', 'seeds']);
		}
	});
});

describe('a backup that is no good', () => {
	it('is refused in one line wherever it is flipped or cut, and the index stays', async () => {
		const made = await indexed();
		await backup(made);
		const whole = readFileSync(made.file);
		made.write(issueFile(5), issueText(5));
		await made.update();
		const before = await seen(made);
		let state = 20_261_125;
		for (let round = 0; round < 60; round++) {
			state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
			const at = round < 20 ? round * 4 : state % whole.length;
			writeFileSync(made.file, whole);
			if (round % 3 === 2) truncateSync(made.file, at);
			else {
				const bytes = Buffer.from(whole);
				bytes[at] = (bytes[at] ?? 0) ^ (1 << (state % 8));
				writeFileSync(made.file, bytes);
			}
			const failure: unknown = await restore(made).catch((error: unknown) => error);
			expect(failure, `byte ${at}`).toBeInstanceOf(InputError);
			expect((failure as Error).message).not.toContain('\n');
		}
		writeFileSync(made.file, Buffer.concat([whole, Buffer.from('x')]));
		await expect(restore(made)).rejects.toBeInstanceOf(InputError);
		expect(await seen(made)).toBe(before);
		expect(made.open().generation).toBe(2);
		expect(made.files().filter((name) => name.includes('.tmp'))).toEqual([]);
	}, 60_000);

	it('or foreign: another file, a folder, a pipe, nothing at all', async () => {
		const made = await indexed(1, 2);
		mkdirSync(join(made.root, 'folder'));
		symlinkSync('/dev/zero', join(made.root, 'device'));
		for (const file of ['folder', 'device', 'none', join('seeds', issueFile(1)), join('index', 'vectors.sqlite')])
			await expect(restore(made, join(made.root, file)), file).rejects.toBeInstanceOf(InputError);
		expect((await checkIndex(made)).problems).toEqual([]);
	});

	it('or of another version, or of an index whose rows do not hold', async () => {
		const made = await indexed(1, 2);
		const manifest = readManifest(made.indexDir);
		if (!manifest) throw new Error('no index');
		writeManifest(made.indexDir, { ...manifest, recipe: 'format-0' }, diskFiles);
		await backup(made);
		await expect(restore(made)).rejects.toThrow('另一个版本');
		writeManifest(made.indexDir, { ...manifest, counts: { ...manifest.counts, articles: 9 } }, diskFiles);
		await backup(made);
		await expect(restore(made)).rejects.toThrow('备份里的内容不对');
	});

	it('is not made where there is nothing', async () => {
		const made = new IndexFolder();
		folders.push(made);
		await expect(backupIndex({ ...made, file: join(made.root, 'b') })).rejects.toBeInstanceOf(IndexError);
	});
});

describe('restoring', () => {
	it('is for one writer', async () => {
		const made = await indexed(1, 2);
		await backup(made);
		const lock = await lockIndex(made.indexDir, false);
		await expect(restore(made)).rejects.toBeInstanceOf(IndexBusyError);
		lock.release();
	});

	it('never mixes models: the next run computes the vectors of its own', async () => {
		const made = await indexed(1, 2);
		await backup(made);
		const other = new PairEmbedder('other', 64);
		await made.update({ embedder: async () => other });
		await restore(made);
		expect(made.open().model).toBe('pairs-64');
		expect((await checkIndex(made)).problems).toEqual([]);
		await made.update({ embedder: async () => other });
		expect(made.open().model).toBe('other');
		expect((await checkIndex(made)).problems).toEqual([]);
	});
});
