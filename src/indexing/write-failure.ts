import Database from 'better-sqlite3';
import { IndexError } from '../errors.js';

/** What the system says when it does not take a write, in words for a user. */
const REASONS: Readonly<Record<string, string>> = {
	ENOSPC: '磁盘满了',
	SQLITE_FULL: '磁盘满了',
	EDQUOT: '磁盘配额用完了',
	EROFS: '文件系统只读',
	EACCES: '没有写权限',
	EPERM: '没有写权限',
	SQLITE_READONLY: '没有写权限',
	EMFILE: '打开的文件太多',
	EIO: '磁盘读写出错',
	SQLITE_IOERR: '磁盘读写出错',
};

/**
 * Turns a fault of the disk into an IndexError of one line, so that whoever has an older index can go on with it.
 * Errors that are wenqu's own, or faults of the program, come back as they are.
 */
export function writeFailure(error: unknown, indexDir: string): unknown {
	const reason = reasonOfSystem(error);
	if (reason === null) return error;
	return new IndexError(`${indexDir} 里的索引写不进去：${reason}。上一次建好的索引没有变。`, { cause: error });
}

/** What the system would not do, in words for a user; null where it is not the system's fault. */
export function reasonOfSystem(error: unknown): string | null {
	const ofSystem = error instanceof Error && 'syscall' in error && 'code' in error;
	if (!ofSystem && !(error instanceof Database.SqliteError)) return null;
	const code = String(error.code);
	return REASONS[code] ?? REASONS[code.split('_').slice(0, 2).join('_')] ?? error.message;
}
