import { join } from 'node:path';
import { HnswIndex, loadHnsw } from '../dist/store/hnsw.js';
import { readManifest } from '../dist/store/manifest.js';
import { ExactIndex } from '../dist/store/vector-index.js';
import { readVectors } from '../dist/store/vectors.js';
import { percentile } from './speed.mjs';

const NEAREST = 10;

/** The graph beside the exact scan on the same vectors and questions: how many of the ten nearest it finds, and how fast. */
export async function compareVectorIndexes(snapshot, indexDir, embedder, questions) {
	const { model, hnsw } = readManifest(indexDir);
	const wanted = [...new Set(snapshot.passageTable().vector)].filter((label) => label > 0).sort((a, b) => a - b);
	const { dimension } = embedder;
	const { labels, matrix } = readVectors(indexDir, { labels: wanted, model, dimension, mark: null });
	const exact = new ExactIndex(labels, matrix);
	const graph = new HnswIndex(loadHnsw(join(indexDir, hnsw.name), embedder.dimension), new Set(labels));
	const times = { exact: [], graph: [] };
	let found = 0;
	for (const { q } of questions) {
		const vector = await embedder.embedQuestion(q);
		const nearest = {};
		for (const [name, index] of Object.entries({ exact, graph })) {
			const started = performance.now();
			nearest[name] = index.search(vector, NEAREST).map(({ label }) => label);
			times[name].push(performance.now() - started);
		}
		found += nearest.graph.filter((label) => nearest.exact.includes(label)).length;
	}
	const row = (way, list, recall) => ({
		way,
		vectors: labels.length,
		[`recall@${NEAREST}`]: recall.toFixed(4),
		'p50 ms': percentile(list, 0.5).toFixed(2),
		'p95 ms': percentile(list, 0.95).toFixed(2),
	});
	return [row('exact scan', times.exact, 1), row('HNSW file', times.graph, found / (NEAREST * questions.length))];
}
