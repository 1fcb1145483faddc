import { resolve } from 'node:path';
import { restoreIndex } from '../../indexing/restore.js';
import type { CommandSpec } from '../command.js';
import { EXIT } from '../exit.js';
import { embeddedSettingsOf } from '../session.js';

export const restoreCommand: CommandSpec = {
	usage: 'restore <file>',
	summary: '从备份恢复索引：先全部核对，再一次换上；机器人可以照常运行',
	options: [
		['--wait', '有别的进程在写索引时等它写完'],
		['--json', '输出 JSON'],
	],
	async action([file = ''], flags, terminal) {
		const { seedsDir, indexDir } = embeddedSettingsOf(flags);
		const report = await restoreIndex({
			seedsDir,
			indexDir,
			file: resolve(file),
			wait: flags['wait'] === true,
			onWarning: (line) => terminal.err(line),
		});
		const { created, issues, articles, vectors, upToDate } = report;
		if (!upToDate) terminal.err('报纸文件和备份时不一样：下一次提问或 wenqu index 时，索引会照现在的文件更新。');
		terminal.out(
			flags['json'] === true
				? JSON.stringify(report)
				: `已恢复 ${created} 的备份：${issues} 期，${articles} 篇报道，${vectors} 个向量。`,
		);
		return EXIT.done;
	},
};
