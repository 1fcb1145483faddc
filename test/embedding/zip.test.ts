import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readZipEntry } from '../../src/embedding/zip.js';
import { zipOf } from '../support/zip.js';

const dir = mkdtempSync(join(tmpdir(), 'wenqu-zip-'));
const path = join(dir, 'a.jar');
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const FILES = {
	'META-INF/x': Buffer.from('x'),
	'weights.onnx': Buffer.alloc(100_000, 7),
	'tokenizer.json': Buffer.from('{}'),
};

describe('a zip entry', () => {
	it.each([false, true])('comes out as it went in (stored: %s)', (stored) => {
		writeFileSync(path, zipOf(FILES, { stored }));
		for (const [name, data] of Object.entries(FILES)) expect(readZipEntry(path, name, 1_000_000)).toEqual(data);
	});

	it('that is not there, or too large, is refused', () => {
		writeFileSync(path, zipOf(FILES));
		expect(() => readZipEntry(path, 'other', 10)).toThrow('没有 other');
		expect(() => readZipEntry(path, 'weights.onnx', 99_999)).toThrow('太大');
	});

	it('of a file that is cut, or is none, is refused', () => {
		const whole = zipOf(FILES);
		for (const length of [0, 10, 100, whole.length - 30, whole.length - 1]) {
			writeFileSync(path, whole.subarray(0, length));
			expect(() => readZipEntry(path, 'weights.onnx', 1_000_000), String(length)).toThrow();
		}
		writeFileSync(path, Buffer.alloc(2_000, 65));
		expect(() => readZipEntry(path, 'weights.onnx', 1_000_000)).toThrow('不是压缩包');
	});

	it('that unpacks to more than it says is refused', () => {
		const bomb = zipOf(FILES);
		// The central directory's size field of the second entry: says ten bytes.
		const at = bomb.indexOf('weights.onnx', bomb.indexOf('PK\x01\x02')) - 22;
		bomb.writeUInt32LE(10, at);
		writeFileSync(path, bomb);
		expect(() => readZipEntry(path, 'weights.onnx', 1_000_000)).toThrow();
	});
});
