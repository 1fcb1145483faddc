import { join } from 'node:path';
import Database from 'better-sqlite3';
import { buildHnsw } from '../dist/store/hnsw.js';
import { readManifest } from '../dist/store/manifest.js';
import { unpackVector } from '../dist/store/packed-vector.js';
import { readVectors } from '../dist/store/read-vectors.js';
import { ExactIndex } from '../dist/store/vector-index.js';
import { percentile } from './speed.mjs';

const NEAREST = 10;
/** How widely the graph is searched: the curve from which `store/hnsw.ts` takes its 200. */
const WIDTHS = [50, 100, 200, 400];

/** A graph beside the exact comparison on the same vectors and questions: how many of the ten nearest it finds, and how fast. */
export async function compareVectorIndexes(snapshot, indexDir, embedder, questions) {
	const { model, vectorStore } = readManifest(indexDir);
	const { dimension } = embedder;
	const wanted = Uint32Array.from(new Set(snapshot.passageTable().vector))
		.filter((label) => label > 0)
		.sort();
	const { labels, matrix } = readVectors(indexDir, { labels: wanted, model, dimension, mark: vectorStore });
	const exact = new ExactIndex(labels, matrix);
	const stored = new Database(join(indexDir, vectorStore.name), { readonly: true });
	const byLabel = stored.prepare('SELECT vector FROM vectors WHERE label = ?').pluck();
	const started = performance.now();
	const graph = buildHnsw(labels, (label) => unpackVector(byLabel.get(label)), dimension);
	const built = ((performance.now() - started) / 1000).toFixed(0);
	stored.close();
	const ways = {
		'every vector compared': (vector) => exact.search(vector, NEAREST).map(({ label }) => label),
		...Object.fromEntries(
			WIDTHS.map((width) => [
				`graph (built in ${built} s), ef ${width}`,
				(vector) => {
					graph.setEf(width);
					return graph.searchKnn([...vector], NEAREST).neighbors;
				},
			]),
		),
	};
	const figures = Object.keys(ways).map((way) => ({ way, times: [], found: 0 }));
	for (const { q } of questions) {
		const vector = await embedder.embedQuestion(q);
		let right = [];
		for (const [n, search] of Object.values(ways).entries()) {
			const from = performance.now();
			const nearest = search(vector);
			figures[n].times.push(performance.now() - from);
			if (n === 0) right = nearest;
			figures[n].found += nearest.filter((label) => right.includes(label)).length;
		}
	}
	return figures.map(({ way, times, found }) => ({
		way,
		vectors: labels.length,
		[`recall@${NEAREST}`]: (found / (NEAREST * questions.length)).toFixed(4),
		'p50 ms': percentile(times, 0.5).toFixed(2),
		'p95 ms': percentile(times, 0.95).toFixed(2),
	}));
}
