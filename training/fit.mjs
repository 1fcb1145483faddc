/**
 * Fits what reader.json holds beside the checksums, on the held-out eighth of the district reports, which neither
 * training nor any gold set shares: how span and "answered here" scores make the chance of an answer (logistic
 * regression), and from which score on a token is a piece of an answer (best F1 of the pieces of list questions).
 *
 *   node fit.mjs work/measured.json ../models [../dist]
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const [measured, folder, program = '../dist'] = process.argv.slice(2);
const part = (name) => import(resolve(program, `reading/${name}.js`));
const [{ loadWeights, readerCard }, { openNetwork }, { bestSpans, pieces, READER_OUTPUTS, scoresOf }, { windows }, { WordPiece }] = await Promise.all(
	['weights', 'network', 'spans', 'windows', 'wordpiece'].map(part),
);
const { card, graph, vocabulary } = await loadWeights(folder, 'reader', readerCard);
const network = await openNetwork({ path: graph, outputs: READER_OUTPUTS });
const wordPiece = new WordPiece(vocabulary);
const rows = JSON.parse(readFileSync(measured, 'utf8')).held;

const seen = [];
for (const [i, row] of rows.entries()) {
	const tokens = wordPiece.tokens(row.text);
	// Every other question without its headline: the program has it, a bare passage may not.
	const context = wordPiece.tokens(i % 2 ? row.headline : '');
	const all = [];
	for (const window of windows(wordPiece.tokens(row.q), tokens, row.text, context, card.window)) {
		const scores = scoresOf(await network.run(window), window);
		all.push({ scores, span: bestSpans([scores], tokens, row.text, 1, 60)[0]?.score ?? -20 });
	}
	seen.push({ row, tokens, all, yes: row.kind === 'refuse' ? 0 : 1 });
}

let weights = [0, 0.3, 0.3]; // bias, span score, "answered here" score
const logit = (w, { span, scores }) => w[0] + w[1] * span + w[2] * scores.here;
const surest = (w, all) => all.reduce((a, b) => (logit(w, b) > logit(w, a) ? b : a));
const share = seen.filter((s) => s.yes).length / seen.length;
// Plain gradient descent on three numbers; refusals count as much as answers, so that 0.5 treats both alike.
for (let round = 0; round < 4000; round++) {
	const slope = [0, 0, 0];
	for (const { all, yes } of seen) {
		const window = surest(weights, all);
		const p = 1 / (1 + Math.exp(-logit(weights, window)));
		const error = ((yes - p) / (yes ? share : 1 - share)) * 0.5;
		slope[0] += error;
		slope[1] += error * window.span;
		slope[2] += error * window.scores.here;
	}
	weights = weights.map((w, k) => w + (0.02 * slope[k]) / seen.length);
}

const lists = seen.filter((s) => s.row.all.length > 1);
let best = { threshold: 0, f1: -1 };
for (let threshold = -2; threshold <= 4; threshold += 0.25) {
	let [hit, offered, wanted] = [0, 0, 0];
	for (const { row, tokens, all } of lists) {
		const found = pieces(surest(weights, all).scores, tokens, row.text, threshold, 60);
		const texts = found.map((s) => row.text.slice(s.start, s.end));
		hit += row.all.filter((a) => texts.some((t) => t.includes(a) && t.length < a.length + 8)).length;
		offered += texts.length;
		wanted += row.all.length;
	}
	const f1 = (2 * hit) / (offered + wanted);
	if (f1 > best.f1) best = { threshold, f1, hit, offered, wanted };
}

const round = (x) => Math.round(x * 1000) / 1000;
const origin = `training/fit.mjs on ${seen.length} questions of the held-out eighth of the district reports, both classes weighing the same`;
const [bias, span, here] = weights.map(round);
const fitted = { ...card, answerable: { bias, span, here, origin }, insideThreshold: best.threshold };
writeFileSync(join(folder, 'reader.json'), `${JSON.stringify(fitted, null, '\t')}\n`);
console.log(fitted.answerable, best);
