import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { inflateRawSync } from 'node:zlib';

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
const STORED = 0;
const DEFLATED = 8;

/**
 * Reads one entry of a zip file (a jar is one) by its central directory. `maxBytes` bounds what it may unpack to.
 * No zip64, no encryption: the one file that is read has neither.
 */
export function readZipEntry(path: string, name: string, maxBytes: number): Buffer {
	const handle = openSync(path, 'r');
	try {
		const { size } = fstatSync(handle);
		const read = (from: number, length: number): Buffer => {
			const bytes = Buffer.alloc(length);
			if (from < 0 || readSync(handle, bytes, 0, length, from) < length) throw new Error('压缩包不完整');
			return bytes;
		};
		const tail = read(Math.max(0, size - 65_557), Math.min(size, 65_557));
		const end = lastSignature(tail);
		const directory = read(tail.readUInt32LE(end + 16), tail.readUInt32LE(end + 12));
		const entry = findEntry(directory, name);
		if (entry.unpacked > maxBytes) throw new Error(`压缩包里的 ${name} 太大`);
		const local = read(entry.offset, 30);
		if (local.readUInt32LE(0) !== LOCAL) throw new Error('压缩包已损坏');
		const data = read(entry.offset + 30 + local.readUInt16LE(26) + local.readUInt16LE(28), entry.packed);
		if (entry.method === STORED) return data;
		if (entry.method === DEFLATED) return inflateRawSync(data, { maxOutputLength: Math.max(entry.unpacked, 1) });
		throw new Error(`压缩包里的 ${name} 用了别的压缩方法`);
	} finally {
		closeSync(handle);
	}
}

function lastSignature(tail: Buffer): number {
	for (let at = tail.length - 22; at >= 0; at--) if (tail.readUInt32LE(at) === END) return at;
	throw new Error('不是压缩包');
}

interface Entry {
	readonly method: number;
	readonly packed: number;
	readonly unpacked: number;
	readonly offset: number;
}

function findEntry(directory: Buffer, name: string): Entry {
	for (let at = 0; at + 46 <= directory.length && directory.readUInt32LE(at) === ENTRY; ) {
		const nameLength = directory.readUInt16LE(at + 28);
		if (directory.toString('utf8', at + 46, at + 46 + nameLength) === name) {
			return {
				method: directory.readUInt16LE(at + 10),
				packed: directory.readUInt32LE(at + 20),
				unpacked: directory.readUInt32LE(at + 24),
				offset: directory.readUInt32LE(at + 42),
			};
		}
		at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
	}
	throw new Error(`压缩包里没有 ${name}`);
}
