// npm run bench [-- --reports N]: finding and speed on the archive beside the checkout, everything side by side in one run.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readSettings } from '../dist/config.js';
import { MODEL_NAME } from '../dist/embedding/model.js';
import { openEmbedder } from '../dist/embedding/open.js';
import { updateIndex } from '../dist/indexing/update.js';
import { openReader } from '../dist/reading/open.js';
import { openSnapshot } from '../dist/store/snapshot.js';
import { archiveIsThere, loadArchive, rightReports, writeSeeds } from './archive.mjs';
import { compareEmbedding } from './embedding.mjs';
import { timeAddition } from './growth.mjs';
import { compareFinding } from './retrieval.mjs';
import { timeQuestions } from './speed.mjs';
import { compareVectorIndexes } from './vectors.mjs';

const { values } = parseArgs({ options: { reports: { type: 'string', default: '9000' } } });
const settings = readSettings({});
/** Seeds and index stay from run to run, so that vectors are computed once; every tool passes this folder over. */
const work = fileURLToPath(new URL('../node_modules/.cache/wenqu-bench/', import.meta.url));

function print(title, rows) {
	const columns = Object.keys(rows[0]);
	const lines = [columns, columns.map(() => '---'), ...rows.map((row) => columns.map((column) => row[column]))];
	console.log(`\n## ${title}\n`);
	for (const line of lines) console.log(`| ${line.join(' | ')} |`);
}

function progressLine({ label, done, total }) {
	if (process.stderr.isTTY) process.stderr.write(`\r${label} ${done}/${total} `);
	else if (done % 1000 === 0) process.stderr.write(`${label} ${done}/${total}\n`);
}

/** What the training run measured on its folds; it means something for all reports only. */
function learnedFigures() {
	const { folds } = JSON.parse(readFileSync(new URL('../models/ranking.json', import.meta.url), 'utf8'));
	return `${folds.at1} % at 1, ${folds.at5} % at 5, ${folds.at10} % at 10, MRR ${(folds.mrr / 100).toFixed(3)}`;
}

if (!archiveIsThere()) {
	console.log('No archive beside the checkout (../shared/archive): nothing to measure.');
	process.exit(0);
}
const { reports, questions } = loadArchive(Number(values.reports));
const seedsDir = writeSeeds(reports, join(work, `seeds-${reports.length}`));
const indexDir = join(work, `index-${reports.length}`);
const embedder = await openEmbedder(settings).catch((error) => {
	console.log(`${error.message} Keywords only.`);
	return null;
});
const report = await updateIndex({ seedsDir, indexDir, embedder: async () => embedder, onProgress: progressLine });
const reader = await openReader(fileURLToPath(new URL('../models', import.meta.url)));
const snapshot = openSnapshot(indexDir);
const { articles, passages } = snapshot.counts;

const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
const [cpu] = cpus();
console.log(`# wenqu bench, ${new Date().toISOString().slice(0, 10)}, commit ${commit}, Node ${process.version}`);
console.log(`${cpus().length} × ${cpu.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB.`);
console.log(`${reports.length} reports, ${articles} articles, ${passages} passages, ${questions.length} questions.`);
if (report.issues.added.length > 0) {
	const rest = `${report.embedded} vectors computed, ${report.reused} there before`;
	console.log(`Indexed ${report.issues.added.length} issues in ${report.seconds.toFixed(1)} s (${rest}).`);
}
const text = reports.reduce((sum, one) => sum + Buffer.byteLength(one.text), 0);
const sizes = readdirSync(indexDir).map((file) => {
	const bytes = statSync(join(indexDir, file)).size;
	return { file, MB: (bytes / 1e6).toFixed(1), 'times the text': (bytes / text).toFixed(2) };
});

print('Right report', await compareFinding(snapshot, embedder, reader, questions, rightReports(reports, questions)));
console.log(
	'\nA report that holds the answer string and shares half of its 8-character stretches with the right one counts too.',
);
console.log(
	`wenqu's weights were learned on these questions; on questions it had not learned from: ${learnedFigures()}.`,
);
if (embedder) print('Nearest vectors', await compareVectorIndexes(snapshot, indexDir, embedder, questions));
if (embedder) print('Embedding', await compareEmbedding(snapshot, embedder, join(settings.modelDir, MODEL_NAME)));
print('A question, index open', await timeQuestions(snapshot, embedder, reader, questions));
print('One more issue of 12 articles', await timeAddition(reports, seedsDir, indexDir, embedder));
print('On disk', sizes);
snapshot.close();
