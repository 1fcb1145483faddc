import { checkIndex } from '../../indexing/check.js';
import type { CommandSpec } from '../command.js';
import { EXIT } from '../exit.js';
import { settingsOf } from '../session.js';
import { safe } from '../terminal.js';

export const checkCommand: CommandSpec = {
	usage: 'check',
	summary: '检验索引：校验和、段落与原文、向量与段落一一对应',
	options: [['--json', '输出 JSON']],
	async action(_words, flags, terminal) {
		const settings = settingsOf(flags);
		const report = await checkIndex({ seedsDir: settings.seedsDir, indexDir: settings.indexDir });
		if (flags['json'] === true) terminal.out(JSON.stringify(report));
		else if (report.problems.length === 0)
			terminal.out(
				`${terminal.colour.green('完好')}：${report.issues} 期，${report.articles} 篇，${report.passages} 段，${report.vectors} 个向量。`,
			);
		else for (const problem of report.problems) terminal.out(safe(problem));
		return report.problems.length === 0 ? EXIT.done : EXIT.failed;
	},
};
