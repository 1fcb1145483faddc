import type { CommandSpec } from '../command.js';
import { EXIT } from '../exit.js';
import { withApp } from '../session.js';
import { safe } from '../terminal.js';

export const articlesCommand: CommandSpec = {
	usage: 'articles',
	summary: '列出读到的报道，和其中点名的参加者',
	options: [['--json', '输出 JSON']],
	async action(_words, flags, terminal) {
		return withApp(flags, terminal, async (app) => {
			const numbers = Array.from({ length: app.snapshot.counts.articles }, (_, number) => number);
			const articles = await app.snapshot.articles(numbers);
			if (flags['json'] === true) {
				const rows = articles.map(({ file, issueDate, headline, start, end, facts }) => ({
					file,
					issueDate,
					headline,
					start,
					end,
					people: facts.people.map(({ name, title, organisation, roles, start: from, end: to }) => ({
						name,
						title,
						organisation,
						roles,
						start: from,
						end: to,
					})),
					listIsOpen: facts.listIsOpen,
				}));
				terminal.out(JSON.stringify(rows));
				return EXIT.done;
			}
			let file = '';
			for (const article of articles) {
				if (article.file !== file) {
					file = article.file;
					terminal.out(terminal.colour.bold(`${safe(file)}${article.issueDate ? `（${article.issueDate}）` : ''}`));
				}
				const names = article.facts.people.filter((person) => person.roles.length > 0).map((person) => person.name);
				const shown = names.length > 8 ? `${names.slice(0, 8).join('、')}等${names.length}人` : names.join('、');
				terminal.out(`  ${safe(article.headline)}${shown ? terminal.colour.dim(`  ${shown}`) : ''}`);
			}
			return EXIT.done;
		});
	},
};
