import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { WenquError } from '../errors.js';
import { readIssueFile } from './read.js';

/**
 * Gives the text of issue files as they are on disk now, for proving quotes; null for a file that is gone or
 * unreadable. A text is read again only when its file's size or time of change differs.
 */
export function sourceTexts(seedsDir: string): (file: string) => Promise<string | null> {
	const known = new Map<string, { readonly mark: string; readonly text: string }>();
	return async (file) => {
		try {
			const { size, mtimeMs, ino } = await stat(join(seedsDir, file));
			const mark = `${size} ${mtimeMs} ${ino}`;
			const kept = known.get(file);
			if (kept?.mark === mark) return kept.text;
			const { text } = await readIssueFile(seedsDir, file);
			known.set(file, { mark, text });
			if (known.size > 64) known.delete(known.keys().next().value ?? '');
			return text;
		} catch (error) {
			if (error instanceof WenquError || (error as NodeJS.ErrnoException).code) return null;
			throw error;
		}
	};
}
