import { describeModels, pullModel } from '../../embedding/models.js';
import { UsageError } from '../../errors.js';
import type { CommandSpec } from '../command.js';
import { EXIT } from '../exit.js';
import { reporterOn, settingsOf } from '../session.js';

export const modelCommand: CommandSpec = {
	usage: 'model [action] [name]',
	summary: '模型：list 列出来源、校验和、所在位置；pull 下载',
	options: [['--json', '输出 JSON']],
	async action([action = 'list', name], flags, terminal) {
		const settings = settingsOf(flags);
		if (action !== 'list' && action !== 'pull')
			throw new UsageError(`没有 model ${action} 这个用法，可用 list 或 pull。`);
		if (action === 'pull') {
			const reporter = reporterOn(terminal);
			await pullModel({
				modelDir: settings.modelDir,
				offline: settings.offline,
				hubEndpoint: settings.hubEndpoint,
				...(name ? { name } : {}),
				onProgress: ({ done, total }) => reporter.progress({ label: '下载模型', done, total, unit: 'bytes' }),
			});
			reporter.done();
		}
		const models = await describeModels(settings.modelDir);
		if (flags['json'] === true) terminal.out(JSON.stringify(models));
		else
			for (const model of models)
				terminal.out(
					`${model.name}  ${model.present ? '已就绪' : '未下载'}\n  位置 ${model.path}\n  sha256 ${model.sha256}\n  来源 ${model.sources.join('，')}`,
				);
		return EXIT.done;
	},
};
