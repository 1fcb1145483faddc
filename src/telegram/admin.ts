import type { Context } from './context.js';
import { reasonOf } from './log.js';
import { editOf, messagesTo } from './messages/send.js';
import type { Place } from './place.js';
import type { Refreshed } from './refresher.js';
import { plain, shown } from './rich.js';
import type { Outgoing } from './store/ledger.js';
import { sentMessageId } from './wire.js';

type Run = (context: Context, place: Place, words: string) => Promise<readonly Outgoing[]> | readonly Outgoing[];

/** The commands of admins, as they are registered for their own chats only. */
export const ADMIN_COMMANDS: readonly (readonly [name: string, summary: string, run: Run])[] = [
	['reindex', '重新读报', reindex],
	['unanswered', '没答上来的问题', unanswered],
	['stats', '统计', stats],
	['check', '检查索引', check],
	['block', '不再理会某人', block],
];

const EDIT_EVERY_MS = 3000;
const UNITS = { bytes: '字节', passages: '段', issues: '期' } as const;

export function runAdminCommand(
	context: Context,
	place: Place,
	name: string,
	words: string,
): Promise<readonly Outgoing[]> | readonly Outgoing[] {
	const command = ADMIN_COMMANDS.find(([own]) => own === name);
	return command ? command[2](context, place, words) : [];
}

/** Reads the issues anew, beside everything else, and tells how far it is by changing one message. */
function reindex(context: Context, place: Place): readonly Outgoing[] {
	void refreshAloud(context, place, '读报…', summaryOf).catch((error: unknown) => {
		context.log.error('reindex.failed', { request: place.request, reason: reasonOf(error) });
		const excuse = plain(context.say('apology', { id: place.request }));
		for (const call of messagesTo(place, excuse)) void context.outbox.send(call);
	});
	return [];
}

/** Refreshes the index; one message says what is being done, how far it is, and in the end what `ending` makes of it. */
export async function refreshAloud(
	{ outbox, refresher, progress }: Context,
	place: Place,
	beginning: string,
	ending: (report: Refreshed) => string,
): Promise<void> {
	const begun = messagesTo(place, plain(beginning))[0];
	const message = begun ? sentMessageId(await outbox.send(begun)) : null;
	const edit = (text: string): Outgoing => editOf(place.chat, message ?? 0, plain(text), null, place.request);
	let edited = 0;
	const unwatch = progress.watch(({ label, done, total, unit }) => {
		const now = Date.now();
		if (message === null || now - edited < EDIT_EVERY_MS) return;
		edited = now;
		void outbox.send(edit(`${label} ${done}${total === null ? '' : `/${total}`} ${UNITS[unit]}`));
	});
	try {
		const text = ending(await refresher.refresh());
		const calls = message === null ? messagesTo(place, plain(text)) : [edit(text)];
		for (const call of calls) await outbox.send(call);
	} finally {
		unwatch();
	}
}

/** What a refresh did, in a line or two. */
export function summaryOf(report: Refreshed): string {
	if (!report) return '现在不能更新索引（别的进程正在写，或没有写的权限），先用原来的索引回答。';
	const { added, changed, removed, unchanged } = report.issues;
	const named = (label: string, files: readonly string[]): string[] =>
		files.length > 0 ? [`${label}：${files.slice(0, 10).map(shown).join('、')}${files.length > 10 ? ' 等' : ''}`] : [];
	return [
		`完成：${added.length + changed.length + unchanged} 期，${report.articles} 篇报道，用时 ${report.seconds.toFixed(1)} 秒。`,
		...named('新增', added),
		...named('更新', changed),
		...named('移除', removed),
	].join('\n');
}

function unanswered({ people }: Context, place: Place): readonly Outgoing[] {
	const rows = people.unanswered(30);
	const text = rows.map(({ question, count }) => `${count} 次　${question}`).join('\n');
	return messagesTo(place, plain(text === '' ? '还没有答不上来的问题。' : `没答上来的问题：\n${text}`));
}

function stats({ people, outbox, open }: Context, place: Place): readonly Outgoing[] {
	const counts = people.counts();
	const of = (name: string): number => counts.get(name) ?? 0;
	const votes = people.votes();
	return messagesTo(
		place,
		plain(
			[
				`答上来 ${of('answered')}，没有报道 ${of('not_found')}，需要选择 ${of('unclear')}，内联查询 ${of('inline')}`,
				`👍 ${votes.up}　👎 ${votes.down}`,
				`订阅 ${people.subscribers().length}`,
				`正在处理 ${open()}，等待发送 ${outbox.waiting}`,
			].join('\n'),
		),
	);
}

async function check({ app }: Context, place: Place): Promise<readonly Outgoing[]> {
	const { seedsDir, indexDir } = app.settings;
	const report = await app.check();
	const { problems } = report;
	if (problems.length === 0)
		return messagesTo(place, plain(`索引完好：${report.issues} 期，${report.articles} 篇，${report.passages} 段。`));
	const lines = problems
		.slice(0, 20)
		.map((problem) => `· ${problem.replaceAll(indexDir, 'index').replaceAll(seedsDir, 'seeds')}`);
	return messagesTo(place, plain([`索引有 ${problems.length} 处问题：`, ...lines].join('\n')));
}

function block({ people }: Context, place: Place, words: string): readonly Outgoing[] {
	const [, id = '', undo] = /^(\d{1,15})(?:\s+(取消))?$/u.exec(words) ?? [];
	if (id === '') return messagesTo(place, plain('请写用户编号，例如：/block 123456，取消用 /block 123456 取消'));
	if (undo) {
		people.unblock(Number(id));
		return messagesTo(place, plain(`${id} 不再被屏蔽。`));
	}
	people.block(Number(id), Date.now());
	return messagesTo(place, plain(`好，不再理会 ${id}。`));
}
