import type { CheckReport } from '../../indexing/check.js';
import type { RepairReport } from '../../indexing/repair.js';
import type { Keeping } from '../../keeping.js';
import type { CommandSpec } from '../command.js';
import { EXIT } from '../exit.js';
import { withKeeping } from '../session.js';
import { safe, type Terminal } from '../terminal.js';

export const checkCommand: CommandSpec = {
	usage: 'check',
	summary: '检验索引：校验和、段落与原文、向量与段落一一对应',
	options: [
		['--repair', '修复：从报纸文件和存下的向量重建坏了的部分，并列出修了什么'],
		['--wait', '修复时有别的进程在写索引就等它写完'],
		['--json', '输出 JSON'],
	],
	async action(_words, flags, terminal) {
		return withKeeping(flags, terminal, async (keeping, done) => {
			if (flags['repair'] === true) return repair(keeping, done, flags, terminal);
			const report = await keeping.check();
			terminal.out(flags['json'] === true ? JSON.stringify(report) : linesOf(report, terminal));
			return report.problems.length === 0 ? EXIT.done : EXIT.failed;
		});
	},
};

async function repair(
	keeping: Keeping,
	done: () => void,
	flags: Readonly<Record<string, unknown>>,
	terminal: Terminal,
): Promise<number> {
	const report = await keeping.repair({ wait: flags['wait'] === true });
	done();
	const { repaired, after, lost } = report;
	if (flags['json'] === true) terminal.out(JSON.stringify({ ...after, repaired, lost }));
	else terminal.out([...repairLines(report), linesOf(after, terminal)].join('\n'));
	return after.problems.length === 0 && lost.length === 0 ? EXIT.done : EXIT.failed;
}

function repairLines({ repaired, after, lost }: RepairReport): string[] {
	return [
		...repaired.map((problem) => `已修复：${safe(problem)}`),
		...lost.map((line) => `没有修好：${safe(line)}`),
		...(after.problems.length > 0 ? ['没有修好：'] : []),
	];
}

function linesOf(report: CheckReport, terminal: Terminal): string {
	const { problems, issues, articles, passages, vectors } = report;
	if (problems.length > 0) return problems.map(safe).join('\n');
	return `${terminal.colour.green('完好')}：${issues} 期，${articles} 篇，${passages} 段，${vectors} 个向量。`;
}
