import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { diskFiles, replaceFile } from '../store/files.js';

/** What tells whether a file is the one that was read: a look at its entry, without reading it. */
const look = z.object({ size: z.int(), mtimeMs: z.number(), inode: z.number() });
export type Look = z.infer<typeof look>;

const schema = z.object({ seedsDir: z.string(), files: z.record(z.string(), look.extend({ sha256: z.string() })) });

const NOTES = 'sources.json';
/**
 * A file may change twice within one tick of its clock and look the same. What was changed so shortly before it was
 * read is read again next time.
 */
const TICK_MS = 2_000;

/** What is remembered of the issue files, to spare reading them all at every start. Losing it costs only that time. */
export class SourceNotes {
	readonly #known: Map<string, Look & { readonly sha256: string }>;
	#changed = false;

	constructor(
		private readonly indexDir: string,
		private readonly seedsDir: string,
	) {
		this.#known = new Map(Object.entries(readNotes(indexDir, seedsDir)));
	}

	/** The file's sha256 as far as its entry proves that it is the one last read; else null. */
	sha256(file: string): string | null {
		const noted = this.#known.get(file);
		const now = noted && lookAt(join(this.seedsDir, file));
		if (!noted || !now) return null;
		return now.size === noted.size && now.mtimeMs === noted.mtimeMs && now.inode === noted.inode ? noted.sha256 : null;
	}

	/** Remembers a file by its entry as it was before the file was read. */
	note(file: string, before: Look | null, sha256: string): void {
		if (!before || Date.now() - before.mtimeMs < TICK_MS) return;
		this.#known.set(file, { ...before, sha256 });
		this.#changed = true;
	}

	/** Forgets files that are gone, and writes what is new; a folder that cannot be written is no failure. */
	save(files: readonly string[]): void {
		const there = new Set(files);
		for (const file of this.#known.keys()) {
			if (!there.has(file)) this.#changed = this.#known.delete(file) || this.#changed;
		}
		if (!this.#changed) return;
		const body = JSON.stringify({ seedsDir: this.seedsDir, files: Object.fromEntries(this.#known) });
		try {
			replaceFile(join(this.indexDir, NOTES), `${body}\n${digest(body)}`, diskFiles);
			this.#changed = false;
		} catch {
			// The next start reads the files again.
		}
	}
}

function readNotes(indexDir: string, seedsDir: string): z.infer<typeof schema>['files'] {
	try {
		const [body = '', checksum] = readFileSync(join(indexDir, NOTES), 'utf8').split('\n');
		if (checksum !== digest(body)) return {};
		const parsed = schema.parse(JSON.parse(body));
		return parsed.seedsDir === seedsDir ? parsed.files : {};
	} catch {
		// Missing or damaged: every file is read and compared instead.
		return {};
	}
}

/** Looks at a file's entry; null where there is none. */
export function lookAt(path: string): Look | null {
	const found = statSync(path, { throwIfNoEntry: false });
	return found ? { size: found.size, mtimeMs: found.mtimeMs, inode: found.ino } : null;
}

function digest(text: string): string {
	return createHash('sha256').update(text).digest('hex');
}
