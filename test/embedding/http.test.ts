import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fetchFile } from '../../src/embedding/http.js';

const DATA = Buffer.from(Array.from({ length: 200_000 }, (_, n) => (n * 7) % 251));

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** Answers as a well-behaved server does, ranges and all. */
const serve: Answer = (request, response) => {
	const from = Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
	if (from >= DATA.length) {
		response.writeHead(416).end();
		return;
	}
	const range = from > 0 ? { 'content-range': `bytes ${from}-${DATA.length - 1}/${DATA.length}` } : {};
	response.writeHead(from > 0 ? 206 : 200, { 'content-length': DATA.length - from, ...range });
	response.end(DATA.subarray(from));
};

describe('fetchFile', () => {
	const folder = mkdtempSync(join(tmpdir(), 'wenqu-http-'));
	const path = join(folder, 'file');
	let server: Server;
	let url: string;
	let answer: Answer;
	let ranges: (string | undefined)[];

	beforeEach(async () => {
		ranges = [];
		server = createServer((request, response) => {
			ranges.push(request.headers.range);
			answer(request, response);
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/file`;
	});
	afterEach(async () => {
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
		rmSync(path, { force: true });
	});

	const fetchIt = (onBytes = (_: number): void => {}): Promise<void> => fetchFile(url, path, DATA.length, onBytes);

	it('fetches a file and tells how far it is', async () => {
		answer = serve;
		const seen: number[] = [];
		await fetchIt((bytes) => seen.push(bytes));
		expect(readFileSync(path)).toEqual(DATA);
		expect(seen.at(-1)).toBe(DATA.length);
		expect(seen).toEqual([...seen].sort((a, b) => a - b));
	});

	it('goes on where a broken transfer ended', async () => {
		answer = (_, response) => {
			response.writeHead(200, { 'content-length': DATA.length });
			response.write(DATA.subarray(0, 90_000), () => setTimeout(() => response.destroy(), 50));
		};
		await expect(fetchIt()).rejects.toThrow();
		expect(statSync(path).size).toBe(90_000);
		answer = serve;
		await fetchIt();
		expect(readFileSync(path)).toEqual(DATA);
		expect(ranges).toEqual([undefined, 'bytes=90000-']);
	});

	it('begins again where the server knows no ranges', async () => {
		writeFileSync(path, DATA.subarray(0, 1000));
		answer = (_, response) => response.writeHead(200).end(DATA);
		await fetchIt();
		expect(readFileSync(path)).toEqual(DATA);
	});

	it('begins again where more lies here than the file has', async () => {
		writeFileSync(path, Buffer.concat([DATA, DATA]));
		answer = serve;
		await fetchIt();
		expect(readFileSync(path)).toEqual(DATA);
	});

	it('asks for nothing when all of it is there', async () => {
		writeFileSync(path, DATA);
		await fetchIt();
		expect(ranges).toEqual([]);
	});

	it('refuses a file that ends early, and an error page', async () => {
		answer = (_, response) => response.writeHead(200).end(DATA.subarray(0, 500));
		await expect(fetchIt()).rejects.toThrow('500');
		rmSync(path);
		answer = (_, response) => response.writeHead(503).end('later');
		await expect(fetchIt()).rejects.toThrow('HTTP 503');
	});

	it('passes over a server that does not answer within five seconds', async () => {
		answer = () => {};
		const started = performance.now();
		await expect(fetchIt()).rejects.toThrow('没有回应');
		expect(performance.now() - started).toBeLessThan(6_000);
	});

	it('passes over a server that falls silent in the middle', async () => {
		answer = (_, response) => {
			response.writeHead(200, { 'content-length': DATA.length });
			response.write(DATA.subarray(0, 1000));
		};
		await expect(fetchIt()).rejects.toThrow('没有回应');
		expect(statSync(path).size).toBe(1000);
	});
});
