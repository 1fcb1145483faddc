import type { App } from '../../app.js';
import { UsageError } from '../../errors.js';
import type { CommandSpec } from '../command.js';
import { EXIT } from '../exit.js';
import { withApp } from '../session.js';
import { safe, type Terminal } from '../terminal.js';

export const showCommand: CommandSpec = {
	usage: 'show <place>',
	summary: '显示一处引文所在的报道，引文标出；格式 文件:起点-终点',
	async action([place = ''], flags, terminal) {
		const match = /^(.+):(\d+)-(\d+)$/u.exec(place);
		if (!match)
			throw new UsageError(`“${safe(place)}”不是出处的格式，应为 文件:起点-终点，例如 2024-09-28.txt:120-180。`);
		const [, file = '', start = '', end = ''] = match;
		if (Number(end) <= Number(start)) throw new UsageError('出处的终点应在起点之后。');
		return withApp(flags, terminal, async (app) => {
			const text = await articleAround(app, file, Number(start), Number(end), terminal);
			if (text === null)
				throw new UsageError(`${safe(file)} 里没有 ${start}-${end} 这一处。用 wenqu articles 看有哪些报道。`);
			terminal.out(text);
			return EXIT.done;
		});
	},
};

/** The article around a citation with the quote marked, or null when no article holds it. */
export async function articleAround(
	app: App,
	file: string,
	start: number,
	end: number,
	terminal: Terminal,
): Promise<string | null> {
	const article = await app.snapshot.articleAt(file, start);
	if (!article || end > article.end) return null;
	const at = (offset: number): number => offset - article.start;
	const before = article.source.slice(0, at(start));
	const quote = article.source.slice(at(start), at(end));
	const after = article.source.slice(at(end));
	const { colour } = terminal;
	const marked = terminal.isTty ? colour.inverse(shown(quote)) : `【${shown(quote)}】`;
	const head = `${colour.bold(safe(article.headline))}\n${colour.dim(`${safe(file)}${article.issueDate ? ` ${article.issueDate}` : ''}`)}\n\n`;
	return head + shown(before) + marked + shown(after).trimEnd();
}

/** Text with its line feeds kept and all other control characters made visible. */
function shown(text: string): string {
	return text
		.replace(/\r\n?/gu, '\n')
		.split('\n')
		.map(safe)
		.join('\n')
		.replace(/\\u0009/gu, '\t');
}
