import { UsageError } from '../../errors.js';
import type { CommandSpec } from '../command.js';
import { EXIT } from '../exit.js';
import { reporterOn, settingsOf } from '../session.js';

export const migrateCommand: CommandSpec = {
	usage: 'migrate',
	summary: '把本机的索引搬到集群（需要 WENQU_OPENSEARCH_URL），向量不重算；--back 搬回本机',
	options: [
		['--back', '从集群搬到本机的索引文件夹'],
		['--wait', '有别的进程在写索引时等它写完'],
		['--json', '输出 JSON'],
	],
	async action(_words, flags, terminal) {
		const { cluster, seedsDir, indexDir } = settingsOf(flags);
		if (!cluster) throw new UsageError('搬索引要知道集群在哪里：请设置 WENQU_OPENSEARCH_URL。');
		const reporter = reporterOn(terminal);
		const { openPlace } = await import('../../opensearch/place.js');
		const { migrateFromCluster, migrateToCluster } = await import('../../opensearch/migrate.js');
		const place = openPlace(cluster);
		try {
			const where = { seedsDir, indexDir, wait: flags['wait'] === true, onProgress: reporter.progress };
			const isBack = flags['back'] === true;
			const report = await (isBack ? migrateFromCluster(place, where) : migrateToCluster(place, where));
			reporter.done();
			const { issues, articles, passages, vectors } = report;
			terminal.out(
				flags['json'] === true
					? JSON.stringify(report)
					: `搬到${isBack ? '本机' : '集群'}了：${issues} 期，${articles} 篇报道，${passages} 段，${vectors} 个向量，没有重算。`,
			);
			return EXIT.done;
		} finally {
			place.cluster.close();
		}
	},
};
