import { setMaxListeners } from 'node:events';
import type { App } from '../app.js';
import { loadPrompt } from '../prompts/load.js';
import { type Api, ApiFailure, openApi } from './api.js';
import { excuseFor, handleUpdate } from './bot.js';
import type { Context } from './context.js';
import { Dispatcher } from './dispatcher.js';
import { downloadWith } from './download.js';
import { ASK_RATES, type AskRates, Gate } from './gate.js';
import { type Log, logOn, reasonOf } from './log.js';
import { Outbox, type SendRates, TELEGRAM_RATES } from './outbox.js';
import { poll, wrongToken } from './poller.js';
import { type ProgressFeed, progressFeed } from './progress.js';
import { redactorOf } from './redact.js';
import { Refresher } from './refresher.js';
import { registerCommands } from './register.js';
import { Answers } from './store/answers.js';
import { Conversations } from './store/conversations.js';
import { openDatabase } from './store/database.js';
import { Ledger } from './store/ledger.js';
import { People } from './store/people.js';
import { backoff, pause } from './timing.js';
import { serveWebhook, type WebhookOptions } from './webhook.js';
import { type Me, parseMe } from './wire.js';
import { parseSayings } from './wording.js';

/** What the bot runs with. Times and rates have defaults that suit Telegram. */
export interface ServiceOptions {
	readonly app: App;
	readonly token: string;
	readonly apiRoot: string | null;
	readonly dataDir: string;
	readonly admins: readonly number[];
	readonly allowed: readonly number[];
	/** Takes the lines of the log. */
	readonly write: (line: string) => void;
	/** Ends the bot: what is being answered is finished first. */
	readonly signal: AbortSignal;
	readonly progress?: ProgressFeed;
	readonly webhook?: WebhookOptions | null;
	/** Follows the seeds folder while the bot runs; calls back after each change. */
	readonly watch?: (onChange: () => Promise<void>, signal: AbortSignal) => Promise<void>;
	readonly sendRates?: SendRates;
	readonly askRates?: AskRates;
	readonly holdS?: number;
	readonly retryMs?: number;
	readonly timeoutMs?: number;
	readonly slowestMs?: number;
}

const FINISH_MS = 4500;
const TIDY_MS = 600_000;

/** Runs the bot until the signal aborts. Throws a WenquError where Telegram does not know the token. */
export async function runService(options: ServiceOptions): Promise<void> {
	const { app, token, signal, retryMs = 1000 } = options;
	// Every wait listens to it, however many there are.
	setMaxListeners(0, signal);
	const secrets = [options.webhook?.secret, app.settings.llm?.key].filter((secret) => typeof secret === 'string');
	const redact = redactorOf(token, ...secrets);
	const log = logOn(options.write, redact);
	const api = openApi(token, options.apiRoot, redact, options.timeoutMs);
	const say = parseSayings(loadPrompt(app.settings.promptFolders, 'telegram.md').body);
	const me = await introduce(api, log, signal, retryMs);
	if (!me) return;
	const db = openDatabase(options.dataDir);
	const ledger = new Ledger(db);
	const people = new People(db);
	const conversations = new Conversations(db);
	const answers = new Answers(db);
	const outbox = new Outbox({
		api,
		ledger,
		log,
		rates: options.sendRates ?? TELEGRAM_RATES,
		retryMs,
		onForbidden: (chat) => people.forgetChat(chat),
		onMigrated: (from, to) => people.moveChat(from, to),
	});
	const context: Context = {
		...{ app, api, me, say, log, outbox, conversations, answers, people },
		refresher: new Refresher({ app, people, ledger, outbox, say }),
		progress: options.progress ?? progressFeed(),
		isClosed: options.allowed.length > 0,
		startedAt: Date.now(),
		open: () => dispatcher.open,
		download: downloadWith({ api, token, apiRoot: options.apiRoot, redact, retryMs, timeoutMs: options.timeoutMs }),
	};
	const gate = new Gate(people, options.admins, options.allowed, options.askRates ?? ASK_RATES);
	const dispatcher: Dispatcher = new Dispatcher({
		...{ ledger, outbox, log },
		handle: (update, request) => handleUpdate(context, gate, update, request),
		excuse: (update, why, request) => excuseFor(say, update, why, request),
		slowestMs: options.slowestMs ?? 60_000,
	});
	const tidy = (): void => {
		for (const kept of [conversations, answers, people]) kept.tidy(Date.now());
	};
	tidy();
	const tidying = setInterval(tidy, TIDY_MS);
	log.info('bot.started', {
		bot: me.username,
		privacy: !me.can_read_all_group_messages,
		issues: app.snapshot.counts.issues,
	});
	try {
		await work(options, context, dispatcher, ledger);
	} finally {
		clearInterval(tidying);
		await finish(dispatcher, outbox, log);
		db.close();
	}
}

/** Everything that goes on while the bot runs; ends when the signal aborts or the token is refused. */
async function work(options: ServiceOptions, context: Context, dispatcher: Dispatcher, ledger: Ledger): Promise<void> {
	const { signal, retryMs = 1000 } = options;
	const { api, log, outbox, refresher } = context;
	outbox.add(ledger.waiting());
	dispatcher.resume();
	await refresher.announce().catch((error: unknown) => log.warn('announce.failed', { reason: reasonOf(error) }));
	void registerCommands({ api, log, admins: options.admins, signal, retryMs });
	const onChange = async (): Promise<void> => {
		try {
			const report = await refresher.refresh();
			log.info('index.refreshed', { added: report?.issues.added.length, articles: report?.articles });
		} catch (error) {
			log.error('index.failed', { reason: reasonOf(error) });
		}
	};
	void options
		.watch?.(onChange, signal)
		.catch((error: unknown) => log.error('watch.failed', { reason: reasonOf(error) }));
	const take = async (updates: readonly unknown[], offset: number): Promise<number> => {
		const next = dispatcher.take(updates, offset);
		await dispatcher.room(signal);
		return next;
	};
	const { webhook } = options;
	if (webhook) {
		await serveWebhook({ api, log, signal, retryMs, options: webhook, take: (updates) => take(updates, 0) });
		return;
	}
	await poll({
		api,
		log,
		signal,
		offset: ledger.offset,
		holdS: options.holdS ?? 25,
		graceMs: options.timeoutMs ?? 10_000,
		retryMs,
		take,
	});
}

/** Asks who the bot is, as often as it takes. Null when the signal aborts first. */
async function introduce(api: Api, log: Log, signal: AbortSignal, retryMs: number): Promise<Me | null> {
	for (let failures = 1; !signal.aborted; failures++) {
		try {
			const me = parseMe(await api.call('getMe', {}, { signal }));
			if (me) return me;
			log.warn('start.failed', { reason: 'getMe: no bot in the answer' });
		} catch (error) {
			if (signal.aborted) return null;
			if (!(error instanceof ApiFailure)) throw error;
			if (error.kind === 'unauthorized') throw wrongToken();
			log.warn('start.failed', { reason: error.message, failures });
			await pause(error.retryAfterMs ?? 0, signal);
		}
		await pause(backoff(failures, retryMs, 30_000), signal);
	}
	return null;
}

/** What is being answered is finished and sent; what takes longer stays in the ledger for the next run. */
async function finish(dispatcher: Dispatcher, outbox: Outbox, log: Log): Promise<void> {
	const done = (async () => {
		await dispatcher.close();
		await outbox.idle();
	})();
	const limit = new AbortController();
	await Promise.race([done, pause(FINISH_MS, limit.signal)]);
	limit.abort();
	outbox.stop();
	log.info('bot.stopped', { open: dispatcher.open, waiting: outbox.waiting });
}
