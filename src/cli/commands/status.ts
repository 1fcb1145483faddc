import type { LastRun } from '../../indexing/last-run.js';
import type { IndexStatus } from '../../indexing/status.js';
import type { ClusterIndexStatus } from '../../opensearch/status.js';
import type { CommandSpec } from '../command.js';
import { EXIT } from '../exit.js';
import { withKeeping } from '../session.js';
import { safe } from '../terminal.js';
import { sizeOf, spanOf } from '../units.js';

export const statusCommand: CommandSpec = {
	usage: 'status',
	summary: '索引的情况：期数、报道、段落、模型、大小、建成多久、上次更新',
	options: [['--json', '输出 JSON']],
	async action(_words, flags, terminal) {
		return withKeeping(flags, terminal, async (keeping) => {
			const status = await keeping.status();
			const lines = [...('cluster' in status ? clusterLines(status) : []), ...(isWhole(status) ? linesOf(status) : [])];
			lines.push(...status.faults.map((fault) => `有问题：${fault}`));
			if (status.faults.length > 0 && !('cluster' in status)) lines.push('请运行 wenqu check --repair 修复。');
			terminal.out(flags['json'] === true ? JSON.stringify(status) : lines.map(safe).join('\n'));
			return status.faults.length === 0 ? EXIT.done : EXIT.failed;
		});
	},
};

/** A cluster that cannot be asked tells of itself only. */
function isWhole(status: IndexStatus | ClusterIndexStatus): status is IndexStatus {
	return status.published !== undefined;
}

function clusterLines({ namespace, cluster, isWriting }: ClusterIndexStatus): string[] {
	const { state, nodes, missingShards } = cluster;
	const shards = missingShards ? `，缺 ${missingShards} 个分片或副本` : '';
	const detail = nodes === null ? '' : `，${nodes} 个节点${shards}`;
	return [`集群    ${state}${detail}；命名空间 ${namespace}${isWriting ? '，正在写下一代' : ''}`];
}

function linesOf(status: IndexStatus): string[] {
	const { issues, articles, passages, vectors, model, newestDate, lastRun } = status;
	return [
		`报纸    ${issues} 期，${articles} 篇报道，${passages} 段${newestDate ? `；最新一期 ${newestDate}` : ''}`,
		`模型    ${model ? `${model}，${vectors} 个向量` : '没有，只用关键词查找'}`,
		`大小    ${sizeOf(status.bytes)}`,
		`建成    ${status.published}，${spanOf(status.ageSeconds)}前，第 ${status.generation} 代`,
		...(lastRun ? [`上次更新  ${runOf(lastRun)}`] : []),
		...(status.upToDate === false ? ['报纸文件有变动，还没有收进索引：下一次提问或 wenqu index 时更新。'] : []),
	];
}

function runOf(run: LastRun): string {
	if (run.failure !== null) return `${run.at} 没有成功：${run.failure}`;
	return `${run.at}，新增 ${run.added} 期，更新 ${run.changed} 期，移除 ${run.removed} 期，新算向量 ${run.embedded}，用时 ${run.seconds.toFixed(1)} 秒`;
}
