import { readFile } from 'node:fs/promises';
import type { Turn } from '../../answering/conversation.js';
import type { App } from '../../app.js';
import { UsageError } from '../../errors.js';
import { type Gold, parseGold } from '../../evaluation/gold.js';
import { judge, type Verdict, wilson } from '../../evaluation/score.js';
import type { CommandSpec } from '../command.js';
import { EXIT } from '../exit.js';
import { withApp } from '../session.js';
import { safe, type Terminal } from '../terminal.js';

interface Tally {
	n: number;
	right: number;
	cited: number;
	both: number;
}

/** Where one is switched on. */
const WITH_LLM = { withLlm: true };

export const evalCommand: CommandSpec = {
	usage: 'eval <gold>',
	answers: true,
	summary: '用题库打分：每类问题答对、出处对的比例',
	options: [
		['--min <share>', '两项都对的比例低于此值时以 1 退出'],
		['--misses <n>', '列出前 n 个答错的问题'],
		['--json', '输出 JSON'],
	],
	async action([file = ''], flags, terminal) {
		const gold = parseGold(
			await readFile(file, 'utf8').catch((error: unknown) => {
				throw new UsageError(`读不到题库 ${safe(file)}。`, { cause: error });
			}),
		);
		return withApp(flags, terminal, async (app) => {
			const kinds = new Map<string, Tally>();
			const misses: string[] = [];
			for (const question of gold) {
				const { verdict, said } = await ask(app, question);
				const kind = question.refuse ? 'refuse' : question.kind;
				const tally = kinds.get(kind) ?? { n: 0, right: 0, cited: 0, both: 0 };
				kinds.set(kind, tally);
				const both = verdict.refused ?? (verdict.right && verdict.cited);
				tally.n++;
				tally.right += Number(verdict.refused ?? verdict.right);
				tally.cited += Number(verdict.refused ?? verdict.cited);
				tally.both += Number(both);
				if (!both) misses.push(`${question.id} ${question.q} → ${said}`);
			}
			const all = [...kinds.values()].reduce((sum, tally) => ({ n: sum.n + tally.n, both: sum.both + tally.both }), {
				n: 0,
				both: 0,
			});
			print(kinds, all, flags, terminal);
			for (const miss of misses.slice(0, Number(flags['misses'] ?? 0))) terminal.out(safe(miss));
			return all.n > 0 && all.both / all.n < Number(flags['min'] ?? 0) ? EXIT.failed : EXIT.done;
		});
	},
};

async function ask(app: App, gold: Gold): Promise<{ readonly verdict: Verdict; readonly said: string }> {
	let turn: Turn | null = null;
	for (const question of (gold.turns ?? []).slice(0, -1)) turn = (await app.ask(question, turn, null, WITH_LLM)).turn;
	const { answer } = await app.ask(gold.turns?.at(-1) ?? gold.q, turn, null, WITH_LLM);
	return { verdict: judge(gold, answer), said: `${answer.status} ${answer.answer}` };
}

function print(
	kinds: ReadonlyMap<string, Tally>,
	all: { n: number; both: number },
	flags: Readonly<Record<string, unknown>>,
	terminal: Terminal,
): void {
	if (flags['json'] === true) {
		terminal.out(JSON.stringify({ n: all.n, both: all.both / all.n, kinds: Object.fromEntries(kinds) }));
		return;
	}
	const share = (k: number, n: number): string => (k / n).toFixed(2).padStart(6);
	const row = (kind: string, n: number, k: number): string => {
		const [low, high] = wilson(k, n);
		return `${kind.padEnd(10)} ${String(n).padStart(4)} ${share(k, n)}  [${low.toFixed(2)}, ${high.toFixed(2)}]`;
	};
	terminal.out('kind          n   both  95 % interval');
	for (const [kind, tally] of [...kinds].sort()) terminal.out(row(kind, tally.n, tally.both));
	terminal.out(row('all', all.n, all.both));
}
