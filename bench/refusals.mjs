// Prints the curve between answering and refusing over a gold set, and how a threshold chosen on one random half of
// the questions does on the other: node bench/refusals.mjs GOLD.jsonl SEEDS INDEX
import { readFileSync } from 'node:fs';
import { Answerer } from '../dist/answering/answerer.js';
import { THRESHOLDS } from '../dist/answering/thresholds.js';
import { parseWording } from '../dist/answering/wording.js';
import { parseGold } from '../dist/evaluation/gold.js';
import { judge } from '../dist/evaluation/score.js';
import { sourceTexts } from '../dist/newspaper/source-texts.js';
import { openReader } from '../dist/reading/open.js';
import { openRetriever } from '../dist/retrieval/open.js';
import { EmbeddedStore } from '../dist/store/embedded-store.js';
import { openSnapshot } from '../dist/store/snapshot.js';

const [goldFile, seeds, index] = process.argv.slice(2);
if (!index)
	throw new Error('usage: node bench/refusals.mjs GOLD.jsonl SEEDS INDEX (an index that wenqu index has built)');
const gold = parseGold(readFileSync(goldFile, 'utf8'));
const snapshot = openSnapshot(index);
const wording = parseWording(readFileSync(new URL('../prompts/answers.md', import.meta.url), 'utf8'));
const network = await openReader(new URL('../models', import.meta.url).pathname);
const known = new Map();
// Every threshold asks for the same readings: read once.
const reader = {
	id: network.id,
	async read(question, text, context) {
		const key = `${question}\0${text}\0${context}`;
		if (!known.has(key)) known.set(key, await network.read(question, text, context));
		return known.get(key);
	},
};
const desk = {
	snapshot: new EmbeddedStore(snapshot),
	retriever: openRetriever(snapshot, async () => null),
	reader: async () => reader,
	wording,
};

const LEVELS = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];
const outcomes = [];
for (const answerable of LEVELS) {
	const answerer = new Answerer({ ...desk, thresholds: { ...THRESHOLDS, answerable } }, sourceTexts(seeds));
	const row = [];
	for (const question of gold) {
		let turn = null;
		for (const earlier of (question.turns ?? []).slice(0, -1)) turn = (await answerer.answer(earlier, turn)).turn;
		const { answer } = await answerer.answer(question.turns?.at(-1) ?? question.q, turn);
		const { right, cited, refused } = judge(question, answer);
		row.push({
			good: refused ?? (right && cited),
			declined: !question.refuse && answer.status !== 'answered',
			refuse: question.refuse === true,
		});
	}
	outcomes.push(row);
}

const share = (rows, of) => (rows.length === 0 ? 0 : rows.filter(of).length / rows.length);
const figures = (rows) => ({
	both: share(
		rows.filter((one) => !one.refuse),
		(one) => one.good,
	),
	declined: share(
		rows.filter((one) => !one.refuse),
		(one) => one.declined,
	),
	refuse: share(
		rows.filter((one) => one.refuse),
		(one) => one.good,
	),
});
console.log('answerable   both  declined  refuse');
LEVELS.forEach((level, n) => {
	const { both, declined, refuse } = figures(outcomes[n]);
	console.log(`${level.toFixed(1).padStart(10)}  ${both.toFixed(3)}     ${declined.toFixed(3)}   ${refuse.toFixed(3)}`);
});

// A small linear congruential generator (Numerical Recipes' constants): the same halves on every run.
let seed = 20240928;
const random = () => {
	seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
	return seed / 2 ** 32;
};
const goodness = (rows) => share(rows, (one) => one.good);
const differences = [];
for (let split = 0; split < 20; split++) {
	const order = gold.map((_, n) => n).sort((a, b) => a - b);
	for (let i = order.length - 1; i > 0; i--) {
		const j = Math.floor(random() * (i + 1));
		[order[i], order[j]] = [order[j], order[i]];
	}
	const half = order.slice(0, order.length / 2);
	const other = order.slice(order.length / 2);
	const best = LEVELS.map((_, n) => goodness(half.map((i) => outcomes[n][i]))).reduce(
		(top, value, n, all) => (value > all[top] ? n : top),
		0,
	);
	differences.push(goodness(other.map((i) => outcomes[best][i])) - goodness(half.map((i) => outcomes[best][i])));
}
const mean = differences.reduce((a, b) => a + b, 0) / differences.length;
const sorted = [...differences].sort((a, b) => a - b);
console.log(
	`20 random halves: other half less fitted half, mean ${(100 * mean).toFixed(1)} points, from ${(100 * sorted[0]).toFixed(1)} to ${(100 * sorted.at(-1)).toFixed(1)}`,
);
snapshot.close();
