import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkIndex } from '../../src/indexing/check.js';
import { updateIndex } from '../../src/indexing/update.js';
import { hasSnapshot, openSnapshot } from '../../src/store/snapshot.js';
import { contentsOf, issues, PairEmbedder } from '../support/index-folder.js';
import { startIndexer } from '../support/indexer.js';

/** Tools of the system, not of a package. */
const [MOUNT, UNMOUNT] = ['mount', 'umount'];
const isRoot = process.getuid?.() === 0;
const canMount = isRoot && mountable();
const reason = canMount ? '' : ' (skipped: mounting a file system needs root on Linux)';

function mountable(): boolean {
	const dir = mkdtempSync(join(tmpdir(), 'wenqu-mount-'));
	try {
		execFileSync(MOUNT, ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', dir], { stdio: 'ignore' });
		execFileSync(UNMOUNT, [dir]);
		return true;
	} catch {
		return false;
	} finally {
		rmSync(dir, { recursive: true, force: true });
	}
}

/** Seeds on the ordinary disk, an index on a small one of its own. */
async function onSmallDisk(kilobytes: number, use: (dirs: { seedsDir: string; indexDir: string }) => Promise<void>) {
	const root = mkdtempSync(join(tmpdir(), 'wenqu-disk-'));
	const [seedsDir, disk] = [join(root, 'seeds'), join(root, 'disk')];
	mkdirSync(seedsDir);
	mkdirSync(disk);
	execFileSync(MOUNT, ['-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', disk]);
	try {
		await use({ seedsDir, indexDir: join(disk, 'index') });
	} finally {
		execFileSync(UNMOUNT, [disk]);
		rmSync(root, { recursive: true, force: true });
	}
}

function seen(indexDir: string): string {
	const snapshot = openSnapshot(indexDir);
	try {
		return JSON.stringify(contentsOf(snapshot));
	} finally {
		snapshot.close();
	}
}

function write(seedsDir: string, files: Readonly<Record<string, string>>): void {
	for (const [file, text] of Object.entries(files)) writeFileSync(join(seedsDir, file), text);
}

describe.runIf(canMount)(`on a disk that is full${reason}`, () => {
	it.each([16, 60, 150, 300, 500])(
		'%i kB: an error of one line, nothing published, and it goes on with more room',
		async (kilobytes) => {
			await onSmallDisk(kilobytes, async (dirs) => {
				write(dirs.seedsDir, issues(1, 60));
				const { code, signal, err } = await startIndexer(dirs).ended;
				expect(signal).toBeNull();
				expect(code).toBe(1);
				expect(err.trim().split('\n')).toHaveLength(1);
				expect(err).not.toMatch(/\n\s+at /u);
				expect(hasSnapshot(dirs.indexDir)).toBe(false);
				execFileSync(MOUNT, ['-o', 'remount,size=20000k', join(dirs.indexDir, '..')]);
				const ended = await startIndexer(dirs).ended;
				expect(ended).toMatchObject({ code: 0, err: '' });
				expect((await checkIndex(dirs)).problems).toEqual([]);
			});
		},
		60_000,
	);

	it('the old index goes on answering', async () => {
		await onSmallDisk(1_200, async (dirs) => {
			const embedder = new PairEmbedder();
			write(dirs.seedsDir, issues(1, 5));
			await updateIndex({ ...dirs, embedder: async () => embedder });
			const before = seen(dirs.indexDir);
			write(dirs.seedsDir, issues(6, 200));
			expect((await startIndexer(dirs).ended).code).toBe(1);
			expect(seen(dirs.indexDir)).toBe(before);
		});
	}, 60_000);
});

describe.runIf(canMount)(`on a disk that is read only${reason}`, () => {
	it('the index answers, and a run that would write says why it cannot', async () => {
		await onSmallDisk(8_000, async (dirs) => {
			const embedder = new PairEmbedder();
			write(dirs.seedsDir, issues(1, 5));
			await updateIndex({ ...dirs, embedder: async () => embedder });
			execFileSync(MOUNT, ['-o', 'remount,ro', join(dirs.indexDir, '..')]);
			const snapshot = openSnapshot(dirs.indexDir);
			expect(snapshot.headlines()).toHaveLength(10);
			expect(snapshot.vectors(64)?.size).toBeGreaterThan(0);
			snapshot.close();
			expect((await updateIndex({ ...dirs, embedder: async () => embedder })).issues.unchanged).toBe(5);
			write(dirs.seedsDir, issues(6, 6));
			const { code, err } = await startIndexer(dirs).ended;
			expect(code).toBe(1);
			expect(err).toMatch(/索引写不进去：文件系统只读/u);
		});
	}, 60_000);
});
