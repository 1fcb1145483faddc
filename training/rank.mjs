/**
 * Learns what each feature of src/retrieval/features.ts weighs, on the archive's questions: the weights that make the
 * right reports likeliest among a question's candidates (softmax, Newton steps, ridge). Prints what each feature
 * brings, all on folds: a report's questions are never both learned from and counted.
 *
 *   node training/rank.mjs work/archive-index [models/ranking.json]
 *
 * The index is one that `npm run bench` built. Without a second argument nothing is written.
 */
import { writeFileSync } from 'node:fs';
import { loadArchive, rightReports } from '../bench/archive.mjs';
import { readSettings } from '../dist/config.js';
import { openEmbedder } from '../dist/embedding/open.js';
import { FEATURES } from '../dist/retrieval/features.js';
import { EmbeddedLegs } from '../dist/retrieval/embedded-legs.js';
import { RankedRetriever } from '../dist/retrieval/open.js';
import { openSnapshot } from '../dist/store/snapshot.js';
import { learn, standardised } from './softmax.mjs';

const [indexDir, target] = process.argv.slice(2);
/** Ridge on standardised features; .003, .01 and .03 differ by less than the folds do among themselves. */
const RIDGE = 0.01;
const FOLDS = 10;
const SHUFFLES = [1, 2, 3];

const { reports, questions } = loadArchive();
const right = rightReports(reports, questions);
const snapshot = openSnapshot(indexDir);
const embedder = await openEmbedder(readSettings({}));
const retriever = new RankedRetriever(new EmbeddedLegs(snapshot, async () => embedder));
const headlines = snapshot.headlines();
const rows = [];
for (const [n, { q, article }] of questions.entries()) {
	const candidates = await retriever.candidates(q);
	rows.push({
		report: article,
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

/** Right at 1, 5 and 10 and mean reciprocal rank, in per cent, of a way to score the candidates of a row. */
function measure(scoreOf) {
	const ranks = scaled.map((row, n) => {
		const scores = row.features.map((features) => scoreOf(features, n));
		const best = Math.max(...scores.filter((_, i) => row.right[i]));
		return row.right.includes(true) ? 1 + scores.filter((score) => score > best).length : Number.POSITIVE_INFINITY;
	});
	const share = (test) => (100 * ranks.filter(test).length) / ranks.length;
	const mrr = (100 * ranks.reduce((sum, rank) => sum + 1 / rank, 0)) / ranks.length;
	return [share((rank) => rank <= 1), share((rank) => rank <= 5), share((rank) => rank <= 10), mrr];
}

/** The same on folds, by some of the features, as a mean over shuffles. */
function onFolds(columns) {
	const all = SHUFFLES.map((seed) => {
		const folds = foldsOf(seed);
		const weights = Array.from({ length: FOLDS }, (_, fold) =>
			learn(
				scaled.filter(({ report }) => folds.get(report) !== fold),
				columns,
				RIDGE,
			),
		);
		return measure((features, n) =>
			columns.reduce((sum, column, i) => sum + weights[folds.get(scaled[n].report)][i] * features[column], 0),
		);
	});
	return all[0].map((_, k) => all.reduce((sum, figures) => sum + figures[k], 0) / all.length);
}

const every = FEATURES.map((_, n) => n);
const line = (name, figures) => console.log(`| ${name} | ${figures.map((value) => value.toFixed(1)).join(' | ')} |`);
console.log('| features, on folds | at 1 | at 5 | at 10 | MRR |\n|---|---|---|---|---|');
line('keyword alone (nothing learned)', measure((features) => features[0]));
const whole = onFolds(every);
line('all', whole);
if (target) {
	const learned = learn(scaled, every, RIDGE);
	const weights = Object.fromEntries(FEATURES.map((name, n) => [name, Number((learned[n] / spread[n]).toFixed(4))]));
	const [at1, at5, at10, mrr] = whole.map((value) => Number(value.toFixed(1)));
	const origin = `training/rank.mjs on ${questions.length} questions about ${new Set(rows.map(({ report }) => report)).size} of ${reports.length} real reports; figures on ${FOLDS} folds by report, mean of ${SHUFFLES.length} shuffles`;
	writeFileSync(target, `${JSON.stringify({ origin, weights, folds: { at1, at5, at10, mrr } }, null, '\t')}\n`);
}
for (const [n, name] of FEATURES.entries()) line(`without ${name}`, onFolds(every.filter((column) => column !== n)));
snapshot.close();
