import { skippedLines } from '../../indexing/skipped.js';
import type { IndexReport } from '../../indexing/types.js';
import { watchSeeds } from '../../indexing/watch.js';
import type { CommandSpec } from '../command.js';
import { EXIT, lineOf } from '../exit.js';
import { settingsOf, withKeeping } from '../session.js';
import { safe, type Terminal } from '../terminal.js';

export const indexCommand: CommandSpec = {
	usage: 'index',
	summary: '按报纸文件更新索引，只处理有变动的部分',
	options: [
		['--rebuild', '全部重建'],
		['--watch', '更新后继续盯着文件夹，有新报纸就更新'],
		['--wait', '有别的进程在写索引时等它写完'],
		['--json', '输出 JSON'],
	],
	async action(_words, flags, terminal) {
		return withKeeping(flags, terminal, async (keeping, done) => {
			const once = async (rebuild: boolean): Promise<void> => {
				const report = await keeping.update({ rebuild, wait: flags['wait'] === true });
				done();
				if (!report) return;
				for (const line of skippedLines(report.skipped)) terminal.err(line);
				terminal.out(flags['json'] === true ? jsonOf(report) : summaryOf(report, terminal));
			};
			await once(flags['rebuild'] === true);
			if (flags['watch'] !== true) return EXIT.done;
			terminal.err('正在盯着文件夹，按 Ctrl-C 结束。');
			await watchSeeds(settingsOf(flags).seedsDir, async () => {
				try {
					await once(false);
				} catch (error) {
					terminal.err(lineOf(error));
				}
			});
			return EXIT.done;
		});
	},
};

function jsonOf({ skipped: _skipped, ...report }: IndexReport): string {
	return JSON.stringify(report);
}

function summaryOf(report: IndexReport, terminal: Terminal): string {
	const { added, changed, removed, unchanged } = report.issues;
	const named = (label: string, files: readonly string[]): string[] => files.map((file) => `  ${label} ${safe(file)}`);
	return [
		...named('新增', added),
		...named('更新', changed),
		...named('移除', removed),
		`${terminal.colour.bold('完成')}：${added.length + changed.length + unchanged} 期，${report.articles} 篇报道，${report.chunks} 段；新算向量 ${report.embedded}，沿用 ${report.reused}；用时 ${report.seconds.toFixed(1)} 秒。`,
	].join('\n');
}
