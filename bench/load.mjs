// node bench/load.mjs [INDEX]: questions a second, 1 to 64 at once, on the index that `npm run bench` built.
import { fileURLToPath } from 'node:url';
import { readSettings } from '../dist/config.js';
import { openEmbedder } from '../dist/embedding/open.js';
import { openRetriever } from '../dist/retrieval/open.js';
import { openSnapshot } from '../dist/store/snapshot.js';
import { loadArchive } from './archive.mjs';
import { percentile } from './speed.mjs';

const ASKED = 320;
const indexDir =
	process.argv[2] ?? fileURLToPath(new URL('../node_modules/.cache/wenqu-bench/index-9000/', import.meta.url));
const { questions } = loadArchive();
const embedder = await openEmbedder(readSettings({}));
const snapshot = openSnapshot(indexDir);
const retriever = openRetriever(snapshot, async () => embedder);
for (const { q } of questions.slice(0, 20)) await retriever.searchArticles(q, 10);

console.log('| at once | questions a second | p50 ms | p95 ms | processors busy |\n|---|---|---|---|---|');
for (const atOnce of [1, 2, 4, 8, 16, 32, 64]) {
	const times = [];
	let next = 0;
	const asker = async () => {
		while (next < ASKED) {
			const { q } = questions[next++];
			const started = performance.now();
			await retriever.searchArticles(q, 10);
			times.push(performance.now() - started);
		}
	};
	const [started, before] = [performance.now(), process.cpuUsage()];
	await Promise.all(Array.from({ length: atOnce }, asker));
	const seconds = (performance.now() - started) / 1000;
	const { user, system } = process.cpuUsage(before);
	const row = [
		atOnce,
		(ASKED / seconds).toFixed(1),
		percentile(times, 0.5).toFixed(1),
		percentile(times, 0.95).toFixed(1),
	];
	console.log(`| ${[...row, ((user + system) / 1e6 / seconds).toFixed(2)].join(' | ')} |`);
}
snapshot.close();
