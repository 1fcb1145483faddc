import { dirname } from 'node:path';
import { AutoModel, AutoTokenizer, env } from '@xenova/transformers';
import { MODEL_NAME } from '../dist/embedding/model.js';
import { openRetriever } from '../dist/retrieval/open.js';

/** Texts a block; blocks take turns, so that what else the machine does falls on all alike. */
const BLOCK = 50;

export function percentile(times, share) {
	const sorted = [...times].sort((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** Passages embedded a second: wenqu's embedder beside the bare model called in a loop, on the same texts. */
export async function compareEmbedding(snapshot, embedder, folder) {
	env.allowRemoteModels = false;
	env.localModelPath = dirname(folder);
	const tokenizer = await AutoTokenizer.from_pretrained(MODEL_NAME);
	const model = await AutoModel.from_pretrained(MODEL_NAME, { quantized: true });
	const ways = {
		'the bare model in a loop': async (text) => model(tokenizer(text, { truncation: true, max_length: 512 })),
		wenqu: (text) => embedder.embedPassage(text),
	};
	const step = Math.max(1, Math.floor(snapshot.counts.passages / (4 * BLOCK)));
	const texts = Array.from({ length: 4 * BLOCK }, (_, n) => {
		const { headline, text } = snapshot.passage((n * step) % snapshot.counts.passages);
		return `${headline}\n${text}`;
	});
	const spent = Object.fromEntries(Object.keys(ways).map((name) => [name, 0]));
	for (const run of Object.values(ways)) for (const text of texts.slice(0, 5)) await run(text);
	for (let from = 0; from < texts.length; from += BLOCK) {
		// Whoever comes second finds the caches warm: they change places.
		const turns = Object.entries(ways);
		for (const [name, run] of from % (2 * BLOCK) === 0 ? turns : turns.reverse()) {
			const started = performance.now();
			for (const text of texts.slice(from, from + BLOCK)) await run(text);
			spent[name] += performance.now() - started;
		}
	}
	const rates = Object.entries(spent).map(([name, ms]) => [name, (1000 * texts.length) / ms]);
	return rates.map(([way, rate]) => ({
		way,
		'passages a second': rate.toFixed(1),
		'of the bare model': (rate / rates[0][1]).toFixed(2),
	}));
}

/** Milliseconds a question with the index open, keyword leg alone and both. */
export async function timeQuestions(snapshot, embedder, questions) {
	const retriever = openRetriever(snapshot, async () => embedder);
	const ways = { 'keyword alone': { keywordsOnly: true }, ...(embedder ? { 'both legs': {} } : {}) };
	const times = Object.fromEntries(Object.keys(ways).map((name) => [name, []]));
	for (const options of Object.values(ways)) await retriever.searchArticles(questions[0].q, 10, options);
	for (const { q } of questions) {
		for (const [name, options] of Object.entries(ways)) {
			const started = performance.now();
			await retriever.searchArticles(q, 10, options);
			times[name].push(performance.now() - started);
		}
	}
	return Object.entries(times).map(([way, list]) => ({
		way,
		'p50 ms': percentile(list, 0.5).toFixed(1),
		'p95 ms': percentile(list, 0.95).toFixed(1),
	}));
}
