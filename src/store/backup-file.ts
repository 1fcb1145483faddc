import { createHash } from 'node:crypto';
import { closeSync, constants, fstatSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs';
import { z } from 'zod';
import { IndexError, InputError } from '../errors.js';
import { type Manifest, parseManifest } from './manifest.js';

/** The first line of every backup: what it is, and the sha256 of the second, which describes the rest. */
const MAGIC = /^wenqu-backup 1 ([0-9a-f]{64})\n/;
const FIRST_LINE = 'wenqu-backup 1 '.length + 64 + 1;
/** The second line is a manifest and two sums; a longer one is not ours. */
const HEADER_MOST = 1 << 20;
const PIECE = 1 << 20;

const part = z.object({ size: z.int().nonnegative(), sha256: z.string().length(64) });
const schema = z.object({
	created: z.iso.datetime(),
	manifest: z.unknown(),
	database: part,
	/** The store of vectors; null where the index worked on keywords alone. */
	vectors: part.nullable(),
});

/** A piece of a backup: its bytes begin at `from`. */
interface Part {
	readonly from: number;
	readonly size: number;
	readonly sha256: string;
}

/** What a backup holds. */
export interface BackupContents {
	readonly created: string;
	/** The generation as it was published. */
	readonly manifest: Manifest;
	readonly database: Part;
	readonly vectors: Part | null;
}

/** Writes a backup: two lines that describe it, then the files, each compared with its sum on the way. */
export function writeBackup(
	path: string,
	manifest: Manifest,
	database: { readonly path: string; readonly size: number; readonly sha256: string },
	vectors: { readonly path: string; readonly size: number; readonly sha256: string } | null,
): void {
	const sums = (file: typeof vectors): object | null => file && { size: file.size, sha256: file.sha256 };
	const created = new Date().toISOString();
	const header = `${JSON.stringify({ created, manifest, database: sums(database), vectors: sums(vectors) })}\n`;
	const handle = openSync(path, 'wx');
	try {
		writeAll(handle, Buffer.from(`wenqu-backup 1 ${createHash('sha256').update(header).digest('hex')}\n${header}`));
		for (const file of [database, vectors]) {
			if (!file) continue;
			const from = openSync(file.path, 'r');
			try {
				if (!copyPart(from, { from: 0, ...file }, (piece) => writeAll(handle, piece)))
					throw new IndexError('索引在备份时变了或有损坏，请运行 wenqu check。');
			} finally {
				closeSync(from);
			}
		}
		fsyncSync(handle);
	} finally {
		closeSync(handle);
	}
}

/** A backup open for reading: proven from its first byte to its last before anything of it is used. */
export class BackupReader {
	readonly contents: BackupContents;
	readonly #handle: number;

	/** Throws an InputError of one line where the file is no backup, or not whole. */
	constructor(path: string) {
		// Without blocking: opening a FIFO would wait for its writer for ever.
		this.#handle = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
		try {
			this.contents = readContents(this.#handle);
			for (const each of [this.contents.database, this.contents.vectors])
				if (each && !copyPart(this.#handle, each, () => {})) throw damaged('校验和不符');
		} catch (error) {
			this.close();
			throw error;
		}
	}

	/** Writes a part out into a file of its own, compared with its sum once more. */
	extract(each: Part, path: string): void {
		const handle = openSync(path, 'wx');
		try {
			if (!copyPart(this.#handle, each, (piece) => writeAll(handle, piece))) throw damaged('校验和不符');
			fsyncSync(handle);
		} finally {
			closeSync(handle);
		}
	}

	close(): void {
		closeSync(this.#handle);
	}
}

/** Whether a file begins as a backup does. */
export function looksLikeBackup(path: string): boolean {
	const handle = openSync(path, 'r');
	try {
		return MAGIC.test(textAt(handle, 0, FIRST_LINE));
	} finally {
		closeSync(handle);
	}
}

function readContents(handle: number): BackupContents {
	const stat = fstatSync(handle);
	const sum = stat.isFile() ? MAGIC.exec(textAt(handle, 0, FIRST_LINE))?.[1] : undefined;
	if (!sum) throw new InputError('这不是 wenqu 的备份文件。已有的索引没有变。');
	const text = textAt(handle, FIRST_LINE, HEADER_MOST);
	const header = text.slice(0, text.indexOf('\n') + 1);
	const isWhole = createHash('sha256').update(header).digest('hex') === sum;
	const parsed = isWhole ? schema.safeParse(parseJson(header)) : null;
	const manifest = parsed?.success ? parseManifest(parsed.data.manifest) : null;
	if (!parsed?.success || !manifest) throw damaged('文件头不对');
	const { created, database, vectors } = parsed.data;
	const first = FIRST_LINE + Buffer.byteLength(header);
	const end = first + database.size + (vectors?.size ?? 0);
	if (stat.size !== end) throw damaged(`有 ${stat.size} 字节，应为 ${end}`);
	return {
		created,
		manifest,
		database: { from: first, ...database },
		vectors: vectors && { from: first + database.size, ...vectors },
	};
}

/** Passes the bytes of a part on, piece by piece; says whether they are what their sum tells. */
function copyPart(handle: number, { from, size, sha256 }: Part, take: (piece: Buffer) => void): boolean {
	const hash = createHash('sha256');
	const piece = Buffer.allocUnsafe(PIECE);
	for (let at = 0; at < size; ) {
		const n = readSync(handle, piece, 0, Math.min(PIECE, size - at), from + at);
		if (n === 0) break;
		hash.update(piece.subarray(0, n));
		take(piece.subarray(0, n));
		at += n;
	}
	return hash.digest('hex') === sha256;
}

function damaged(fault: string): InputError {
	return new InputError(`备份文件已损坏（${fault}），没有恢复；已有的索引没有变。`);
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}

function textAt(handle: number, from: number, most: number): string {
	const bytes = Buffer.alloc(most);
	return bytes.toString('utf8', 0, readSync(handle, bytes, 0, most, from));
}

function writeAll(handle: number, bytes: Buffer): void {
	for (let at = 0; at < bytes.length; ) at += writeSync(handle, bytes, at);
}
