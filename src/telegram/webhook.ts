import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WenquError } from '../errors.js';
import { type Api, ApiFailure } from './api.js';
import { type Log, reasonOf } from './log.js';
import { wrongToken } from './poller.js';
import { backoff, pause } from './timing.js';
import { ALLOWED_UPDATES } from './wire.js';

/** Where Telegram delivers updates to, for those who host the bot behind an address. */
export interface WebhookOptions {
	readonly url: string;
	readonly port: number;
	/** What Telegram sends along to prove that it is Telegram. */
	readonly secret: string;
}

interface WebhookParts {
	readonly options: WebhookOptions;
	readonly api: Api;
	readonly log: Log;
	readonly signal: AbortSignal;
	readonly retryMs: number;
	/** Stores an update; Telegram is answered when that is done. */
	readonly take: (updates: readonly unknown[]) => Promise<unknown>;
}

/** Telegram's updates are smaller by far. */
const MOST_BYTES = 1024 * 1024;
const SLOWEST_MS = 10_000;
const STOP_MS = 1000;

/** Takes updates by webhook until the signal aborts: listens first, and then tells Telegram the address. */
export async function serveWebhook(parts: WebhookParts): Promise<void> {
	const { options, log, signal } = parts;
	const server = createServer({ requestTimeout: SLOWEST_MS, headersTimeout: SLOWEST_MS }, (request, response) => {
		receive(parts, request, response).catch((error: unknown) => {
			log.warn('webhook.failed', { reason: reasonOf(error) });
			// Not confirmed: Telegram delivers it again.
			if (!response.headersSent) end(response, 500);
		});
	});
	await new Promise<void>((resolve, reject) => {
		server.once('error', (error: NodeJS.ErrnoException) =>
			reject(
				new WenquError(
					`不能在端口 ${options.port} 上接收消息（${error.code ?? '未知'}），请换一个 WENQU_WEBHOOK_PORT。`,
				),
			),
		);
		server.listen(options.port, resolve);
	});
	log.info('webhook.listening', { port: (server.address() as AddressInfo).port });
	try {
		await announce(parts);
		if (!signal.aborted)
			await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
	} finally {
		server.close();
		// What is just being delivered may end; idle connections need not be waited for.
		server.closeIdleConnections();
		setTimeout(() => server.closeAllConnections(), STOP_MS).unref();
	}
}

async function announce({ api, options, log, signal, retryMs }: WebhookParts): Promise<void> {
	const payload = { url: options.url, secret_token: options.secret, allowed_updates: ALLOWED_UPDATES };
	for (let failures = 1; !signal.aborted; failures++) {
		try {
			await api.call('setWebhook', payload, { signal });
			return;
		} catch (error) {
			if (signal.aborted) return;
			if (!(error instanceof ApiFailure)) throw error;
			if (error.kind === 'unauthorized') throw wrongToken();
			if (error.kind === 'refused')
				throw new WenquError(
					'Telegram 不接受 WENQU_WEBHOOK_URL：应是外面能访问的 https 网址，端口 443、80、88 或 8443。',
				);
			log.warn('webhook.not-set', { reason: error.message, failures });
			await pause(error.retryAfterMs ?? backoff(failures, retryMs, 30_000), signal);
		}
	}
}

async function receive(parts: WebhookParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
	const { options, log, take } = parts;
	if (request.method !== 'POST' || request.url !== pathOf(options.url)) return end(response, 404);
	const given = request.headers['x-telegram-bot-api-secret-token'];
	if (typeof given !== 'string' || !isSame(given, options.secret)) {
		log.warn('webhook.stranger');
		return end(response, 401);
	}
	const body = await read(request);
	if (body === null) return end(response, 413);
	let update: unknown;
	try {
		update = JSON.parse(body);
	} catch {
		return end(response, 400);
	}
	await take([update]);
	end(response, 200);
}

/** The whole body as text, or null when it is too large. Decoded once it is whole, so that no character is cut at a seam. */
async function read(request: IncomingMessage): Promise<string | null> {
	const parts: Buffer[] = [];
	let bytes = 0;
	for await (const part of request) {
		bytes += (part as Buffer).length;
		if (bytes > MOST_BYTES) return null;
		parts.push(part as Buffer);
	}
	return Buffer.concat(parts).toString('utf8');
}

/** Compares in constant time; digests are of one length, so that not even the length is told. */
function isSame(one: string, other: string): boolean {
	const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
	return timingSafeEqual(digest(one), digest(other));
}

function pathOf(url: string): string {
	return new URL(url).pathname;
}

function end(response: ServerResponse, status: number): void {
	response.writeHead(status, status === 200 ? {} : { connection: 'close' });
	response.end();
}
