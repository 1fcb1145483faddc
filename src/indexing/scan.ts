import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { WenquError } from '../errors.js';
import { listIssueFiles, readIssueFile } from '../newspaper/read.js';
import type { Skipped } from './skipped.js';
import { lookAt, type SourceNotes } from './sources.js';

/** The issue files as they are now. */
export interface Scan {
	/** sha256 of every readable issue file, by name, in order. */
	readonly files: ReadonlyMap<string, string>;
	readonly skipped: readonly Skipped[];
	/** Changes whenever a file comes, goes or changes. */
	readonly digest: string;
}

/** Finds out what the seeds folder holds; reads only files whose entries differ from what was noted. */
export async function scanSources(seedsDir: string, notes: SourceNotes): Promise<Scan> {
	const files = new Map<string, string>();
	const list = await listIssueFiles(seedsDir);
	const skipped: Skipped[] = list.skipped.map(({ file, reason }) => ({ file, message: reason }));
	for (const file of [...list.files].sort()) {
		const known = notes.sha256(file);
		if (known !== null) {
			files.set(file, known);
			continue;
		}
		const before = lookAt(join(seedsDir, file));
		try {
			const { sha256 } = await readIssueFile(seedsDir, file);
			files.set(file, sha256);
			notes.note(file, before, sha256);
		} catch (error) {
			skipped.push({ file, message: reasonOf(error) });
		}
	}
	return { files, skipped, digest: digestOf(files) };
}

/** Why a file cannot be read, in a line; faults of the program itself are thrown on. */
export function reasonOf(error: unknown): string {
	if (error instanceof WenquError) return error.message;
	if (error instanceof Error && 'code' in error) return error.message;
	throw error;
}

/** Digest over issue files, names and contents, but for those left out. */
export function digestOf(files: ReadonlyMap<string, string>, leftOut: ReadonlySet<string> = new Set()): string {
	const hash = createHash('sha256');
	for (const [file, sha256] of files) if (!leftOut.has(file)) hash.update(JSON.stringify([file, sha256]));
	return hash.digest('hex');
}
