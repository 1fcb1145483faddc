// node bench/load.mjs [INDEX SEEDS]: questions a second, 1 to 64 at once, searched only and answered whole, on the index
// that `npm run bench` built.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Answerer } from '../dist/answering/answerer.js';
import { THRESHOLDS } from '../dist/answering/thresholds.js';
import { parseWording } from '../dist/answering/wording.js';
import { readSettings } from '../dist/config.js';
import { openEmbedder } from '../dist/embedding/open.js';
import { sourceTexts } from '../dist/newspaper/source-texts.js';
import { openReader } from '../dist/reading/open.js';
import { openRetriever } from '../dist/retrieval/open.js';
import { EmbeddedStore } from '../dist/store/embedded-store.js';
import { openSnapshot } from '../dist/store/snapshot.js';
import { loadArchive } from './archive.mjs';
import { percentile } from './speed.mjs';

const ASKED = 320;
const WARM = 20;
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const cache = here('../node_modules/.cache/wenqu-bench/');
const [indexDir = `${cache}index-9000`, seedsDir = `${cache}seeds-9000`] = process.argv.slice(2);
const { questions } = loadArchive();
const embedder = await openEmbedder(readSettings({}));
const snapshot = openSnapshot(indexDir);
const reader = await openReader(here('../models'));
const retriever = openRetriever(
	snapshot,
	async () => embedder,
	async () => reader,
);
const desk = {
	snapshot: new EmbeddedStore(snapshot),
	retriever,
	reader: async () => reader,
	wording: parseWording(readFileSync(here('../prompts/answers.md'), 'utf8')),
	thresholds: THRESHOLDS,
};
const answerer = new Answerer(desk, sourceTexts(seedsDir));

/** Every question once, so many under way at a time; the first few before the clock runs. */
async function measure(atOnce, ask) {
	for (const { q } of questions.slice(ASKED, ASKED + WARM)) await ask(q);
	const times = [];
	let next = 0;
	const asker = async () => {
		while (next < ASKED) {
			const { q } = questions[next++];
			const started = performance.now();
			await ask(q);
			times.push(performance.now() - started);
		}
	};
	const [started, before] = [performance.now(), process.cpuUsage()];
	await Promise.all(Array.from({ length: atOnce }, asker));
	const seconds = (performance.now() - started) / 1000;
	const { user, system } = process.cpuUsage(before);
	const times95 = [0.5, 0.95].map((share) => percentile(times, share).toFixed(1));
	return [atOnce, (ASKED / seconds).toFixed(1), ...times95, ((user + system) / 1e6 / seconds).toFixed(2)];
}

const ways = {
	searched: (q) => retriever.search(q, 10),
	'answered whole': (q) => answerer.answer(q),
};
for (const [way, ask] of Object.entries(ways)) {
	console.log(
		`\n${way}\n\n| at once | questions a second | p50 ms | p95 ms | processors busy |\n|---|---|---|---|---|`,
	);
	for (const atOnce of [1, 2, 4, 8, 16, 32, 64]) console.log(`| ${(await measure(atOnce, ask)).join(' | ')} |`);
}
snapshot.close();
process.exit(0);
