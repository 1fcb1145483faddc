import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import { InputError } from '../errors.js';
import { shownName } from './shown-name.js';

/** A file that was passed over, and why, in a few words. */
interface SkippedFile {
	readonly file: string;
	readonly reason: string;
}

/** What lies in a seeds folder: names of issue files in order, `/` between folders, and what was passed over. */
interface IssueList {
	readonly files: readonly string[];
	readonly skipped: readonly SkippedFile[];
}

const ISSUE_NAME = /\.(?:txt|md)$/iu;
/** Papers sort their years and months into folders; what lies deeper is a loop or a mistake. */
const MOST_FOLDERS = 8;

/**
 * Lists the issue files (`.txt`, `.md`) of a folder and the folders in it, sorted by name.
 * Hidden files are left out without a word; other files are named as skipped. Throws an {@link InputError} when the
 * folder itself cannot be read.
 */
export async function listIssueFiles(dir: string): Promise<IssueList> {
	const files: string[] = [];
	const skipped: SkippedFile[] = [];
	let root: string;
	try {
		root = await realpath(dir);
	} catch (error) {
		throw unreadableFolder(dir, error);
	}
	const visit = async (folder: string, depth: number): Promise<void> => {
		let entries: Dirent[];
		try {
			entries = await readdir(join(root, folder), { withFileTypes: true });
		} catch (error) {
			if (folder === '') throw unreadableFolder(dir, error);
			skipped.push({ file: folder, reason: '文件夹读不出来' });
			return;
		}
		for (const entry of entries) {
			if (entry.name.startsWith('.')) continue;
			const name = folder === '' ? entry.name : `${folder}/${entry.name}`;
			const kind = entry.isSymbolicLink() ? await kindOfLink(root, name) : kindOf(entry);
			if (kind === 'folder') {
				// Linked folders are not entered: they may lead round in a circle.
				if (entry.isSymbolicLink()) skipped.push({ file: name, reason: '链接的文件夹' });
				else if (depth >= MOST_FOLDERS) skipped.push({ file: name, reason: '文件夹套得太深' });
				else await visit(name, depth + 1);
			} else if (!ISSUE_NAME.test(entry.name)) skipped.push({ file: name, reason: '不是 .txt 或 .md' });
			else if (kind === 'file') files.push(name);
			else skipped.push({ file: name, reason: kind });
		}
	};
	await visit('', 0);
	const byName = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
	return { files: files.sort(byName), skipped: skipped.sort((a, b) => byName(a.file, b.file)) };
}

function kindOf(entry: Dirent): string {
	if (entry.isDirectory()) return 'folder';
	return entry.isFile() ? 'file' : '不是普通文件';
}

async function kindOfLink(root: string, name: string): Promise<string> {
	try {
		const target = await realpath(join(root, name));
		const inside = relative(root, target);
		if (inside === '..' || inside.startsWith(`..${sep}`)) return '链接指向报纸文件夹之外';
		const { isFile, isDirectory } = await kinds(target);
		return isDirectory ? 'folder' : isFile ? 'file' : '不是普通文件';
	} catch {
		return '链接断了';
	}
}

async function kinds(path: string): Promise<{ isFile: boolean; isDirectory: boolean }> {
	const found = await stat(path);
	return { isFile: found.isFile(), isDirectory: found.isDirectory() };
}

function unreadableFolder(dir: string, error: unknown): InputError {
	const code = (error as NodeJS.ErrnoException | null)?.code ?? '';
	const shown = shownName(basename(dir) || dir);
	if (code === 'ENOENT') return new InputError(`找不到报纸文件夹“${shown}”：请用 --seeds 指定。`, { cause: error });
	if (code === 'ENOTDIR')
		return new InputError(`“${shown}”不是文件夹：请用 --seeds 指定报纸文件夹。`, { cause: error });
	return new InputError(`报纸文件夹“${shown}”读不出来（${code}）：请检查权限。`, { cause: error });
}
