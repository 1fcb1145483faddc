import { createHash } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readSync, realpathSync } from 'node:fs';
import { isAbsolute, join, relative, sep } from 'node:path';
import { InputError } from '../errors.js';
import { decode } from './decode.js';
import { issueDateOf } from './issue-date.js';
import { shownName } from './shown-name.js';
import type { IssueFile } from './types.js';

export { listIssueFiles } from './list.js';

/** Bounds of reading. */
export interface ReadOptions {
	/** Largest file that is read, in bytes; a larger one is refused before a byte of it is read. */
	readonly maxBytes?: number;
}

const UNDECODABLE = {
	binary: ['不是文本文件', '换成 .txt 或 .md 文本，或把它移出报纸文件夹'],
	encoding: ['的编码既不是 UTF-8 也不是 GB18030', '另存为 UTF-8'],
	cut: ['在一个字的中间断了，没有写完', '重新复制一份完整的'],
} as const;

/** An issue of a hundred pages is under 2 MB; what is ten times that is no newspaper. */
const MAX_ISSUE_BYTES = 20 * 1024 * 1024;

/**
 * Reads and decodes one issue file. Throws an {@link InputError} of one line when it cannot be used.
 *
 * @param dir the seeds folder
 * @param name the file's name in it, `/` between folders
 */
export async function readIssueFile(dir: string, name: string, options: ReadOptions = {}): Promise<IssueFile> {
	const bytes = bytesOf(dir, name, options.maxBytes ?? MAX_ISSUE_BYTES);
	if (bytes.length === 0) throw fault(name, '是空文件', '补上内容，或把它移出报纸文件夹');
	const decoded = decode(bytes);
	if ('fault' in decoded) {
		const [what, todo] = UNDECODABLE[decoded.fault];
		throw fault(name, what, todo);
	}
	if (!/[\p{L}\p{N}]/u.test(decoded.text)) throw fault(name, '里没有文字', '补上内容，或把它移出报纸文件夹');
	return {
		file: name,
		text: decoded.text,
		encoding: decoded.encoding,
		issueDate: issueDateOf(name, decoded.text),
		sha256: createHash('sha256').update(bytes).digest('hex'),
		bytes: bytes.length,
	};
}

/**
 * Reads at once instead of waiting for a thread at each of six steps: for thousands of small files that takes a tenth
 * of the time, and what follows a read keeps the thread for longer than the read does.
 */
function bytesOf(dir: string, name: string, maxBytes: number): Buffer {
	let handle: number | undefined;
	try {
		const path = insideFolder(dir, name);
		// Without blocking: opening a FIFO would wait for its writer for ever.
		handle = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
		const stat = fstatSync(handle);
		if (stat.isDirectory()) throw fault(name, '是文件夹，不是报纸文件', '改名，去掉 .txt 或 .md');
		if (!stat.isFile()) throw fault(name, '不是普通文件', '换成普通的文本文件');
		if (stat.size > maxBytes) throw tooLarge(name, stat.size, maxBytes);
		return readAtMost(handle, name, stat.size, maxBytes);
	} catch (error) {
		throw error instanceof InputError ? error : unreadable(name, error);
	} finally {
		if (handle !== undefined) closeSync(handle);
	}
}

/** Reads to the end, yet never more than the bound: the file may grow while it is read. */
function readAtMost(handle: number, name: string, size: number, maxBytes: number): Buffer {
	const chunks: Buffer[] = [];
	let total = 0;
	for (;;) {
		const chunk = Buffer.allocUnsafe(Math.max(4096, Math.min(size - total + 1, maxBytes + 1)));
		const bytesRead = readSync(handle, chunk, 0, chunk.length, total);
		if (bytesRead === 0) return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
		chunks.push(chunk.subarray(0, bytesRead));
		total += bytesRead;
		if (total > maxBytes) throw tooLarge(name, total, maxBytes);
	}
}

/** The file's real path; refused when it, or a link on the way, leads out of the folder. */
function insideFolder(dir: string, name: string): string {
	if (isAbsolute(name) || name.split(/[\\/]/u).includes('..') || name.includes('\0')) throw leadsOut(name);
	const root = realpathSync.native(dir);
	const path = realpathSync.native(join(dir, name));
	const inside = relative(root, path);
	if (inside === '' || inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside)) throw leadsOut(name);
	return path;
}

function leadsOut(name: string): InputError {
	return fault(name, '指向报纸文件夹之外', '把文件本身复制进来，不要用链接');
}

function tooLarge(name: string, size: number, maxBytes: number): InputError {
	return fault(name, `太大（${megabytes(size)}，上限 ${megabytes(maxBytes)}）`, '拆成几个文件，或移出报纸文件夹');
}

function megabytes(bytes: number): string {
	return `${Math.round((bytes / (1024 * 1024)) * 10) / 10} MB`;
}

function unreadable(name: string, error: unknown): InputError {
	const code = (error as NodeJS.ErrnoException | null)?.code ?? '';
	if (code === 'ENOENT') return fault(name, '找不到了', '放回文件，或再运行一次', error);
	if (code === 'EACCES' || code === 'EPERM') return fault(name, '没有读取权限', '改权限后再试', error);
	if (code === 'ELOOP') return fault(name, '是绕圈的链接', '换成文件本身', error);
	if (code === 'ENXIO') return fault(name, '不是普通文件', '换成普通的文本文件', error);
	return fault(name, `读不出来（${code || '未知原因'}）`, '检查磁盘和文件后再试', error);
}

function fault(name: string, what: string, todo: string, cause?: unknown): InputError {
	return new InputError(`文件“${shownName(name)}”${what}：请${todo}。`, cause === undefined ? {} : { cause });
}
