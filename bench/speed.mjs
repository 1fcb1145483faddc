import { openRetriever } from '../dist/retrieval/open.js';

export function percentile(times, share) {
	const sorted = [...times].sort((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** Milliseconds a question with the index open: keyword leg alone, both, and with close reports read. */
export async function timeQuestions(snapshot, embedder, reader, questions) {
	let asked = 0;
	/** How often the reader is asked: never where one report stands alone. */
	const counting = {
		id: reader.id,
		read: (...given) => {
			asked++;
			return reader.read(...given);
		},
	};
	const retriever = openRetriever(
		snapshot,
		async () => embedder,
		async () => counting,
	);
	const ways = {
		'keyword alone': { keywordsOnly: true },
		...(embedder ? { 'both legs': {}, 'both legs, close reports read': { closeRead: true } } : {}),
	};
	const times = Object.fromEntries(Object.keys(ways).map((name) => [name, []]));
	const read = 'of these, where some were read';
	times[read] = [];
	for (const options of Object.values(ways)) await retriever.searchArticles(questions[0].q, 10, options);
	for (const { q } of questions) {
		for (const [name, options] of Object.entries(ways)) {
			asked = 0;
			const started = performance.now();
			await retriever.searchArticles(q, 10, options);
			const took = performance.now() - started;
			times[name].push(took);
			if (asked > 0) times[read].push(took);
		}
	}
	return Object.entries(times).map(([way, list]) => ({
		way,
		questions: list.length,
		'p50 ms': percentile(list, 0.5).toFixed(1),
		'p95 ms': percentile(list, 0.95).toFixed(1),
	}));
}
