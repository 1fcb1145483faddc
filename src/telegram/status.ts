import type { Context } from './context.js';

/** How the bot is, for /status: anybody may know. */
export function statusText({ app, say, me, startedAt, open, outbox }: Context): string {
	const { counts, newestDate } = app.snapshot;
	return say('status', {
		issues: counts.issues,
		articles: counts.articles,
		newest: newestDate ?? say('undated'),
		uptime: spanOf(Date.now() - startedAt),
		open: open(),
		waiting: outbox.waiting,
		privacy: say(me.can_read_all_group_messages ? 'privacy_off' : 'privacy_on'),
	});
}

function spanOf(ms: number): string {
	const minutes = Math.floor(ms / 60_000);
	const hours = Math.floor(minutes / 60);
	const days = Math.floor(hours / 24);
	if (days > 0) return `${days}天${hours % 24}小时`;
	return hours > 0 ? `${hours}小时${minutes % 60}分钟` : `${minutes}分钟`;
}
