import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { MODEL_FILES, MODEL_NAME, type ModelFiles } from '../../src/embedding/model.js';
import { describeModels, pullModel as pullByName } from '../../src/embedding/models.js';
import { openEmbedder } from '../../src/embedding/open.js';
import { pullModel } from '../../src/embedding/pull.js';
import { recentFailure } from '../../src/embedding/recent-failure.js';
import { hubSource, type ModelSource } from '../../src/embedding/sources.js';
import { canonicalTokenizer } from '../../src/embedding/tokenizer.js';
import { sha256Of, verifyModel } from '../../src/embedding/verify.js';
import { ModelError, UsageError } from '../../src/errors.js';

const WEIGHTS = Buffer.alloc(300_000, 5);
const TOKENIZER = JSON.stringify({ model: { vocab: { '[PAD]': 0, 天: 1, 地: 2 } } });
/** A model as small as a test wants it. */
const SMALL: ModelFiles = {
	weights: { ...MODEL_FILES.weights, size: WEIGHTS.length, sha256: sha256Of(WEIGHTS) },
	tokenizer: { ...MODEL_FILES.tokenizer, size: TOKENIZER.length, sha256: sha256Of(canonicalTokenizer(TOKENIZER)) },
};

const folders: string[] = [];
const servers: Server[] = [];
afterEach(() => {
	for (const server of servers.splice(0)) {
		server.closeAllConnections();
		server.close();
	}
	for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function modelDir(): string {
	const folder = mkdtempSync(join(tmpdir(), 'wenqu-model-'));
	folders.push(folder);
	return folder;
}

/** A hub on the loopback; `weights` answers for the weights. */
async function hub(weights: RequestListener, tokenizer: string = TOKENIZER): Promise<ModelSource> {
	const server = createServer((request, response) => {
		if (request.url?.endsWith('tokenizer.json')) response.end(tokenizer);
		else weights(request, response);
	});
	servers.push(server);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return hubSource(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, SMALL);
}

const good: RequestListener = (request, response) => {
	const from = Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
	const range = from > 0 ? { 'content-range': `bytes ${from}-${WEIGHTS.length - 1}/${WEIGHTS.length}` } : {};
	response.writeHead(from > 0 ? 206 : 200, range).end(WEIGHTS.subarray(from));
};

describe('fetching the model', () => {
	it('checks it, puts it in place whole and tells how far it is', async () => {
		const dir = modelDir();
		const seen: number[] = [];
		const source = await hub(good);
		const options = { modelDir: dir, sources: [source], expected: SMALL };
		const pulled = await pullModel({ ...options, onProgress: ({ done }) => seen.push(done) });
		expect(pulled).toEqual({ folder: join(dir, MODEL_NAME), source: source.name });
		expect(verifyModel(pulled.folder, SMALL)).toEqual({ state: 'ready' });
		expect(seen.at(-1)).toBe(WEIGHTS.length + TOKENIZER.length);
		expect(readdirSync(dir)).toEqual([MODEL_NAME]);
		expect(await pullModel(options)).toEqual({ folder: pulled.folder, source: null });
	});

	it('goes on where a source broke off, in the same run', async () => {
		let asked = 0;
		const breaking: RequestListener = (request, response) => {
			if (++asked > 1) return good(request, response);
			response.writeHead(200, { 'content-length': WEIGHTS.length });
			response.write(WEIGHTS.subarray(0, 120_000), () => setTimeout(() => response.destroy(), 50));
			return undefined;
		};
		const pulled = await pullModel({ modelDir: modelDir(), sources: [await hub(breaking)], expected: SMALL });
		expect(verifyModel(pulled.folder, SMALL).state).toBe('ready');
		expect(asked).toBe(2);
	});

	it('goes on where a run that died broke off', async () => {
		const dir = modelDir();
		const dead = join(dir, `.${MODEL_NAME}.999999999.part`);
		mkdirSync(join(dead, 'onnx'), { recursive: true });
		writeFileSync(join(dead, SMALL.weights.path), WEIGHTS.subarray(0, 200_000));
		const ranges: (string | undefined)[] = [];
		const source = await hub((request, response) => {
			ranges.push(request.headers.range);
			good(request, response);
		});
		await pullModel({ modelDir: dir, sources: [source], expected: SMALL });
		expect(ranges).toEqual(['bytes=200000-']);
		expect(readdirSync(dir)).toEqual([MODEL_NAME]);
	});

	it('passes over a source that sends something else, and asks the next', async () => {
		const wrong = await hub((_, response) => response.end(Buffer.alloc(WEIGHTS.length, 6)));
		const otherWords = await hub(good, JSON.stringify({ model: { vocab: { 天: 0 } } }));
		const page = await hub(good, '<html>');
		const right = await hub(good);
		const dir = modelDir();
		const pulled = await pullModel({ modelDir: dir, sources: [wrong, otherWords, page, right], expected: SMALL });
		expect(pulled.source).toBe(right.name);
		expect(verifyModel(pulled.folder, SMALL).state).toBe('ready');
	});

	it('passes over a source that does not answer within five seconds', async () => {
		const silent = await hub(() => undefined);
		const started = performance.now();
		await pullModel({ modelDir: modelDir(), sources: [silent, await hub(good)], expected: SMALL });
		expect(performance.now() - started).toBeLessThan(6_500);
	});

	it('says in one line what was wrong with every source, and leaves nothing that could be loaded', async () => {
		const dir = modelDir();
		const gone = hubSource('http://127.0.0.1:9', SMALL);
		const missing = await hub((_, response) => response.writeHead(404).end());
		const failure: unknown = await pullModel({ modelDir: dir, sources: [gone, missing], expected: SMALL }).catch(
			(error: unknown) => error,
		);
		expect(failure).toBeInstanceOf(ModelError);
		expect(String(failure)).toMatch(/127\.0\.0\.1:9：.+；.+HTTP 404/u);
		expect(String(failure)).not.toContain('\n');
		expect(verifyModel(join(dir, MODEL_NAME), SMALL).state).toBe('missing');
	});

	it('replaces a damaged model', async () => {
		const dir = modelDir();
		const options = { modelDir: dir, sources: [await hub(good)], expected: SMALL };
		const { folder } = await pullModel(options);
		for (const path of [SMALL.weights.path, SMALL.tokenizer.path, 'config.json']) {
			const bytes = readFileSync(join(folder, path));
			bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
			writeFileSync(join(folder, path), bytes);
			expect(verifyModel(folder, SMALL)).toMatchObject({ state: 'damaged', fault: expect.stringContaining(path) });
			await pullModel(options);
			expect(verifyModel(folder, SMALL).state).toBe('ready');
		}
	});
});

describe('sources that were out of reach', () => {
	it('are not asked again by every question, but by a pull, by another endpoint, and after ten minutes', async () => {
		const dir = modelDir();
		let asked = 0;
		const failing = await hub((_, response) => {
			asked++;
			response.writeHead(503).end();
		});
		const options = {
			modelDir: dir,
			offline: false,
			hubEndpoint: 'http://127.0.0.1:9',
			sources: [failing],
			expected: SMALL,
		};
		await expect(openEmbedder(options)).rejects.toThrow(/下载不到.*503/u);
		await expect(openEmbedder(options)).rejects.toThrow(/下载不到.*503.*wenqu model pull/u);
		expect(asked).toBe(1);
		await expect(pullModel(options)).rejects.toThrow('503');
		await expect(openEmbedder({ ...options, hubEndpoint: 'http://127.0.0.1:10' })).rejects.toThrow('503');
		expect(asked).toBe(3);
		expect(recentFailure(dir, 'http://127.0.0.1:10')).toContain('503');
		expect(recentFailure(dir, 'http://127.0.0.1:10', Date.now() + 601_000)).toBeNull();
		await pullModel({ ...options, sources: [await hub(good)] });
		expect(recentFailure(dir, 'http://127.0.0.1:10')).toBeNull();
		expect(readdirSync(dir)).toEqual([MODEL_NAME]);
	});
});

describe('without a network', () => {
	it('a model that is missing or damaged is one clear line', async () => {
		const dir = modelDir();
		await expect(openEmbedder({ modelDir: dir, offline: true })).rejects.toThrow(/还没有下载.*WENQU_OFFLINE/u);
		mkdirSync(join(dir, MODEL_NAME, 'onnx'), { recursive: true });
		writeFileSync(join(dir, MODEL_NAME, MODEL_FILES.weights.path), 'not weights');
		await expect(openEmbedder({ modelDir: dir, offline: true })).rejects.toThrow(/已损坏/u);
		await expect(pullByName({ modelDir: dir, offline: true })).rejects.toBeInstanceOf(ModelError);
	});

	it('the list says how the model stands', async () => {
		const [model] = await describeModels(modelDir());
		expect(model).toMatchObject({ name: MODEL_NAME, present: false, fault: null, sha256: MODEL_FILES.weights.sha256 });
		expect(model?.sources).toHaveLength(3);
	});

	it('a model of another name is a wrong use', async () => {
		await expect(pullByName({ modelDir: modelDir(), offline: true, name: 'x' })).rejects.toBeInstanceOf(UsageError);
	});
});
