// node compare.mjs: wenqu beside what one would take instead, on the same reports, passages, vectors and questions.
// Each runs in a process of its own, so that memory is its own: compare.mjs NAME runs one alone and prints it as JSON.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { readSettings } from '../../dist/config.js';
import { openEmbedder } from '../../dist/embedding/open.js';
import { unpackVector } from '../../dist/store/packed-vector.js';
import { openSnapshot } from '../../dist/store/snapshot.js';
import { loadArchive, rightReports } from '../archive.mjs';
import { percentile } from '../speed.mjs';
import { CONTESTANTS, wenqu } from './contestants.mjs';

const kept = (name) => fileURLToPath(new URL(`../../node_modules/.cache/wenqu-bench/${name}/`, import.meta.url));
const indexDir = kept('index-9000');
/** Without a vector there is none to compute for a question either. */
const BY_WORDS = new Set(['MiniSearch', 'Orama, Mandarin tokenizer', 'Orama, without stop words']);
const [name] = process.argv.slice(2);
if (name) await one(name);
else {
	for (const [n, way] of ['wenqu', ...Object.keys(CONTESTANTS)].entries()) {
		const args = ['--max-old-space-size=8000', fileURLToPath(import.meta.url), way];
		const printed = execFileSync('node', args, { encoding: 'utf8', maxBuffer: 1 << 24 })
			.trim()
			.split('\n')
			.at(-1);
		const row = JSON.parse(printed);
		const columns = Object.keys(row);
		for (const line of n === 0 ? [columns, columns.map(() => '---')] : []) console.log(`| ${line.join(' | ')} |`);
		console.log(`| ${Object.values(row).join(' | ')} |`);
	}
}

/** The passages as wenqu cut them, with the vectors that it stored. */
function passagesOf(snapshot) {
	const stored = new Database(`${indexDir}vectors.sqlite`, { readonly: true });
	const byLabel = stored.prepare('SELECT vector FROM vectors WHERE label = ?').pluck();
	const headlines = snapshot.headlines();
	const { vector } = snapshot.passageTable();
	return Array.from({ length: snapshot.counts.passages }, (_, n) => {
		const { text, headline, article } = snapshot.passage(n);
		const report = headlines[article].file.replace('.txt', '');
		return { text, headline, report, vector: unpackVector(byLabel.get(vector[n])) };
	});
}

async function one(way) {
	const { reports, questions } = loadArchive();
	const right = rightReports(reports, questions);
	const embedder = await openEmbedder(readSettings({}));
	const asked = [];
	for (const { q } of questions) {
		const started = performance.now();
		const vector = await embedder.embedQuestion(q);
		asked.push({ q, vector, ms: way === 'wenqu' || BY_WORDS.has(way) ? 0 : performance.now() - started });
	}
	let passages = null;
	if (way !== 'wenqu') {
		const snapshot = openSnapshot(indexDir);
		passages = passagesOf(snapshot);
		snapshot.close();
	}
	globalThis.gc?.();
	const before = process.memoryUsage().rss;
	const started = performance.now();
	const made =
		way === 'wenqu'
			? await wenqu(indexDir, kept('seeds-9000'), embedder)
			: { ask: await CONTESTANTS[way](passages, embedder.dimension), built: (performance.now() - started) / 1000 };
	const { ask, built } = made;
	passages = null;
	await ask(asked[0].q, asked[0].vector);
	const [ranks, times] = [[], []];
	for (const [n, { q, vector, ms }] of asked.entries()) {
		const from = performance.now();
		const found = [...new Set(await ask(q, vector))];
		times.push(performance.now() - from + ms);
		ranks.push(found.findIndex((report) => right[n].has(report)) + 1);
	}
	const at = (k) => `${((100 * ranks.filter((rank) => rank > 0 && rank <= k).length) / ranks.length).toFixed(1)} %`;
	console.log(
		JSON.stringify({
			way,
			'at 1': at(1),
			'at 5': at(5),
			'index without vectors, s': built.toFixed(1),
			'question p50, ms': percentile(times, 0.5).toFixed(1),
			'p95, ms': percentile(times, 0.95).toFixed(1),
			'memory added, MB': ((process.memoryUsage().rss - before) / 1e6).toFixed(0),
			// Of the whole process: the embedder and the passages to be indexed are in it for all.
			'peak memory, MB': (process.resourceUsage().maxRSS / 1e3).toFixed(0),
		}),
	);
}
