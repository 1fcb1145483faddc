import { shownName } from '../newspaper/shown-name.js';

/** A file that could not be read as an issue, and why. */
export interface Skipped {
	readonly file: string;
	readonly message: string;
}

/** A line for each skipped file, safe to show. Beyond `most` they are counted: a question is no place for thousands. */
export function skippedLines(skipped: readonly Skipped[], most: number = skipped.length): string[] {
	const lines = skipped.slice(0, most).map(({ file, message }) => `跳过 ${shownName(file)}：${message}`);
	const rest = skipped.length - lines.length;
	return rest > 0 ? [...lines, `另有 ${rest} 个文件也跳过了，wenqu index 会逐个列出。`] : lines;
}
