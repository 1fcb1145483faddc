import { z } from 'zod';
import { WenquError } from '../errors.js';
import { type Api, ApiFailure } from './api.js';
import type { Log } from './log.js';
import { backoff, pause } from './timing.js';
import { ALLOWED_UPDATES } from './wire.js';

interface PollerParts {
	readonly api: Api;
	readonly log: Log;
	readonly signal: AbortSignal;
	/** Where to begin. */
	readonly offset: number;
	/** How long the server may hold a request with nothing to say. */
	readonly holdS: number;
	/** Beyond that, a request that is silent for so long hangs. */
	readonly graceMs: number;
	/** First wait after a failure. */
	readonly retryMs: number;
	/** Stores a batch and gives the next offset; resolves when there is room for more. */
	readonly take: (updates: readonly unknown[], offset: number) => Promise<number>;
}

const MOST_WAIT_MS = 30_000;
const batch = z.array(z.unknown());

/**
 * The supervisor of polling: asks for updates until `signal` aborts, and comes back from everything that can pass.
 * Only a refused token ends it, with a WenquError.
 */
export async function poll(parts: PollerParts): Promise<void> {
	const { api, log, signal, holdS, graceMs, retryMs } = parts;
	let { offset } = parts;
	let failures = 0;
	let state = '';
	while (!signal.aborted) {
		try {
			const raw = await api.call(
				'getUpdates',
				{ offset, timeout: holdS, limit: 100, allowed_updates: ALLOWED_UPDATES },
				{ timeoutMs: holdS * 1000 + graceMs, signal },
			);
			const updates = batch.safeParse(raw).data;
			if (!updates) throw new ApiFailure('trouble', 'getUpdates: no list in the answer', false);
			if (failures > 0) log.info('poll.recovered', { failures, after: state });
			failures = 0;
			if (updates.length > 0) offset = await parts.take(updates, offset);
		} catch (error) {
			if (signal.aborted) return;
			const failure = error instanceof ApiFailure ? error : new ApiFailure('trouble', String(error), false);
			if (failure.kind === 'unauthorized') throw wrongToken();
			failures++;
			state = failure.kind;
			const waitMs = failure.retryAfterMs ?? backoff(failures, retryMs, MOST_WAIT_MS);
			const event = failure.kind === 'conflict' ? 'poll.conflict' : 'poll.failed';
			log.warn(event, { reason: failure.message, failures, waitMs });
			// A webhook that is set excludes polling; it was another's, or of an earlier run.
			if (failure.kind === 'conflict' && /webhook/iu.test(failure.message)) await dropWebhook(api, log);
			await pause(waitMs, signal);
		}
	}
}

/** The one line that ends the bot when Telegram does not know the token. */
export function wrongToken(): WenquError {
	return new WenquError(
		'Telegram 不认识这个机器人：请检查 TELEGRAM_BOT_TOKEN（在 BotFather 那里可以查看或重新生成）。',
	);
}

async function dropWebhook(api: Api, log: Log): Promise<void> {
	try {
		await api.call('deleteWebhook', { drop_pending_updates: false });
	} catch (error) {
		if (!(error instanceof ApiFailure)) throw error;
		log.warn('poll.webhook-stays', { reason: error.message });
	}
}
