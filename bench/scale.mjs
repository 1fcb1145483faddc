// node bench/scale.mjs [--sizes 100,1000,9000,68000] [--write]: how the cost grows; with --write drawn into docs/.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import Database from 'better-sqlite3';
import { readSettings } from '../dist/config.js';
import { openEmbedder } from '../dist/embedding/open.js';
import { updateIndex } from '../dist/indexing/update.js';
import { inventingEmbedder, writeAltered } from './altered.mjs';
import { archiveIsThere, loadArchive, writeSeeds } from './archive.mjs';
import { drawGrowth } from './chart.mjs';
import { timeAddition } from './growth.mjs';

const { values } = parseArgs({
	options: { sizes: { type: 'string', default: '100,1000,9000,68000' }, write: { type: 'boolean', default: false } },
});
const work = fileURLToPath(new URL('../node_modules/.cache/wenqu-bench/', import.meta.url));
const root = fileURLToPath(new URL('../', import.meta.url));
const REAL = join(work, 'index-9000', 'vectors.sqlite');
const ASKED = 300;

if (!archiveIsThere() || !existsSync(REAL)) {
	console.log('Needs ../shared/archive and the index that `npm run bench` builds of it.');
	process.exit(0);
}
const embedder = await openEmbedder(readSettings({}));
const file = join(work, 'questions.json');
writeFileSync(
	file,
	JSON.stringify(
		loadArchive()
			.questions.slice(0, ASKED)
			.map(({ q }) => q),
	),
);
const rows = [];
for (const size of values.sizes.split(',').map(Number)) rows.push(await measure(size));
const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
const [cpu] = cpus();
const where = `${cpus().length} × ${cpu.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}, commit ${commit}, ${new Date().toISOString().slice(0, 10)}`;
const table = tableOf(rows);
console.log(`${where}\n\n${table}`);
if (values.write) {
	writeFileSync(join(root, 'docs/growth.svg'), drawGrowth(rows, where));
	const path = join(root, 'docs/performance.md');
	const marked = /(<!-- growth, by bench\/scale.mjs -->\n).*(<!-- end of growth -->)/su;
	const text = `${where}.\n\n${table}\n\n![The same, log-log](growth.svg)\n`;
	writeFileSync(
		path,
		readFileSync(path, 'utf8').replace(marked, (_, begin, end) => `${begin}\n${text}\n${end}`),
	);
}

/** Builds what is not there yet and measures it: real reports up to what the archive has, altered ones above. */
async function measure(size) {
	const { reports } = loadArchive(size);
	const [seedsDir, indexDir] = [join(work, `seeds-${size}`), join(work, `index-${size}`)];
	writeSeeds(reports, seedsDir);
	const text = reports.reduce((sum, one) => sum + Buffer.byteLength(one.text), writeAltered(reports, seedsDir, size));
	mkdirSync(indexDir, { recursive: true });
	const stored = new Database(REAL, { readonly: true });
	const packed = stored.prepare('SELECT vector FROM vectors').pluck().all();
	stored.close();
	const invented = inventingEmbedder(embedder, packed);
	const built = await updateIndex({ seedsDir, indexDir, embedder: async () => invented, onProgress });
	const asked = JSON.parse(
		execFileSync('node', [join(root, 'bench/one-size.mjs'), indexDir, file], { encoding: 'utf8' }),
	);
	const bytes = readdirSync(indexDir).map((name) => [name, statSync(join(indexDir, name)).size]);
	const disk = bytes.reduce((sum, [, size]) => sum + size, 0);
	const vectors = bytes.find(([name]) => name === 'vectors.sqlite')[1];
	const start = startSeconds(seedsDir, indexDir);
	const adding = await timeAddition(reports, seedsDir, indexDir, embedder);
	const [all, processor] = adding.slice(-2);
	const embedded = adding.find(({ step }) => step === 'embedded');
	return {
		size,
		...asked,
		start,
		adding: Number(all.seconds),
		addingWithoutModel: Number(all.seconds) - Number(embedded.seconds),
		addingProcessor: Number(processor.seconds),
		disk: disk / text,
		vectors: vectors / text,
		text,
		built: built.seconds,
	};
}

/** The whole process, from the command to its answer, the third of three runs. */
function startSeconds(seedsDir, indexDir) {
	let seconds = 0;
	for (let run = 0; run < 3; run++) {
		const started = performance.now();
		const args = [join(root, 'dist/main.js'), 'search', '谁主持会议？', '--seeds', seedsDir, '--index', indexDir];
		execFileSync('node', args, { stdio: 'ignore' });
		seconds = (performance.now() - started) / 1000;
	}
	return seconds;
}

function onProgress({ label, done, total }) {
	if (done % 2000 === 0) process.stderr.write(`${label} ${done}/${total}\n`);
}

function tableOf(all) {
	const lines = {
		reports: ({ size }) => size.toLocaleString('en'),
		passages: ({ passages }) => passages.toLocaleString('en'),
		'a question p50, ms': ({ p50 }) => p50.toFixed(1),
		'p95, ms': ({ p95 }) => p95.toFixed(1),
		'processor time a question, ms': ({ cpu }) => cpu.toFixed(1),
		'index opened and first search, s': ({ open }) => open.toFixed(2),
		'`wenqu search`, whole process, s': ({ start }) => start.toFixed(2),
		'memory (resident), MB': ({ rss }) => rss.toFixed(0),
		'one more issue, s': ({ adding }) => adding.toFixed(2),
		'of that, without the model': ({ addingWithoutModel }) => addingWithoutModel.toFixed(2),
		'processor time of it': ({ addingProcessor }) => addingProcessor.toFixed(2),
		'index on disk, times the text': ({ disk }) => disk.toFixed(2),
		'of that, vectors': ({ vectors }) => vectors.toFixed(2),
	};
	const cells = Object.entries(lines).map(([name, of]) => `| ${[name, ...all.map(of)].join(' | ')} |`);
	return [cells[0], `|---|${all.map(() => '---|').join('')}`, ...cells.slice(1)].join('\n');
}
