import { openRetriever } from '../dist/retrieval/open.js';

export function percentile(times, share) {
	const sorted = [...times].sort((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
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
