// The scoreboard side by side, by kind: a plain keyword and a plain vector baseline that return their best sentence,
// wenqu without its reader, and wenqu: node bench/answers.mjs GOLD.jsonl SEEDS INDEX MODEL_DIR
import { readFileSync } from 'node:fs';
import { Answerer } from '../dist/answering/answerer.js';
import { candidateOf, cite } from '../dist/answering/desk.js';
import { THRESHOLDS } from '../dist/answering/thresholds.js';
import { parseWording } from '../dist/answering/wording.js';
import { openEmbedder } from '../dist/embedding/open.js';
import { parseGold } from '../dist/evaluation/gold.js';
import { judge, wilson } from '../dist/evaluation/score.js';
import { sourceTexts } from '../dist/newspaper/source-texts.js';
import { openReader } from '../dist/reading/open.js';
import { openRetriever } from '../dist/retrieval/open.js';
import { EmbeddedStore } from '../dist/store/embedded-store.js';
import { openSnapshot } from '../dist/store/snapshot.js';
import { fileRange } from '../dist/text/mapped.js';
import { overlap } from '../dist/text/overlap.js';
import { sentencesOf } from '../dist/text/sentences.js';

const [goldFile, seeds, index, modelDir] = process.argv.slice(2);
if (!modelDir)
	throw new Error(
		'usage: node bench/answers.mjs GOLD.jsonl SEEDS INDEX MODEL_DIR (an index that wenqu index has built)',
	);
const gold = parseGold(readFileSync(goldFile, 'utf8'));
const snapshot = openSnapshot(index);
const embedder = await openEmbedder({ modelDir, offline: true, hubEndpoint: null });
const retriever = openRetriever(snapshot, async () => embedder);
const wording = parseWording(readFileSync(new URL('../prompts/answers.md', import.meta.url), 'utf8'));
const network = await openReader(new URL('../models', import.meta.url).pathname);
const answerer = (reader) =>
	new Answerer(
		{ snapshot: new EmbeddedStore(snapshot), retriever, reader: async () => reader, wording, thresholds: THRESHOLDS },
		sourceTexts(seeds),
	);

/** Says a sentence as an answer, with the sentence as its proof. */
function sentenceAnswer(article, { start, end }) {
	const candidate = candidateOf(article, 1, 1);
	const citation = cite(article, fileRange(candidate.body, start, end));
	return { status: 'answered', answer: candidate.body.text.slice(start, end), items: [], citations: [citation] };
}

async function byKeywords(question) {
	const [found] = await retriever.searchArticles(question, 1, { keywordsOnly: true });
	if (!found) return { status: 'not_found', answer: '', items: [], citations: [] };
	const article = snapshot.article(found.article);
	const { text } = candidateOf(article, 1, 1).body;
	const [best] = sentencesOf(text)
		.map((one) => ({ ...one, score: overlap(question, text.slice(one.start, one.end)) }))
		.sort((a, b) => b.score - a.score || a.start - b.start);
	return sentenceAnswer(article, best);
}

const vectors = new Map();
async function byVectors(question) {
	const asked = await embedder.embedQuestion(question);
	const dot = (a) => a.reduce((sum, value, n) => sum + value * asked[n], 0);
	if (vectors.size === 0) {
		for (const { number } of snapshot.headlines()) {
			const { text } = candidateOf(snapshot.article(number), 1, 1).body;
			const rows = [];
			for (const sentence of sentencesOf(text))
				rows.push({ sentence, vector: await embedder.embedPassage(text.slice(sentence.start, sentence.end)) });
			vectors.set(number, rows);
		}
	}
	let best = { score: -2 };
	for (const [number, rows] of vectors)
		for (const { sentence, vector } of rows) {
			const score = dot(vector);
			if (score > best.score) best = { score, number, sentence };
		}
	return sentenceAnswer(snapshot.article(best.number), best.sentence);
}

function conversing(with_) {
	return async (question) => {
		let turn = null;
		for (const earlier of (question.turns ?? []).slice(0, -1)) turn = (await with_.answer(earlier, turn)).turn;
		return (await with_.answer(question.turns?.at(-1) ?? question.q, turn)).answer;
	};
}

const SYSTEMS = {
	'keyword sentence': (question) => byKeywords(question.q),
	'vector sentence': (question) => byVectors(question.q),
	'wenqu, no reader': conversing(answerer(null)),
	wenqu: conversing(answerer(network)),
};
const kinds = [...new Set(gold.map((question) => (question.refuse ? 'refuse' : question.kind)))].sort();
const table = {};
for (const [name, ask] of Object.entries(SYSTEMS)) {
	const times = [];
	const good = new Map();
	for (const question of gold) {
		const started = performance.now();
		const answer = await ask(question);
		times.push(performance.now() - started);
		const { right, cited, refused } = judge(question, answer);
		const kind = question.refuse ? 'refuse' : question.kind;
		good.set(kind, (good.get(kind) ?? 0) + Number(refused ?? (right && cited)));
	}
	times.sort((a, b) => a - b);
	table[name] = { good, p50: times[Math.floor(times.length / 2)], p95: times[Math.floor(times.length * 0.95)] };
}
const count = (kind) => gold.filter((question) => (question.refuse ? 'refuse' : question.kind) === kind).length;
console.log(['kind'.padEnd(10), 'n'.padStart(4), ...Object.keys(table).map((name) => name.padStart(18))].join(' '));
for (const kind of kinds)
	console.log(
		[
			kind.padEnd(10),
			String(count(kind)).padStart(4),
			...Object.values(table).map(({ good }) => ((good.get(kind) ?? 0) / count(kind)).toFixed(2).padStart(18)),
		].join(' '),
	);
const answerable = kinds.filter((kind) => kind !== 'refuse');
const n = answerable.reduce((sum, kind) => sum + count(kind), 0);
console.log(
	[
		'both'.padEnd(10),
		String(n).padStart(4),
		...Object.values(table).map(({ good }) => {
			const k = answerable.reduce((sum, kind) => sum + (good.get(kind) ?? 0), 0);
			const [low, high] = wilson(k, n);
			return `${(k / n).toFixed(3)} [${low.toFixed(2)},${high.toFixed(2)}]`.padStart(18);
		}),
	].join(' '),
);
console.log(
	[
		'ms p50/p95'.padEnd(15),
		...Object.values(table).map(({ p50, p95 }) => `${p50.toFixed(0)} / ${p95.toFixed(0)}`.padStart(18)),
	].join(' '),
);
snapshot.close();
