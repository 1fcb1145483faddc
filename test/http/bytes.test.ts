import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bytesOf } from '../../src/http/bytes.js';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

let server: Server;
let url = '';
let left = 0;
beforeAll(async () => {
	server = createServer((request, response) => {
		response.on('close', () => {
			if (!response.writableFinished) left++;
		});
		response.write('一二');
		if (request.url === '/whole') response.end('三');
		if (request.url === '/cut') setTimeout(() => response.destroy(), 20);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
	server.closeAllConnections();
	await new Promise((resolve) => server.close(resolve));
});

async function read(path: string, stop = new AbortController(), onBytes = (): void => {}): Promise<string> {
	const response = await fetch(`${url}${path}`, { redirect: 'error', signal: stop.signal });
	const chunks: Uint8Array[] = [];
	for await (const chunk of bytesOf(response, stop.signal)) {
		chunks.push(chunk);
		onBytes();
	}
	return Buffer.concat(chunks).toString();
}

async function isLeft(before: number): Promise<void> {
	while (left === before) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe('the bytes of a response', () => {
	it('come whole', async () => {
		expect(await read('/whole')).toBe('一二三');
	});

	it('end with an error where the connection is cut', async () => {
		await expect(read('/cut')).rejects.toThrow('terminated');
	});

	it('end with the reason of the signal where the server falls silent, whatever was collected meanwhile', async () => {
		const before = left;
		const stop = new AbortController();
		const collecting = setInterval(collectGarbage, 10);
		setTimeout(() => stop.abort(new Error('too long')), 150);
		await expect(read('/silent', stop)).rejects.toThrow('too long');
		clearInterval(collecting);
		await isLeft(before);
	});

	it('end at once where the signal aborted while a part was looked at', async () => {
		const stop = new AbortController();
		await expect(read('/silent', stop, () => stop.abort(new Error('enough')))).rejects.toThrow('enough');
	});

	it('let the connection go where the reader stops early', async () => {
		const before = left;
		const stop = new AbortController();
		for await (const _ of bytesOf(await fetch(`${url}/silent`), stop.signal)) break;
		await isLeft(before);
	});
});
