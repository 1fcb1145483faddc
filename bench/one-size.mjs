// A process of its own for each size, so that memory is that of this size alone: node bench/one-size.mjs INDEX QUESTIONS.json
import { readFileSync } from 'node:fs';
import { readSettings } from '../dist/config.js';
import { openEmbedder } from '../dist/embedding/open.js';
import { openRetriever } from '../dist/retrieval/open.js';
import { openSnapshot } from '../dist/store/snapshot.js';
import { percentile } from './speed.mjs';

const [indexDir, file] = process.argv.slice(2);
const questions = JSON.parse(readFileSync(file, 'utf8'));
const embedder = await openEmbedder(readSettings({}));
await embedder.embedQuestion('热身');
const opened = performance.now();
const snapshot = openSnapshot(indexDir);
const retriever = openRetriever(snapshot, async () => embedder);
await retriever.searchArticles(questions[0], 10);
const open = (performance.now() - opened) / 1000;
const times = [];
const before = process.cpuUsage();
for (const question of questions) {
	const started = performance.now();
	await retriever.searchArticles(question, 10);
	times.push(performance.now() - started);
}
const { user, system } = process.cpuUsage(before);
console.log(
	JSON.stringify({
		passages: snapshot.counts.passages,
		open,
		p50: percentile(times, 0.5),
		p95: percentile(times, 0.95),
		cpu: (user + system) / 1000 / questions.length,
		rss: process.memoryUsage().rss / 1e6,
	}),
);
snapshot.close();
