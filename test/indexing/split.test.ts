import { readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { backupIndex } from '../../src/indexing/backup.js';
import { checkIndex } from '../../src/indexing/check.js';
import { RECENT_MOST } from '../../src/indexing/plan.js';
import { restoreIndex } from '../../src/indexing/restore.js';
import { readManifest } from '../../src/store/manifest.js';
import { type IndexFolder, indexFolders, issueFile, issues, issueText, PairEmbedder } from '../support/index-folder.js';

const folder = indexFolders();

/** An index of six issues, the last two in the second database. */
async function grown(): Promise<IndexFolder> {
	const made = folder(issues(1, 4), true);
	await made.update();
	for (const n of [5, 6]) {
		made.write(issueFile(n), issueText(n));
		await made.update();
	}
	return made;
}

function manifestOf(made: IndexFolder): NonNullable<ReturnType<typeof readManifest>> {
	const manifest = readManifest(made.indexDir);
	if (!manifest) throw new Error('There is no index');
	return manifest;
}

function flipped(bytes: Buffer, place: number): Buffer {
	const at = Math.floor(bytes.length * place);
	bytes[at] = (bytes[at] ?? 0) ^ 1;
	return bytes;
}

async function expectAsBuilt(made: IndexFolder, files: Readonly<Record<string, string>>): Promise<void> {
	const built = folder(files);
	await built.update();
	expect(made.contents()).toEqual(built.contents());
	expect((await checkIndex(made)).problems).toEqual([]);
}

describe('issues that come to a large index', () => {
	it('leave its database alone and are found with the others', async () => {
		const made = folder(issues(1, 4), true);
		await made.update();
		const { database } = manifestOf(made);
		const path = join(made.indexDir, database.name);
		const before = [statSync(path).ino, readFileSync(path)];
		made.write(issueFile(5), issueText(5));
		expect((await made.update()).issues).toMatchObject({ added: [issueFile(5)], unchanged: 4 });
		made.write(issueFile(6), issueText(6));
		await made.update();
		expect([statSync(path).ino, readFileSync(path)]).toEqual(before);
		expect(manifestOf(made)).toMatchObject({ database, recent: { issues: 2, articles: 4 }, counts: { issues: 6 } });
		expect(made.files().filter((name) => /^wenqu-/u.test(name))).toHaveLength(2);
		await expectAsBuilt(made, issues(1, 6));
	});

	it('may change and go again', async () => {
		const made = await grown();
		made.write(issueFile(5), issueText(55));
		made.remove(issueFile(6));
		await made.update();
		expect(manifestOf(made).recent).toMatchObject({ issues: 1 });
		await expectAsBuilt(made, { ...issues(1, 4), [issueFile(5)]: issueText(55) });
		made.remove(issueFile(5));
		await made.update();
		expect(manifestOf(made)).toMatchObject({ recent: { issues: 0 }, counts: { issues: 4 } });
		await expectAsBuilt(made, issues(1, 4));
	});

	it('share vectors with it, which stay while either needs them', async () => {
		const made = folder(issues(1, 3), true);
		await made.update();
		made.write('twin.txt', issueText(2));
		expect(await made.update()).toMatchObject({ embedded: 0 });
		made.remove('twin.txt');
		for (const n of [4, 5, 6]) {
			made.write(issueFile(n), issueText(n));
			await made.update();
		}
		await expectAsBuilt(made, issues(1, 6));
	});

	it('go into it when an issue of its own changes or goes', async () => {
		const made = await grown();
		made.write(issueFile(2), issueText(22));
		await made.update();
		expect(manifestOf(made).recent).toBeNull();
		await expectAsBuilt(made, { ...issues(1, 6), [issueFile(2)]: issueText(22) });
	});

	it('go into it when they are many', async () => {
		const made = folder(issues(1, 2), true);
		await made.update();
		const files = issues(1, 3 + RECENT_MOST);
		for (const [file, text] of Object.entries(files)) made.write(file, text);
		await made.update();
		expect(manifestOf(made).recent).toBeNull();
		await expectAsBuilt(made, files);
	}, 60_000);

	it('go into it when the model changes', async () => {
		const made = await grown();
		const other = new PairEmbedder('pairs-32', 32);
		made.write(issueFile(7), issueText(7));
		const report = await made.update({ embedder: async () => other });
		expect(report).toMatchObject({ embedded: report.chunks, model: 'pairs-32' });
		expect(manifestOf(made).recent).toBeNull();
		expect((await checkIndex(made)).problems).toEqual([]);
	});

	it('are taken in without a model too, and get their vectors when it is there', async () => {
		const made = folder(issues(1, 4), true);
		await made.update({ embedder: async () => null });
		made.write(issueFile(5), issueText(5));
		expect(await made.update({ embedder: async () => null })).toMatchObject({ embedded: 0, model: null });
		expect(manifestOf(made).recent).toMatchObject({ issues: 1, vectors: 0 });
		const report = await made.update();
		expect(report).toMatchObject({ embedded: report.chunks, model: 'pairs-64' });
		await expectAsBuilt(made, issues(1, 5));
	});
});

describe('a large index of two databases', () => {
	it('is one file in a backup, and one database when it comes back', async () => {
		const made = await grown();
		const before = made.contents();
		const file = join(made.root, 'backup.wenqu');
		await backupIndex({ indexDir: made.indexDir, file });
		const back = folder(issues(1, 6));
		const { seedsDir, indexDir } = back;
		expect(await restoreIndex({ seedsDir, indexDir, file })).toMatchObject({ issues: 6, upToDate: true });
		expect(manifestOf(back).recent).toBeNull();
		expect(back.contents()).toEqual(before);
		expect((await checkIndex(back)).problems).toEqual([]);
	});

	const damages: Record<string, (bytes: Buffer) => Buffer | null> = {
		'a bit flips at its head': (bytes) => flipped(bytes, 0.001),
		'a bit flips in its middle': (bytes) => flipped(bytes, 0.5),
		'a bit flips at its end': (bytes) => flipped(bytes, 0.999),
		'it is cut': (bytes) => bytes.subarray(0, bytes.length - 4096),
		'it is empty': () => Buffer.alloc(0),
		'it is gone': () => null,
	};
	const places = (['database', 'recent'] as const).flatMap((which) =>
		Object.keys(damages).map((how) => [which, how] as const),
	);
	it.each(places)('is mended, in its %s, where %s', async (which, how) => {
		const made = await grown();
		const before = made.contents();
		const name = manifestOf(made)[which]?.name ?? '';
		const path = join(made.indexDir, name);
		const { atime, mtime } = statSync(path);
		const damaged = damages[how]?.(readFileSync(path)) ?? null;
		if (damaged === null) rmSync(path);
		else {
			writeFileSync(path, damaged);
			// Even where somebody sets the times back, the entry tells.
			utimesSync(path, atime, mtime);
		}
		expect(() => made.open()).toThrow(name);
		expect((await checkIndex(made)).problems.join()).toContain(name);
		await made.update();
		expect(made.warnings.join()).toContain(name);
		expect((await checkIndex(made)).problems).toEqual([]);
		expect(made.contents()).toEqual(before);
	});

	it('says in its manifest how the large database looked, so that a run may spare summing it', async () => {
		const made = await grown();
		const { database } = manifestOf(made);
		const { size, ino } = statSync(join(made.indexDir, database.name), { bigint: true });
		expect(database.look).toMatch(new RegExp(`^${size} ${ino} `, 'u'));
	});
});
