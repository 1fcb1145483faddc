import { ADMIN_COMMANDS } from './admin.js';
import { type Api, ApiFailure } from './api.js';
import { COMMANDS } from './commands.js';
import type { Log } from './log.js';
import { backoff, pause } from './timing.js';

interface RegisterParts {
	readonly api: Api;
	readonly log: Log;
	readonly admins: readonly number[];
	readonly signal: AbortSignal;
	readonly retryMs: number;
}

/** The commands work without being registered, so there is an end to trying. */
const TRIES = 8;

/** Tells Telegram the commands, so that clients offer them; those of admins only in the admins' own chats. */
export async function registerCommands(parts: RegisterParts): Promise<void> {
	const listed = (commands: readonly (readonly [string, string, unknown])[]): object[] =>
		commands.map(([command, description]) => ({ command, description }));
	const everybody = listed(COMMANDS);
	await register(parts, { commands: everybody, scope: { type: 'default' } });
	for (const admin of parts.admins) {
		const commands = [...everybody, ...listed(ADMIN_COMMANDS)];
		await register(parts, { commands, scope: { type: 'chat', chat_id: admin } });
	}
}

async function register(parts: RegisterParts, payload: Readonly<Record<string, unknown>>): Promise<void> {
	const { api, log, signal, retryMs } = parts;
	for (let failures = 1; failures <= TRIES && !signal.aborted; failures++) {
		try {
			await api.call('setMyCommands', payload, { signal });
			return;
		} catch (error) {
			if (signal.aborted) return;
			if (!(error instanceof ApiFailure)) throw error;
			log.warn('commands.not-registered', { reason: error.message, failures });
			// Refused until the admin has spoken to the bot once.
			if (error.kind === 'refused' || error.kind === 'forbidden') return;
			await pause(error.retryAfterMs ?? backoff(failures, retryMs, 30_000), signal);
		}
	}
}
