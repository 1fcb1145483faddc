import { request } from 'node:http';
import { createServer } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { BotApi } from './support/bot-api.js';
import { type Running, reply, startBot, until } from './support/harness.js';

let bot: Running;
afterEach(() => bot.end());
const SECRET = 'a-secret-of-the-webhook';

async function freePort(): Promise<number> {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, resolve));
	const address = server.address();
	await new Promise((resolve) => server.close(resolve));
	return typeof address === 'object' && address ? address.port : 0;
}

async function startHook(): Promise<number> {
	const port = await freePort();
	bot = await startBot({ webhook: { url: 'https://example.org/hook', port, secret: SECRET } });
	await until(() => bot.api.of('setWebhook')[0]);
	return port;
}

/** Delivers a body in pieces; gives the status. */
function deliver(
	port: number,
	pieces: readonly Buffer[],
	secret: string | null = SECRET,
	path = '/hook',
): Promise<number> {
	return new Promise((resolve, reject) => {
		const headers = secret === null ? {} : { 'x-telegram-bot-api-secret-token': secret };
		const sent = request({ port, path, method: 'POST', headers }, (response) => {
			response.resume();
			resolve(response.statusCode ?? 0);
		});
		sent.on('error', (error: NodeJS.ErrnoException) =>
			error.code === 'EPIPE' || error.code === 'ECONNRESET' ? resolve(413) : reject(error),
		);
		void (async () => {
			for (const piece of pieces) {
				sent.write(piece);
				await new Promise((next) => setTimeout(next, 5));
			}
			sent.end();
		})();
	});
}

function updateOf(id: number, text: string): Buffer {
	const message = { message_id: id, date: 1, chat: { id: 11, type: 'private' }, from: { id: 11 }, text };
	return Buffer.from(JSON.stringify({ update_id: id, message }));
}

test('an update with the secret is answered; characters cut at the seams of packets stay whole', async () => {
	const port = await startHook();
	expect(bot.api.of('setWebhook')[0]?.payload).toMatchObject({ url: 'https://example.org/hook', secret_token: SECRET });
	const body = updateOf(5, '谁参加了𠮷座谈会😀？');
	const bytes = [...body].map((byte) => Buffer.from([byte]));
	expect(await deliver(port, bytes)).toBe(200);
	await reply(bot.api, 11);
	expect(bot.app.asked[0]?.question).toBe('谁参加了𠮷座谈会😀？');
	expect(await deliver(port, [body])).toBe(200);
	expect(bot.app.asked).toHaveLength(1);
});

test('without the right secret, on another path, too large or no JSON: refused', async () => {
	const port = await startHook();
	expect(await deliver(port, [updateOf(6, '问')], null)).toBe(401);
	expect(await deliver(port, [updateOf(6, '问')], `${SECRET}x`)).toBe(401);
	expect(await deliver(port, [updateOf(6, '问')], SECRET, '/other')).toBe(404);
	expect(await deliver(port, [Buffer.alloc(3 * 1024 * 1024, 'x')])).toBe(413);
	expect(await deliver(port, [Buffer.from('{"update')])).toBe(400);
	expect(await deliver(port, [Buffer.from('[]')])).toBe(200);
	expect(bot.app.asked).toHaveLength(0);
	expect(bot.log.join('\n')).not.toContain(SECRET);
	expect(bot.api.of('getUpdates')).toEqual([]);
});

test.each([
	{ kind: 'error', code: 500 },
	{ kind: 'error', code: 429, description: 'Too Many Requests', parameters: { retry_after: 1 } },
	{ kind: 'html', status: 502 },
	{ kind: 'reset' },
	{ kind: 'hang' },
] as const)('a webhook that could not be set at once is set later: %j', async (fault) => {
	const port = await freePort();
	const api = await new BotApi().start();
	api.fail('setWebhook', fault, 2);
	bot = await startBot({ api, timeoutMs: 300, webhook: { url: 'https://example.org/hook', port, secret: SECRET } });
	await until(() => api.of('setWebhook')[0]);
	expect(await deliver(port, [updateOf(7, '问')])).toBe(200);
	await reply(api, 11);
});

test('a webhook with a refused token ends the bot; an address that is refused is named', async () => {
	for (const [code, named] of [
		[401, 'TELEGRAM_BOT_TOKEN'],
		[400, 'WENQU_WEBHOOK_URL'],
	] as const) {
		const api = await new BotApi().start();
		api.fail('setWebhook', { kind: 'error', code, description: 'no' }, 9);
		bot = await startBot({ api, webhook: { url: 'http://example.org/hook', port: await freePort(), secret: SECRET } });
		await until(() => bot.log.some((line) => line.includes('bot.stopped')));
		expect(String(await bot.stop())).toContain(named);
		if (code === 401) await bot.end();
	}
});
