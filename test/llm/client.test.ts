import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { LlmError } from '../../src/errors.js';
import { Client } from '../../src/llm/client.js';
import type { ChatRequest, LlmSettings } from '../../src/llm/types.js';
import { llmSettings } from '../support/llm-desk.js';
import { type Deed, LlmServer } from '../support/llm-server.js';

const KEY = 'sk-SECRETsecret';
const TEXT = '{"sentences":[]}';
const ENDLESS: Deed = { kind: 'reply', text: 'x'.repeat(300_000), pieces: 20 };
const reply: Deed = { kind: 'reply', text: TEXT, pieces: 5 };

let server: LlmServer;
beforeAll(async () => {
	server = await new LlmServer().start();
});
afterAll(() => server.stop());

function request(more: Partial<ChatRequest> = {}): ChatRequest {
	const schema = { name: 'test', shape: z.object({ sentences: z.array(z.string()) }) };
	return { system: '规矩', user: '问题', schema, signal: new AbortController().signal, ...more };
}

function client(script: readonly Deed[], more: Partial<LlmSettings> = {}): Client {
	const hangs = script.some((deed) => deed.kind === 'hang');
	let n = 0;
	server.asked.length = 0;
	server.models = null;
	server.script = () => script[Math.min(n++, script.length - 1)] as Deed;
	return new Client(llmSettings(server.url, { key: KEY, ...more }), { silenceMs: hangs ? 150 : 10_000, retryMs: 1 });
}

async function fault(work: Promise<unknown>): Promise<string> {
	const error = await work.then(
		() => null,
		(reason: LlmError) => reason,
	);
	expect(error?.message).toMatch(/^[^\n]+。$/u);
	for (const word of [KEY, server.url, '127.0.0.1']) expect(error?.message).not.toContain(word);
	return error?.fault ?? 'none';
}

describe('a reply', () => {
	it('is given piece by piece and whole, with its cost', async () => {
		const seen: string[] = [];
		const { text, tokens } = await client([reply]).complete(request({ onText: (soFar) => seen.push(soFar) }));
		expect(text).toBe(TEXT);
		expect(tokens).toBe(100);
		expect(seen.length).toBeGreaterThan(3);
		for (const soFar of seen) expect(TEXT.startsWith(soFar)).toBe(true);
	});

	it('may come unstreamed', async () => {
		const body = JSON.stringify({ choices: [{ message: { content: TEXT }, finish_reason: 'stop' }] });
		const asked = client([{ kind: 'raw', type: 'application/json', body }]);
		expect((await asked.complete(request())).text).toBe(TEXT);
	});

	it('is asked for with the key, the schema and the limit on tokens', async () => {
		await client([reply]).complete(request());
		const [asked] = server.asked;
		expect(asked?.headers.authorization).toBe(`Bearer ${KEY}`);
		expect(asked?.body).toMatchObject({ model: 'scripted-1', max_tokens: 800, temperature: 0, stream: true });
		expect(asked?.body.response_format?.json_schema.schema).toMatchObject({ required: ['sentences'] });
	});

	it('is asked for without a schema from then on, where the server refuses one', async () => {
		const asking = client([{ kind: 'status', status: 400 }, reply]);
		await asking.complete(request());
		await asking.complete(request());
		expect(server.asked.map((asked) => asked.body.response_format !== undefined)).toEqual([true, false, false]);
	});
});

describe('the model', () => {
	it('is the first that the server lists, where none was named', async () => {
		const asking = client([reply], { model: null });
		server.models = ['qwen', 'other'];
		await asking.complete(request());
		expect(server.asked[0]?.body.model).toBe('qwen');
	});

	it('has any name where the server lists none', async () => {
		await client([reply], { model: null }).complete(request());
		expect(server.asked[0]?.body.model).toBe('default');
	});
});

describe('what fails', () => {
	it.each<[string, Deed]>([
		['a server error', { kind: 'status', status: 503 }],
		['too many requests', { kind: 'status', status: 429, headers: { 'retry-after': '0' } }],
		['a reply cut off', { kind: 'cut', text: TEXT }],
	])('%s is tried once more', async (_, deed) => {
		expect((await client([deed, reply]).complete(request())).text).toBe(TEXT);
		expect(server.asked).toHaveLength(2);
	});

	it.each<[string, Deed, number]>([
		['refused', { kind: 'status', status: 500 }, 2],
		['refused', { kind: 'status', status: 401 }, 1],
		['cut_off', { kind: 'cut', text: TEXT }, 2],
		['too_slow', { kind: 'hang' }, 1],
		['too_slow', { kind: 'hang', text: TEXT }, 1],
		['malformed', { kind: 'raw', type: 'text/html', body: '<html>' }, 1],
		['malformed', { kind: 'raw', type: 'text/event-stream', body: 'data: {"error":{"message":"x"}}\n\n' }, 1],
		['malformed', ENDLESS, 1],
		['cut_off', { kind: 'raw', type: 'text/event-stream', body: '' }, 2],
	])('ends as %s: %#', async (expected, deed, times) => {
		expect(await fault(client([deed]).complete(request()))).toBe(expected);
		expect(server.asked).toHaveLength(times);
	});

	it('a redirect takes the key nowhere', async () => {
		const headers = { location: `${server.url}/elsewhere` };
		expect(await fault(client([{ kind: 'status', status: 302, headers }]).complete(request()))).toBe('unreachable');
		expect(server.asked.every((asked) => asked.body.messages.length === 2)).toBe(true);
	});

	it('nobody is there', async () => {
		expect(await fault(new Client(llmSettings('http://127.0.0.1:1/v1')).complete(request()))).toBe('unreachable');
	});

	it('is cancelled, and the server is told', async () => {
		const stop = new AbortController();
		const asking = client([{ kind: 'hang', text: TEXT }]).complete(
			request({ signal: stop.signal, onText: () => stop.abort() }),
		);
		const before = server.dropped;
		expect(await fault(asking)).toBe('cancelled');
		while (server.dropped === before) await new Promise((resolve) => setTimeout(resolve, 5));
	});

	it('is given up when its time is over', async () => {
		const asking = client([{ kind: 'hang' }]).complete(request({ signal: AbortSignal.timeout(30) }));
		expect(await fault(asking)).toBe('too_slow');
	});
});
