import { openApp } from '../../app.js';
import { UsageError } from '../../errors.js';
import { watchSeeds } from '../../indexing/watch.js';
import { progressFeed } from '../../telegram/progress.js';
import { runService } from '../../telegram/service.js';
import type { CommandSpec } from '../command.js';
import { EXIT } from '../exit.js';
import { reporterOn, settingsOf } from '../session.js';

export const telegramCommand: CommandSpec = {
	usage: 'telegram',
	answers: true,
	summary: '运行 Telegram 机器人（需要 TELEGRAM_BOT_TOKEN）',
	options: [['--no-watch', '不盯着报纸文件夹；有新报纸时由管理员发 /reindex']],
	async action(_words, flags, terminal) {
		const settings = settingsOf(flags);
		const { token, apiRoot, admins, allowed, webhook } = settings.telegram;
		if (!token)
			throw new UsageError('没有设置 TELEGRAM_BOT_TOKEN。在 Telegram 里找 @BotFather 新建机器人，就能得到它。');
		const stop = new AbortController();
		const end = (): void => stop.abort();
		process.once('SIGTERM', end).once('SIGINT', end);
		const progress = progressFeed();
		const reporter = reporterOn(terminal);
		// Once the bot runs, its log is JSON lines and nothing else.
		let isServing = false;
		const app = await openApp(settings, {
			progress: (step) => (isServing ? progress.report(step) : reporter.progress(step)),
			warn: (line) => {
				if (!isServing) return reporter.warn(line);
				const time = new Date().toISOString();
				terminal.err(JSON.stringify({ time, level: 'warn', event: 'index.warning', reason: line }));
			},
		});
		reporter.done();
		isServing = true;
		try {
			await runService({
				...{ app, token, apiRoot, admins, allowed, webhook, progress },
				dataDir: settings.dataDir,
				write: terminal.err,
				signal: stop.signal,
				...(flags['watch'] === false
					? {}
					: { watch: (onChange, signal) => watchSeeds(settings.seedsDir, onChange, signal) }),
			});
			return EXIT.done;
		} finally {
			process.off('SIGTERM', end).off('SIGINT', end);
			app.close();
		}
	},
};
