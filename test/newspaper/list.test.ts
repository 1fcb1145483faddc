import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { InputError } from '../../src/errors.js';
import { listIssueFiles } from '../../src/newspaper/list.js';

let dir: string;
beforeEach(async () => {
	dir = await mkdtemp(join(tmpdir(), 'wenqu-list-'));
});
afterEach(async () => {
	await rm(dir, { recursive: true, force: true });
});

it('names issue files of all folders, sorted, hidden ones left out', async () => {
	await mkdir(join(dir, '2023'));
	await mkdir(join(dir, '.git'));
	for (const name of ['b.txt', 'a.md', 'C.TXT', '2023/z.txt', '.hidden.txt', '.git/x.txt'])
		await writeFile(join(dir, name), '字');
	expect(await listIssueFiles(dir)).toEqual({ files: ['2023/z.txt', 'C.TXT', 'a.md', 'b.txt'], skipped: [] });
});

it('says what it passes over, and why', async () => {
	await writeFile(join(dir, 'a.pdf'), '字');
	await symlink('../outside.txt', join(dir, 'b.txt'));
	await symlink('nowhere', join(dir, 'c.txt'));
	await symlink('.', join(dir, 'round'));
	execFileSync('sh', ['-c', 'mkfifo "$0"', join(dir, 'd.txt')]);
	const { files, skipped } = await listIssueFiles(dir);
	expect(files).toEqual([]);
	expect(skipped.map(({ file }) => file)).toEqual(['a.pdf', 'b.txt', 'c.txt', 'd.txt', 'round']);
	for (const { reason } of skipped) expect(reason).not.toBe('');
});

it('takes links that stay inside', async () => {
	await writeFile(join(dir, 'a.txt'), '字');
	await symlink('a.txt', join(dir, 'b.txt'));
	expect((await listIssueFiles(dir)).files).toEqual(['a.txt', 'b.txt']);
});

it('refuses a folder that is none', async () => {
	await writeFile(join(dir, 'a.txt'), '字');
	await expect(listIssueFiles(join(dir, 'nothing'))).rejects.toThrow(InputError);
	await expect(listIssueFiles(join(dir, 'a.txt'))).rejects.toThrow(/不是文件夹/u);
});
