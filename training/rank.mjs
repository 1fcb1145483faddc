/**
 * Learns what each feature of src/retrieval/features.ts weighs, on the archive's questions: the weights that make the
 * right reports likeliest among a question's candidates (softmax, Newton steps, ridge). Prints what each feature
 * brings, all on folds: a report's questions are never both learned from and counted. Then what a glance of the reader
 * weighs beside them, learned on the same folds from the candidates that are close.
 *
 *   node training/rank.mjs work/archive-index [models/ranking.json]
 *
 * The index is one that `npm run bench` built. Without a second argument nothing is written.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadArchive, rightReports } from '../bench/archive.mjs';
import { readSettings } from '../dist/config.js';
import { openEmbedder } from '../dist/embedding/open.js';
import { FEATURES } from '../dist/retrieval/features.js';
import { openReader } from '../dist/reading/open.js';
import { EmbeddedLegs } from '../dist/retrieval/embedded-legs.js';
import { RankedRetriever } from '../dist/retrieval/open.js';
import { close, glance, withGlances } from '../dist/retrieval/reread.js';
import { openSnapshot } from '../dist/store/snapshot.js';
import { learn, standardised } from './softmax.mjs';

const [indexDir, target] = process.argv.slice(2);
/** Ridge on standardised features; .003, .01 and .03 differ by less than the folds do among themselves. */
const RIDGE = 0.01;
/** A span's score beside 0-to-1 chances. */
const SPAN_SCALE = 6;
const RIDGE_OF_GLANCE = 0.003;
const FOLDS = 10;
const SHUFFLES = [1, 2, 3];
/** So many of a question's candidates are read; on each fold others are the closest. */
const READ = 10;

const { reports, questions } = loadArchive();
const right = rightReports(reports, questions);
const snapshot = openSnapshot(indexDir);
const embedder = await openEmbedder(readSettings({}));
const retriever = new RankedRetriever(new EmbeddedLegs(snapshot, async () => embedder), async () => null);
const reader = await openReader(fileURLToPath(new URL('../models', import.meta.url)));
const headlines = snapshot.headlines();
const rows = [];
for (const [n, { q, article }] of questions.entries()) {
	const candidates = await retriever.candidates(q);
	rows.push({
		report: article,
		q,
		candidates,
		features: candidates.map(({ features }) => features),
		right: candidates.map((found) => right[n].has(headlines[found.article].file.replace(/\.txt$/u, ''))),
	});
}
const { scaled, spread } = standardised(rows);

/** A shuffle of the reports that is the same in every run; gives each report its fold. */
function foldsOf(seed) {
	let state = seed;
	const random = () => {
		state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
		return state / 2 ** 31;
	};
	const drawn = [...new Set(rows.map(({ report }) => report))].sort().map((report) => [random(), report]);
	return new Map(drawn.sort((a, b) => a[0] - b[0]).map(([, report], n) => [report, n % FOLDS]));
}

const folds = new Map(SHUFFLES.map((seed) => [seed, foldsOf(seed)]));
const scoreOf = (features, columns, weights) =>
	columns.reduce((sum, column, i) => sum + weights[i] * features[column], 0);

/** Right at 1, 5 and 10 and mean reciprocal rank, in per cent, of a way to score the candidates of a row. */
function measure(scoresOf) {
	const ranks = scaled.map((row, n) => {
		const scores = scoresOf(row, n);
		const best = Math.max(...scores.filter((_, i) => row.right[i]));
		return row.right.includes(true) ? 1 + scores.filter((score) => score > best).length : Number.POSITIVE_INFINITY;
	});
	const share = (test) => (100 * ranks.filter(test).length) / ranks.length;
	const mrr = (100 * ranks.reduce((sum, rank) => sum + 1 / rank, 0)) / ranks.length;
	return [share((rank) => rank <= 1), share((rank) => rank <= 5), share((rank) => rank <= 10), mrr];
}

/** The same on folds, as a mean over shuffles; `learnFrom` gives for the rows of the other folds a way to score one. */
function onFolds(learnFrom) {
	const all = SHUFFLES.map((seed) => {
		const of = folds.get(seed);
		const ways = Array.from({ length: FOLDS }, (_, fold) =>
			learnFrom(scaled.filter(({ report }) => of.get(report) !== fold)),
		);
		return measure((row) => ways[of.get(row.report)](row));
	});
	return all[0].map((_, k) => all.reduce((sum, figures) => sum + figures[k], 0) / all.length);
}

function byFeatures(columns) {
	return (from) => {
		const weights = learn(from, columns, RIDGE);
		return ({ features }) => features.map((one) => scoreOf(one, columns, weights));
	};
}

/** Reads the first candidates of each question, by weights learned on all of them. */
async function readFirst() {
	const logitsOf = byFeatures(every)(scaled);
	for (const row of scaled) {
		const logits = logitsOf(row);
		const first = logits.map((logit, n) => [logit, n]).sort((a, b) => b[0] - a[0]);
		const read = first.slice(0, READ).map(async ([, n]) => [n, await glance(row.q, row.candidates[n], reader)]);
		row.glances = new Map(await Promise.all(read));
	}
}

/** The glances at the candidates that are close. */
const glancesAt = (row, logits) =>
	new Map(close(row.q, row.candidates, logits).flatMap((n) => (row.glances.has(n) ? [[n, row.glances.get(n)]] : [])));

/** What a glance weighs beside the log-odds, learned from the close candidates of some rows. */
function learnGlance(from, logitsOf) {
	const used = from.flatMap((row) => {
		const logits = logitsOf(row);
		const near = [...glancesAt(row, logits)];
		const features = near.map(([n, { span, answerable }]) => [logits[n], span / SPAN_SCALE, answerable]);
		return near.length > 1 ? [{ features, right: near.map(([n]) => row.right[n]) }] : [];
	});
	const [rank, span, answerable] = learn(used, [0, 1, 2], RIDGE_OF_GLANCE);
	return { span: span / SPAN_SCALE / rank, answerable: answerable / rank };
}

function byGlances(from) {
	const logitsOf = byFeatures(every)(from);
	const weights = learnGlance(from, logitsOf);
	return (row) => {
		const logits = logitsOf(row);
		return withGlances(logits, glancesAt(row, logits), weights);
	};
}

const every = FEATURES.map((_, n) => n);
const line = (name, figures) => console.log(`| ${name} | ${figures.map((value) => value.toFixed(1)).join(' | ')} |`);
console.log('| features, on folds | at 1 | at 5 | at 10 | MRR |\n|---|---|---|---|---|');
line(
	'keyword alone (nothing learned)',
	measure(({ features }) => features.map(([keyword]) => keyword)),
);
line('all', onFolds(byFeatures(every)));
await readFirst();
const whole = onFolds(byGlances);
line('all, close ones read', whole);
if (target) {
	const learned = learn(scaled, every, RIDGE);
	const rounded = (value) => Number(value.toFixed(4));
	const weights = Object.fromEntries(FEATURES.map((name, n) => [name, rounded(learned[n] / spread[n])]));
	const { span, answerable } = learnGlance(scaled, byFeatures(every)(scaled));
	const [at1, at5, at10, mrr] = whole.map((value) => Number(value.toFixed(1)));
	const origin = `training/rank.mjs on ${questions.length} questions about ${new Set(rows.map(({ report }) => report)).size} of ${reports.length} real reports, glances by ${reader.id}; figures on ${FOLDS} folds by report, mean of ${SHUFFLES.length} shuffles`;
	const card = { origin, weights, glance: { span: rounded(span), answerable: rounded(answerable) } };
	writeFileSync(target, `${JSON.stringify({ ...card, folds: { at1, at5, at10, mrr } }, null, '\t')}\n`);
}
for (const [n, name] of FEATURES.entries()) line(`without ${name}`, onFolds(byFeatures(every.filter((k) => k !== n))));
snapshot.close();
