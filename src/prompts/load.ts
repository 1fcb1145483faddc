import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../errors.js';
import { type Prompt, parsePrompt } from './parse.js';

/** A prompt file as loaded; answers that used it can name it by its hash. */
export interface PromptFile extends Prompt {
	readonly file: string;
	/** The first 12 characters of the file's sha256. */
	readonly hash: string;
}

/**
 * Reads a file of prompts/ from the first folder that has it: the user's own comes before the bundled one. Throws a
 * UsageError that names the file and what is wrong with it.
 */
export function loadPrompt(folders: readonly string[], file: string): PromptFile {
	const path = folders.map((folder) => join(folder, file)).find((one) => existsSync(one));
	if (!path) throw new UsageError(`找不到措辞文件 ${file}。请放回原来的文件。`);
	const text = readFileSync(path, 'utf8');
	const hash = createHash('sha256').update(text).digest('hex').slice(0, 12);
	return { ...parsePrompt(text, file), file, hash };
}
