import { ADMIN_COMMANDS } from './admin.js';
import { type Api, ApiFailure } from './api.js';
import { COMMANDS } from './commands.js';
import type { Log } from './log.js';

/** Tells Telegram the commands, so that clients offer them; those of admins only in the admins' own chats. */
export async function registerCommands(api: Api, log: Log, admins: readonly number[]): Promise<void> {
	const listed = (commands: readonly (readonly [string, string, unknown])[]): object[] =>
		commands.map(([command, description]) => ({ command, description }));
	const everybody = listed(COMMANDS);
	await register(api, log, { commands: everybody, scope: { type: 'default' } });
	for (const admin of admins) {
		const commands = [...everybody, ...listed(ADMIN_COMMANDS)];
		// Refused until the admin has spoken to the bot once; the commands work without it.
		await register(api, log, { commands, scope: { type: 'chat', chat_id: admin } });
	}
}

async function register(api: Api, log: Log, payload: Readonly<Record<string, unknown>>): Promise<void> {
	try {
		await api.call('setMyCommands', payload);
	} catch (error) {
		if (!(error instanceof ApiFailure)) throw error;
		log.warn('commands.not-registered', { reason: error.message });
	}
}
