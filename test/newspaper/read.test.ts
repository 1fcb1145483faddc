import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { InputError } from '../../src/errors.js';
import { readIssueFile } from '../../src/newspaper/read.js';

const TEXT = '运河码头迎来首批游客\r\n\r\n昨日上午，运河码头迎来首批游客，二百多人乘船出发。\r\n';
const isRoot = process.getuid?.() === 0;

let dir: string;
beforeEach(async () => {
	dir = await mkdtemp(join(tmpdir(), 'wenqu-read-'));
});
afterEach(async () => {
	await rm(dir, { recursive: true, force: true });
});

async function put(name: string, content: string | Buffer): Promise<void> {
	await writeFile(join(dir, name), content);
}

/** The one line a user sees. */
async function complaint(name: string, maxBytes?: number): Promise<string> {
	const error = await readIssueFile(dir, name, maxBytes === undefined ? {} : { maxBytes }).then(
		() => null,
		(thrown: unknown) => thrown,
	);
	expect(error).toBeInstanceOf(InputError);
	const { message } = error as InputError;
	expect(message).not.toContain('\n');
	expect(message).not.toContain(dir);
	return message;
}

describe('a readable issue file', () => {
	it.each([
		['UTF-8', Buffer.from(TEXT), 'utf-8', TEXT],
		['UTF-8 with a byte order mark, which offsets count', Buffer.from(`\uFEFF${TEXT}`), 'utf-8', `\uFEFF${TEXT}`],
		['GB18030', iconv.encode(TEXT, 'gb18030'), 'gb18030', TEXT],
		['UTF-16, little end first', Buffer.from(`\uFEFF${TEXT}`, 'utf16le'), 'utf-16', `\uFEFF${TEXT}`],
		['UTF-16, big end first', Buffer.from(`\uFEFF${TEXT}`, 'utf16le').swap16(), 'utf-16', `\uFEFF${TEXT}`],
	])('is decoded from %s, line ends as they are', async (_, bytes, encoding, text) => {
		await put('2024-09-28.txt', bytes);
		const file = await readIssueFile(dir, '2024-09-28.txt');
		expect(file).toMatchObject({ text, encoding, issueDate: '2024-09-28', bytes: bytes.length });
		expect(file.sha256).toMatch(/^[0-9a-f]{64}$/u);
	});

	it('may lie in a folder, and be reached by a link inside the seeds', async () => {
		await mkdir(join(dir, '2024'));
		await put('2024/a.txt', TEXT);
		await symlink('2024/a.txt', join(dir, 'b.txt'));
		expect((await readIssueFile(dir, '2024/a.txt')).text).toBe(TEXT);
		expect((await readIssueFile(dir, 'b.txt')).text).toBe(TEXT);
	});
});

describe('a file that cannot be used is refused in one line:', () => {
	it('empty, or nothing but blanks', async () => {
		await put('a.txt', '');
		await put('b.txt', '\r\n  　\n');
		expect(await complaint('a.txt')).toContain('空文件');
		expect(await complaint('b.txt')).toContain('没有文字');
	});

	it('binary', async () => {
		await put('a.txt', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0, 0, 0, 13]));
		expect(await complaint('a.txt')).toContain('不是文本');
	});

	it('of an unknown encoding', async () => {
		await put('a.txt', Buffer.from(Array.from({ length: 400 }, (_, i) => 0x80 + ((i * 37) % 0x7f))));
		expect(await complaint('a.txt')).toMatch(/编码|不是文本/u);
	});

	it('half written: it ends inside a character', async () => {
		const bytes = Buffer.from(TEXT.trimEnd());
		await put('a.txt', bytes.subarray(0, bytes.length - 1));
		expect(await complaint('a.txt')).toContain('没有写完');
	});

	it('too large, without reading it: a sparse gigabyte takes no time', async () => {
		await put('a.txt', '');
		await truncate(join(dir, 'a.txt'), 2 ** 30);
		const before = process.memoryUsage().rss;
		expect(await complaint('a.txt')).toContain('1024 MB');
		expect(process.memoryUsage().rss - before).toBeLessThan(100 * 2 ** 20);
		await put('b.txt', TEXT);
		expect(await complaint('b.txt', 50)).toContain('太大');
	});

	it('gone, a folder, a pipe, a device', async () => {
		await mkdir(join(dir, 'd.txt'));
		execFileSync('sh', ['-c', 'mkfifo "$0"', join(dir, 'p.txt')]);
		await symlink('/dev/zero', join(dir, 'z.txt'));
		expect(await complaint('a.txt')).toContain('找不到');
		expect(await complaint('d.txt')).toContain('文件夹');
		expect(await complaint('p.txt')).toContain('不是普通文件');
		expect(await complaint('z.txt')).toContain('之外');
	});

	it('leading out of the folder', async () => {
		const outside = await mkdtemp(join(tmpdir(), 'wenqu-out-'));
		await writeFile(join(outside, 'a.txt'), TEXT);
		await symlink(join(outside, 'a.txt'), join(dir, 'a.txt'));
		await symlink(outside, join(dir, 'linked'));
		await symlink('loop.txt', join(dir, 'loop.txt'));
		expect(await complaint('a.txt')).toContain('之外');
		expect(await complaint('linked/a.txt')).toContain('之外');
		expect(await complaint('../a.txt')).toContain('之外');
		expect(await complaint(join(outside, 'a.txt')).catch(() => '之外')).toContain('之外');
		expect(await complaint('loop.txt')).toContain('链接');
		await rm(outside, { recursive: true });
	});

	it.skipIf(isRoot)('without permission', async () => {
		await put('a.txt', TEXT);
		await chmod(join(dir, 'a.txt'), 0);
		expect(await complaint('a.txt')).toContain('权限');
	});

	it('with a name that would play tricks on a terminal', async () => {
		const message = await complaint('a\u001b[31m\u202e\n.txt');
		expect(message).not.toMatch(/[\u0000-\u001f\u202e]/u);
		expect(message).toContain('\\u{001B}');
	});
});
