import { IndexBusyError, UsageError, WenquError } from '../errors.js';

/** Exit codes of the contract. */
export const EXIT = { done: 0, failed: 1, usage: 2, busy: 3 } as const;

/** The exit code that an error ends the program with. */
export function exitCodeOf(error: unknown): number {
	if (error instanceof UsageError) return EXIT.usage;
	if (error instanceof IndexBusyError) return EXIT.busy;
	return EXIT.failed;
}

/** One line for the user; what is not an error of ours is told without stack and paths. */
export function lineOf(error: unknown): string {
	if (error instanceof WenquError) return error.message;
	const code = (error as NodeJS.ErrnoException).code;
	if (code === 'ENOSPC') return '磁盘已满，请腾出空间后再试。已有的索引没有改动。';
	if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
		return '没有读写权限，请检查文件夹的权限，或用 --index 换一个文件夹。';
	if (code === 'EMFILE') return '打开的文件太多，请稍后再试。';
	return `程序出错（${error instanceof Error ? error.name : '未知'}${code ? ` ${code}` : ''}），请重试；若仍出错，请用 wenqu check 检查索引。`;
}
