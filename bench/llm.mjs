// npm run bench:llm [-- GOLD.jsonl SEEDS …]: gold sets answered without a language model and with one, side by side.
// Needs WENQU_LLM_URL. Replies are cached under node_modules/.cache, so that a second run costs nothing.
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openApp } from '../dist/app.js';
import { readSettings } from '../dist/config.js';
import { WenquError } from '../dist/errors.js';
import { parseGold } from '../dist/evaluation/gold.js';
import { judge, wilson } from '../dist/evaluation/score.js';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const work = here('../node_modules/.cache/wenqu-bench/llm');
const given = process.argv.slice(2);
const sets = given.length > 0 ? pairs(given) : [[here('../test/gold/seeds.jsonl'), here('../seeds')]];

function pairs(words) {
	if (words.length % 2 !== 0) throw new Error('usage: npm run bench:llm -- GOLD.jsonl SEEDS [GOLD.jsonl SEEDS …]');
	return words.flatMap((word, n) => (n % 2 === 0 ? [[word, words[n + 1]]] : []));
}

async function ask(app, question, withLlm) {
	let turn = null;
	for (const earlier of (question.turns ?? []).slice(0, -1))
		({ turn } = await app.ask(earlier, turn, null, { withLlm }));
	const started = performance.now();
	const { answer } = await app.ask(question.turns?.at(-1) ?? question.q, turn, null, { withLlm, explain: true });
	const { right, cited, refused } = judge(question, answer);
	return { answer, isGood: refused ?? (right && cited), ms: performance.now() - started };
}

function count(tally, key, by = 1) {
	tally.set(key, (tally.get(key) ?? 0) + by);
}

function share(good, n) {
	const [low, high] = wilson(good, n);
	return `${(good / n).toFixed(3)} [${low.toFixed(2)},${high.toFixed(2)}]`.padStart(20);
}

function percentile(times, part) {
	return [...times].sort((a, b) => a - b)[Math.floor((times.length - 1) * part)]?.toFixed(0) ?? '–';
}

async function compare(goldFile, seeds) {
	const gold = parseGold(readFileSync(goldFile, 'utf8'));
	const name = basename(goldFile, '.jsonl');
	const flags = { seeds, index: join(work, `index-${name}`), data: join(work, 'data'), llm: true };
	const quiet = { progress: () => {}, warn: (line) => console.error(line) };
	const app = await openApp(readSettings(flags), quiet);
	const kinds = new Map();
	const [used, declined, dropped] = [new Map(), new Map(), new Map()];
	const times = { without: [], with: [] };
	const turned = [];
	let [kept, tokens] = [0, 0];
	for (const question of gold) {
		const without = await ask(app, question, false);
		const with_ = await ask(app, question, true);
		const kind = question.refuse ? 'refuse' : question.kind;
		const row = kinds.get(kind) ?? { n: 0, without: 0, with: 0 };
		kinds.set(kind, row);
		row.n++;
		row.without += Number(without.isGood);
		row.with += Number(with_.isGood);
		times.without.push(without.ms);
		times.with.push(with_.ms);
		if (without.isGood !== with_.isGood)
			turned.push(`${with_.isGood ? 'won ' : 'lost'} ${question.id} ${question.q} → ${with_.answer.answer}`);
		const { llm, explain } = with_.answer;
		for (const task of llm.used) count(used, task);
		if (llm.declined) count(declined, llm.declined);
		for (const [reason, n] of Object.entries(explain.llm.dropped)) count(dropped, reason, n);
		kept += explain.llm.kept;
		tokens += explain.llm.tokens;
	}
	app.close();
	const listed = (tally) => [...tally].map(([key, n]) => `${key} ${n}`).join(', ') || 'none';
	console.log(`\n## ${name}, ${gold.length} questions\n`);
	console.log(`${'kind'.padEnd(10)} ${'n'.padStart(4)} ${'without'.padStart(20)} ${'with'.padStart(20)}`);
	const all = { n: 0, without: 0, with: 0 };
	for (const [kind, row] of [...kinds].sort()) {
		for (const key of Object.keys(all)) all[key] += row[key];
		console.log(
			`${kind.padEnd(10)} ${String(row.n).padStart(4)} ${share(row.without, row.n)} ${share(row.with, row.n)}`,
		);
	}
	console.log(
		`${'all'.padEnd(10)} ${String(all.n).padStart(4)} ${share(all.without, all.n)} ${share(all.with, all.n)}`,
	);
	for (const way of ['without', 'with'])
		console.log(`ms ${way}: p50 ${percentile(times[way], 0.5)}, p95 ${percentile(times[way], 0.95)}`);
	console.log(`used: ${listed(used)}; not used: ${listed(declined)}`);
	console.log(`sentences kept: ${kept}; dropped: ${listed(dropped)}; tokens: ${tokens}`);
	for (const line of turned) console.log(line);
}

try {
	for (const [goldFile, seeds] of sets) await compare(goldFile, seeds);
} catch (error) {
	if (!(error instanceof WenquError)) throw error;
	console.error(error.message);
	process.exitCode = 2;
}
