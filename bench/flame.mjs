/**
 * Draws where the time of a question goes, as a flame graph: a box for each function, as wide as the time in it and in
 * what it calls, callers below. Runs the archive's questions on the index that `npm run bench` built, or takes a
 * profile that `node --cpu-prof` wrote.
 *
 *   node bench/flame.mjs docs/flame.svg [profile.cpuprofile] [--questions N]
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: { questions: { type: 'string', default: '200' } },
});
const [target, stored] = positionals;
/** Pixels: the picture's width, a row's height, and the room above the rows. */
const [WIDTH, ROW, HEAD] = [1200, 17, 56];
/** A box narrower than this is left out, and a name is written only where some of it fits. */
const [NARROWEST, NAMED] = [0.6, 28];
/** Monospaced letters of 11 pixels are about so wide. */
const LETTER = 6.7;
/** Whose code a function is, the first that its address or name fits, with the colour of its boxes. */
const OWNERS = [
	['wenqu', /\/dist\//u, '#e8743b'],
	['libraries', /node_modules/u, '#f2b134'],
	['Node', /^node:/u, '#6aa5a9'],
	['V8, native code', /./u, '#a7b0b7'],
];
/** Time in which nothing of the program ran, and what measuring itself took. */
const isForeign = ({ functionName, url }) => /^\((?:idle|program)\)$/u.test(functionName) || url === 'node:inspector';

if (!target) throw new Error('node bench/flame.mjs TARGET.svg [PROFILE.cpuprofile] [--questions N]');
const profile = stored ? JSON.parse(readFileSync(stored, 'utf8')) : await record(Number(values.questions));
const root = treeOf(profile);
const what = stored
	? ''
	: `${values.questions} questions, ${(root.time / Number(values.questions)).toFixed(1)} ms each, `;
writeFileSync(target, drawn(root, `${what}${root.time.toFixed(0)} ms of the main thread, Node ${process.version}`));
console.log(`${target}: ${root.time.toFixed(0)} ms`);
process.exit(0);

/** The profile of so many questions with both legs, the index open and warm. */
async function record(count) {
	const { loadArchive } = await import('./archive.mjs');
	const { readSettings } = await import('../dist/config.js');
	const { openEmbedder } = await import('../dist/embedding/open.js');
	const { openRetriever } = await import('../dist/retrieval/open.js');
	const { openSnapshot } = await import('../dist/store/snapshot.js');
	const { reports, questions } = loadArchive();
	const index = new URL(`../node_modules/.cache/wenqu-bench/index-${reports.length}/`, import.meta.url);
	const embedder = await openEmbedder(readSettings({}));
	const retriever = openRetriever(openSnapshot(fileURLToPath(index)), async () => embedder);
	for (const { q } of questions.slice(-20)) await retriever.searchArticles(q, 10);
	const session = new Session();
	session.connect();
	await session.post('Profiler.enable');
	await session.post('Profiler.start');
	for (const { q } of questions.slice(0, count)) await retriever.searchArticles(q, 10);
	return (await session.post('Profiler.stop')).profile;
}

/** The calls as one tree, times in ms; the same function called twice by the same caller is one box. */
function treeOf({ nodes, samples, timeDeltas }) {
	const own = new Map();
	samples.forEach((id, n) => {
		own.set(id, (own.get(id) ?? 0) + timeDeltas[n] / 1000);
	});
	const byId = new Map(nodes.map((node) => [node.id, node]));
	const merge = (node, into) => {
		into.time += own.get(node.id) ?? 0;
		for (const id of node.children ?? []) {
			const child = byId.get(id);
			const { functionName, url, lineNumber } = child.callFrame;
			if (isForeign(child.callFrame)) continue;
			const key = `${functionName} ${url}:${lineNumber}`;
			const known = into.called.get(key) ?? { name: nameOf(child.callFrame), url, time: 0, called: new Map() };
			into.called.set(key, known);
			into.time -= known.time;
			merge(child, known);
			into.time += known.time;
		}
	};
	const root = { name: 'all', url: '', time: 0, called: new Map() };
	merge(nodes[0], root);
	return root;
}

function nameOf({ functionName, url, lineNumber }) {
	const file = url.split('/').slice(-2).join('/');
	return `${functionName || '(anonymous)'}${file ? ` ${file}:${lineNumber + 1}` : ''}`;
}

/** The boxes of a tree, row 0 at the bottom; widest first, so that two graphs of one program look alike. */
function boxesOf(tree) {
	const boxes = [];
	const place = (node, left, row) => {
		const width = (node.time / tree.time) * WIDTH;
		if (width < NARROWEST) return;
		boxes.push({ node, left, row, width });
		let next = left;
		for (const child of [...node.called.values()].sort((a, b) => b.time - a.time)) {
			place(child, next, row + 1);
			next += (child.time / tree.time) * WIDTH;
		}
	};
	place(tree, 0, 0);
	return boxes;
}

function drawn(tree, title) {
	const boxes = boxesOf(tree);
	const rows = boxes.reduce((most, { row }) => Math.max(most, row), 0) + 1;
	const height = HEAD + rows * ROW + 6;
	const rects = boxes.map(({ node, left, row, width }) => {
		const [x, y] = [left.toFixed(1), height - 6 - (row + 1) * ROW];
		const colour = OWNERS.find(([, fits]) => fits.test(node.url || node.name))[2];
		const share = `${node.time.toFixed(1)} ms, ${((100 * node.time) / tree.time).toFixed(1)} %`;
		const letters = Math.floor((width - 6) / LETTER);
		const text =
			width < NAMED
				? ''
				: `<text x="${(left + 3).toFixed(1)}" y="${y + 12}">${safe(node.name.slice(0, letters))}</text>`;
		const rect = `<rect x="${x}" y="${y}" width="${Math.max(width - 0.5, 0.3).toFixed(1)}" height="${ROW - 1}" fill="${colour}"/>`;
		return `<g><title>${safe(`${node.name}: ${share}`)}</title>${rect}${text}</g>`;
	});
	const legend = OWNERS.map(
		([owner, , colour], n) =>
			`<rect x="${10 + n * 130}" y="32" width="12" height="12" fill="${colour}"/><text x="${27 + n * 130}" y="42">${owner}</text>`,
	);
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="monospace" font-size="11">
<rect width="${WIDTH}" height="${height}" fill="#fff"/>
<text x="10" y="20" font-size="13">${safe(title)}</text>
${[...legend, ...rects].join('\n')}
</svg>
`;
}

function safe(text) {
	return text.replace(/&/gu, '&amp;').replace(/</gu, '&lt;').replace(/>/gu, '&gt;');
}
