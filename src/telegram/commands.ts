import { ADMIN_COMMANDS, runAdminCommand } from './admin.js';
import { issuesOf } from './articles.js';
import type { Context } from './context.js';
import { issueListing, type Listing, personListing } from './messages/lists.js';
import { messagesTo } from './messages/send.js';
import type { Place } from './place.js';
import { answerQuestion } from './question.js';
import { plain, shown } from './rich.js';
import { sampleQuestions } from './samples.js';
import { statusText } from './status.js';
import type { Outgoing } from './store/ledger.js';

type Run = (context: Context, place: Place, words: string) => Promise<readonly Outgoing[]> | readonly Outgoing[];

/** The commands of everybody, as they are registered with the API. */
export const COMMANDS: readonly (readonly [name: string, summary: string, run: Run])[] = [
	['ask', '提问', ask],
	['articles', '各期报道', articles],
	['person', '某人出现过的报道', person],
	[
		'latest',
		'最新一期',
		async (context, place) => listing(context, place, await issueListing(context.app.snapshot, null, 0, context.say)),
	],
	['new', '忘掉刚才的对话', restart],
	['status', '机器人的情况', (context, place) => messagesTo(place, plain(statusText(context)))],
	['subscribe', '有新报纸时收到标题', subscribe],
	['forget', '删除我的数据', forget],
	['help', '我会做什么', help],
	['start', '开始', start],
];

/** Runs a command. Null where nothing is to be said: in a group, a command that is not ours may be another bot's. */
export async function runCommand(
	context: Context,
	place: Place,
	command: { readonly name: string; readonly words: string; readonly isAdmin: boolean; readonly inGroup: boolean },
): Promise<readonly Outgoing[]> {
	const { name, words } = command;
	if (name === 'help') return help(context, place, words, command.isAdmin);
	if (name === 'unsubscribe') return subscribe(context, place, '取消');
	const known = COMMANDS.find(([own]) => own === name);
	if (known) return known[2](context, place, words);
	if (ADMIN_COMMANDS.some(([own]) => own === name)) {
		if (command.isAdmin) return runAdminCommand(context, place, name, words);
		return messagesTo(place, plain(context.say('admin_only')));
	}
	return command.inGroup ? [] : messagesTo(place, plain(context.say('unknown_command')));
}

async function start(context: Context, place: Place): Promise<readonly Outgoing[]> {
	const questions = await samples(context);
	return messagesTo(place, plain(context.say('start', { paper: context.say('paper'), questions })));
}

async function help(context: Context, place: Place, _words: string, isAdmin = false): Promise<readonly Outgoing[]> {
	const text = context.say('help', { questions: await samples(context) });
	return messagesTo(place, plain(isAdmin ? `${text}\n\n${context.say('help_admin')}` : text));
}

async function samples({ app, say }: Context): Promise<string> {
	const questions = await sampleQuestions(app);
	return questions.length > 0 ? questions.map((question) => `· ${question}`).join('\n') : say('no_questions');
}

function ask(context: Context, place: Place, words: string): Promise<readonly Outgoing[]> | readonly Outgoing[] {
	return words === '' ? messagesTo(place, plain(context.say('ask_usage'))) : answerQuestion(context, place, words);
}

function listing({ say }: Context, place: Place, list: Listing | null): readonly Outgoing[] {
	return list ? messagesTo(place, list.rich, list.markup) : messagesTo(place, plain(say('no_issues')));
}

/** The newest issue, or the one whose date or file name begins with what is asked for. */
async function articles(context: Context, place: Place, words: string): Promise<readonly Outgoing[]> {
	const { app, say } = context;
	const asked = shown(words).trim();
	const found = issuesOf(app.snapshot).find(
		({ issueDate, file }) => issueDate?.startsWith(asked) || file.startsWith(asked),
	);
	if (asked !== '' && !found) return messagesTo(place, plain(say('no_such_issue', { date: asked.slice(0, 40) })));
	return listing(context, place, await issueListing(app.snapshot, found?.key ?? null, 0, say));
}

async function person(context: Context, place: Place, words: string): Promise<readonly Outgoing[]> {
	const { app, say } = context;
	const name = shown(words).replace(/\s/gu, '');
	if (name === '' || name.length > 30) {
		const known = await app.snapshot.mostNamed();
		return messagesTo(place, plain(say('person_usage', { name: known ?? '张三' })));
	}
	const list = await personListing(app.snapshot, name, say);
	if (list) return messagesTo(place, list.rich, list.markup);
	const similar = await app.snapshot.peopleLike(name);
	const lines = [say('person_unknown', { name })];
	if (similar.length > 0) lines.push(say('person_similar', { names: similar.slice(0, 8).join('、') }));
	return messagesTo(place, plain(lines.join('\n')));
}

function restart({ conversations, say }: Context, place: Place): readonly Outgoing[] {
	conversations.end(place);
	return messagesTo(place, plain(say('new')));
}

function subscribe({ people, say }: Context, place: Place, words: string): readonly Outgoing[] {
	if (/^(?:取消|停|off|stop)/iu.test(words)) {
		people.unsubscribe(place.chat);
		return messagesTo(place, plain(say('unsubscribed')));
	}
	people.subscribe(place.chat, Date.now());
	return messagesTo(place, plain(say('subscribed')));
}

function forget({ people, say }: Context, place: Place): readonly Outgoing[] {
	people.forgetUser(place.user);
	return messagesTo(place, plain(say('forgotten')));
}
