// node bench/cluster.mjs [--reports N] [--questions N]: what a cluster costs beside files of this machine, over the index of
// `npm run bench`, which is moved there first. WENQU_OPENSEARCH_URL names the cluster; `--seconds N` keeps asking for so
// long afterwards, one question after the other, so that a node can be ended meanwhile.

import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readSettings } from '../dist/config.js';
import { openEmbedder } from '../dist/embedding/open.js';
import { clusterKeeping } from '../dist/opensearch/keeping.js';
import { migrateToCluster } from '../dist/opensearch/migrate.js';
import { openPlace } from '../dist/opensearch/place.js';
import { openRetriever } from '../dist/retrieval/open.js';
import { openSnapshot } from '../dist/store/snapshot.js';
import { loadArchive } from './archive.mjs';

const option = (value) => ({ type: 'string', default: value });
const { values } = parseArgs({
	options: { reports: option('9000'), questions: option('200'), seconds: option('0'), work: option('') },
});
const work = values.work || fileURLToPath(new URL('../node_modules/.cache/wenqu-bench/', import.meta.url));
const seedsDir = join(work, `seeds-${values.reports}`);
const indexDir = join(work, `index-${values.reports}`);
const settings = readSettings({ seeds: seedsDir, index: indexDir });
if (!settings.cluster) throw new Error('WENQU_OPENSEARCH_URL is not set');
const embedder = await openEmbedder(settings);

const place = openPlace(settings.cluster);
let started = performance.now();
const moved = await migrateToCluster(place, { seedsDir, indexDir });
const seconds = (performance.now() - started) / 1000;
console.log(
	`moved ${JSON.stringify(moved)} in ${seconds.toFixed(1)} s: ${(moved.passages / seconds).toFixed(0)} passages/s`,
);

const parts = {
	seedsDir,
	indexDir,
	isReader: true,
	isIndexer: false,
	embedder: async () => embedder,
	onProgress: () => {},
};
const keeping = clusterKeeping(settings.cluster, parts);
started = performance.now();
const there = await keeping.open(async () => null);
console.log(`opened in ${(performance.now() - started).toFixed(0)} ms`);
const here = openRetriever(openSnapshot(indexDir), async () => embedder);
const { questions } = loadArchive(Number(values.reports));
const asked = questions.slice(0, Number(values.questions)).map(({ q, question }) => q ?? question);

const at = (times, share) => [...times].sort((a, b) => a - b)[Math.floor(times.length * share)]?.toFixed(1);
const answers = {};
for (const [name, retriever] of [
	['files', here],
	['cluster', there.retriever],
]) {
	for (const keywordsOnly of [true, false]) {
		const times = [];
		const found = [];
		for (const question of asked) {
			const from = performance.now();
			found.push(await retriever.searchArticles(question, 10, { keywordsOnly }));
			times.push(performance.now() - from);
		}
		answers[`${name} ${keywordsOnly}`] = found.map((hits) => hits.map((hit) => hit.article));
		console.log(
			`${name}, ${keywordsOnly ? 'keywords' : 'both legs'}: p50 ${at(times, 0.5)} ms, p95 ${at(times, 0.95)} ms`,
		);
	}
}
for (const keywordsOnly of [true, false]) {
	const [a, b] = [answers[`files ${keywordsOnly}`], answers[`cluster ${keywordsOnly}`]];
	const same = (most) => a.filter((one, n) => String(one.slice(0, most)) === String(b[n].slice(0, most))).length;
	console.log(
		`${keywordsOnly ? 'keywords' : 'both legs'}: first the same ${same(1)}/${a.length}, ten the same ${same(10)}/${a.length}`,
	);
}

const end = performance.now() + Number(values.seconds) * 1000;
const slow = [];
let count = 0;
let failed = 0;
for (; performance.now() < end; count++) {
	const from = performance.now();
	const question = asked[count % asked.length];
	await there.retriever.searchArticles(question, 10, { keywordsOnly: true }).catch(() => failed++);
	const took = performance.now() - from;
	if (took > 500) slow.push(took.toFixed(0));
}
if (count > 0)
	console.log(`${count} questions, ${failed} without an answer; over half a second: ${slow.join(', ') || 'none'} ms`);
keeping.close();
place.cluster.close();
