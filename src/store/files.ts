import { createHash, randomBytes } from 'node:crypto';
import {
	closeSync,
	constants,
	copyFileSync,
	fsyncSync,
	openSync,
	readSync,
	renameSync,
	rmSync,
	statSync,
	writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

/** A file of a generation as the manifest knows it. */
export interface FileMark {
	readonly name: string;
	readonly size: number;
	readonly sha256: string;
}

/** A file with how its entry looked when its sum was last taken: an entry that has not changed spares taking it again. */
export interface LookedMark extends FileMark {
	readonly look: string | null;
}

/**
 * The writes on which publication depends, one object so that tests can make the Nth of them fail.
 * SQLite and hnswlib write in C and are tested on a full file system instead.
 */
export interface FileOperations {
	write(path: string, data: string): void;
	copy(from: string, to: string): void;
	sync(path: string): void;
	rename(from: string, to: string): void;
	remove(path: string): void;
}

export const diskFiles: FileOperations = {
	write(path, data) {
		const handle = openSync(path, 'w');
		try {
			const bytes = Buffer.from(data);
			for (let at = 0; at < bytes.length; ) at += writeSync(handle, bytes, at);
			fsyncSync(handle);
		} finally {
			closeSync(handle);
		}
	},
	copy: (from, to) => copyFileSync(from, to, constants.COPYFILE_FICLONE),
	sync(path) {
		const handle = openSync(path, 'r');
		try {
			fsyncSync(handle);
		} finally {
			closeSync(handle);
		}
	},
	rename: renameSync,
	remove: (path) => rmSync(path, { force: true }),
};

/** Puts a text in a file's place in one step: whoever reads sees the old text or the new one, also after a power cut. */
export function replaceFile(path: string, data: string, files: FileOperations): void {
	const beside = temporaryName(path);
	try {
		files.write(beside, data);
		files.rename(beside, path);
		files.sync(dirname(path));
	} catch (error) {
		files.remove(beside);
		throw error;
	}
}

/** A name beside the file that no other process uses; a writer that comes later may clear it away. */
export function temporaryName(path: string): string {
	return `${path}.${process.pid}-${randomBytes(4).toString('hex')}.tmp`;
}

/** Size and sha256 of a file, read in pieces so that a large one costs no memory. */
export function markFile(dir: string, name: string): FileMark {
	const handle = openSync(join(dir, name), 'r');
	try {
		const hash = createHash('sha256');
		const piece = Buffer.allocUnsafe(1 << 20);
		let size = 0;
		for (let n = readSync(handle, piece); n > 0; n = readSync(handle, piece)) {
			hash.update(piece.subarray(0, n));
			size += n;
		}
		return { name, size, sha256: hash.digest('hex') };
	} finally {
		closeSync(handle);
	}
}

/** Files that were compared in this process already and have not been touched since. */
const verified = new Map<string, string>();

/** What is wrong with a file compared with its mark, or null. */
export function fileFault(dir: string, mark: FileMark): string | null {
	try {
		const path = join(dir, mark.name);
		const { size } = statSync(path);
		if (size !== mark.size) return `${mark.name} 有 ${size} 字节，应为 ${mark.size}`;
		const state = `${mark.sha256} ${lookOf(dir, mark.name)}`;
		if (verified.get(path) === state) return null;
		if (markFile(dir, mark.name).sha256 !== mark.sha256) return `${mark.name} 的校验和不符`;
		verified.set(path, state);
		return null;
	} catch (error) {
		return `${mark.name} ${isMissing(error) ? '缺失' : `读不出来：${error instanceof Error ? error.message : String(error)}`}`;
	}
}

/**
 * As `fileFault`, but an entry that looks as it did when the sum was taken will do: for a writer that leaves the file
 * alone, so that its work does not grow with the archive. Whoever reads from a file, or copies it, takes the sum.
 */
export function faultAtAGlance(dir: string, mark: LookedMark): string | null {
	try {
		if (mark.look !== null && lookOf(dir, mark.name) === mark.look) return null;
	} catch {
		// Gone: told below.
	}
	return fileFault(dir, mark);
}

/** A file's entry in a line: whoever writes to the file, or puts another in its place, changes it. */
export function lookOf(dir: string, name: string): string {
	const { size, ino, mtimeNs, ctimeNs } = statSync(join(dir, name), { bigint: true });
	return `${size} ${ino} ${mtimeNs} ${ctimeNs}`;
}

/** Whether an error says that a file is not there. */
export function isMissing(error: unknown): boolean {
	return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
