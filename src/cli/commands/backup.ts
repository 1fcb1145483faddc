import { resolve } from 'node:path';
import { backupIndex } from '../../indexing/backup.js';
import type { CommandSpec } from '../command.js';
import { EXIT } from '../exit.js';
import { embeddedSettingsOf } from '../session.js';
import { sizeOf } from '../units.js';

export const backupCommand: CommandSpec = {
	usage: 'backup <file>',
	summary: '把索引和向量备份成一个文件；机器人可以照常运行',
	options: [['--json', '输出 JSON']],
	async action([file = ''], flags, terminal) {
		const report = await backupIndex({ indexDir: embeddedSettingsOf(flags).indexDir, file: resolve(file) });
		const { issues, articles, vectors, bytes } = report;
		terminal.out(
			flags['json'] === true
				? JSON.stringify(report)
				: `备份好了，并读回核对过：${issues} 期，${articles} 篇报道，${vectors} 个向量，${sizeOf(bytes)}。`,
		);
		return EXIT.done;
	},
};
