import type { LastRun } from '../../indexing/last-run.js';
import { type IndexStatus, indexStatus } from '../../indexing/status.js';
import type { CommandSpec } from '../command.js';
import { EXIT } from '../exit.js';
import { settingsOf } from '../session.js';
import { safe } from '../terminal.js';
import { sizeOf, spanOf } from '../units.js';

export const statusCommand: CommandSpec = {
	usage: 'status',
	summary: '索引的情况：期数、报道、段落、模型、大小、建成多久、上次更新',
	options: [['--json', '输出 JSON']],
	async action(_words, flags, terminal) {
		const { seedsDir, indexDir } = settingsOf(flags);
		const status = await indexStatus({ seedsDir, indexDir });
		terminal.out(flags['json'] === true ? JSON.stringify(status) : linesOf(status).map(safe).join('\n'));
		return status.faults.length === 0 ? EXIT.done : EXIT.failed;
	},
};

function linesOf(status: IndexStatus): string[] {
	const { issues, articles, passages, vectors, model, newestDate, lastRun } = status;
	return [
		`报纸    ${issues} 期，${articles} 篇报道，${passages} 段${newestDate ? `；最新一期 ${newestDate}` : ''}`,
		`模型    ${model ? `${model}，${vectors} 个向量` : '没有，只用关键词查找'}`,
		`大小    ${sizeOf(status.bytes)}`,
		`建成    ${status.published}，${spanOf(status.ageSeconds)}前，第 ${status.generation} 代`,
		...(lastRun ? [`上次更新  ${runOf(lastRun)}`] : []),
		...(status.upToDate === false ? ['报纸文件有变动，还没有收进索引：下一次提问或 wenqu index 时更新。'] : []),
		...status.faults.map((fault) => `有问题：${fault}`),
		...(status.faults.length > 0 ? ['请运行 wenqu check --repair 修复。'] : []),
	];
}

function runOf(run: LastRun): string {
	if (run.failure !== null) return `${run.at} 没有成功：${run.failure}`;
	return `${run.at}，新增 ${run.added} 期，更新 ${run.changed} 期，移除 ${run.removed} 期，新算向量 ${run.embedded}，用时 ${run.seconds.toFixed(1)} 秒`;
}
