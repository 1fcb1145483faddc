import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, CommanderError } from 'commander';
import { PACKAGE_ROOT } from '../config.js';
import type { CommandSpec } from './command.js';
import { articlesCommand } from './commands/articles.js';
import { askCommand } from './commands/ask.js';
import { backupCommand } from './commands/backup.js';
import { chatCommand } from './commands/chat.js';
import { checkCommand } from './commands/check.js';
import { evalCommand } from './commands/eval.js';
import { indexCommand } from './commands/index.js';
import { migrateCommand } from './commands/migrate.js';
import { modelCommand } from './commands/model.js';
import { restoreCommand } from './commands/restore.js';
import { searchCommand } from './commands/search.js';
import { showCommand } from './commands/show.js';
import { statusCommand } from './commands/status.js';
import { telegramCommand } from './commands/telegram.js';
import { EXIT, exitCodeOf, lineOf } from './exit.js';
import { realTerminal, type Terminal } from './terminal.js';

const COMMANDS: readonly CommandSpec[] = [
	chatCommand,
	askCommand,
	indexCommand,
	searchCommand,
	articlesCommand,
	showCommand,
	checkCommand,
	statusCommand,
	backupCommand,
	restoreCommand,
	migrateCommand,
	evalCommand,
	modelCommand,
	telegramCommand,
];

/** Runs wenqu with these arguments and gives the exit code. */
export async function run(args: readonly string[], terminal: Terminal = realTerminal()): Promise<number> {
	let code: number = EXIT.done;
	const program = new Command('wenqu')
		.description('问区：回答关于区报的问题，每个答案都附上出处原文')
		.version((JSON.parse(readFileSync(join(PACKAGE_ROOT, 'package.json'), 'utf8')) as { version: string }).version)
		.helpOption('-h, --help', '显示帮助')
		.exitOverride()
		.configureOutput({
			writeErr: (text) => terminal.err(text.trimEnd()),
			writeOut: (text) => terminal.out(text.trimEnd()),
		});
	for (const spec of COMMANDS) {
		const command = program
			.command(spec.usage, { isDefault: spec.isDefault === true })
			.description(spec.summary)
			.helpOption('-h, --help', '显示帮助')
			.option('--seeds <dir>', '报纸文件所在的文件夹（默认 ./seeds）')
			.option('--index <dir>', '索引所在的文件夹（默认 ./index）')
			.option('--data <dir>', '对话、评价等数据的文件夹（默认 ./data）');
		if (spec.answers)
			command
				.option('--llm', '让语言模型组织语言（需要 WENQU_LLM_URL）；每句话仍须有原文为证')
				.option('--no-llm', '不用语言模型');
		for (const [flags, summary] of spec.options ?? []) command.option(flags, summary);
		command.action(async (...given: unknown[]) => {
			const words = given
				.slice(0, -2)
				.flatMap((word) => (Array.isArray(word) ? word : [word]))
				.filter((word): word is string => typeof word === 'string');
			code = await spec.action(words, command.opts(), terminal);
		});
	}
	try {
		await program.parseAsync(['node', 'wenqu', ...args]);
		return code;
	} catch (error) {
		if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
		terminal.err(lineOf(error));
		return exitCodeOf(error);
	}
}
