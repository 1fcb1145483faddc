import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import hnswlib from 'hnswlib-node';
import { IndexError } from '../errors.js';
import { byScore, type Neighbour, type VectorIndex } from './vector-index.js';

/** Links a node, and how widely the graph is searched while it is built and asked. Recall figures: docs/reliability.md. */
const M = 16;
const EF_CONSTRUCTION = 200;
const EF_SEARCH = 200;
const SEED = 42;
const HEADER = 96;

type Graph = InstanceType<typeof hnswlib.HierarchicalNSW>;
/** Reads one stored vector by its label. */
export type VectorSource = (label: number) => Float32Array;

/** Approximate search over a stored graph. `live` are the labels that belong to the generation: others are skipped. */
export class HnswIndex implements VectorIndex {
	readonly kind = 'hnsw';
	readonly size: number;

	constructor(
		private readonly graph: Graph,
		private readonly live: ReadonlySet<number>,
	) {
		this.size = live.size;
	}

	search(vector: Float32Array, limit: number): readonly Neighbour[] {
		if (this.size === 0) return [];
		const wanted = Math.min(limit, this.size);
		this.graph.setEf(Math.max(EF_SEARCH, wanted));
		const { neighbors, distances } = this.graph.searchKnn([...vector], wanted);
		return neighbors
			.map((label, n) => ({ label, score: 1 - (distances[n] ?? 1) }))
			.filter(({ label }) => this.live.has(label))
			.sort(byScore);
	}

	similarity(vector: Float32Array, label: number): number | null {
		if (!this.live.has(label)) return null;
		return this.graph.getPoint(label).reduce((sum, value, i) => sum + value * (vector[i] ?? 0), 0);
	}
}

/**
 * Loads a graph. The caller has compared its checksum: hnswlib itself takes a file with flipped bits without a word,
 * or ends the process. A new object for every load, as a second load into one leaks or crashes.
 */
export function loadHnsw(path: string, dimension: number): Graph {
	const fault = structureFault(path, dimension);
	if (fault) throw new IndexError(`向量图文件已损坏：${fault}。`);
	const graph = new hnswlib.HierarchicalNSW('ip', dimension);
	graph.readIndexSync(path);
	return graph;
}

/** Builds a graph of all labels, in their order and with a fixed seed, so that the same vectors give the same graph. */
export function buildHnsw(labels: readonly number[], vectorOf: VectorSource, dimension: number): Graph {
	const graph = new hnswlib.HierarchicalNSW('ip', dimension);
	graph.initIndex({ maxElements: Math.max(labels.length, 1), m: M, efConstruction: EF_CONSTRUCTION, randomSeed: SEED });
	for (const label of labels) graph.addPoint([...vectorOf(label)], label);
	return graph;
}

/** Brings a loaded graph from one set of labels to another; null where so much is dead that building anew is better. */
export function updateHnsw(
	graph: Graph,
	before: ReadonlySet<number>,
	after: ReadonlySet<number>,
	vectorOf: VectorSource,
): Graph | null {
	const stored = new Set(graph.getIdsList());
	const fresh = [...after].filter((label) => !stored.has(label));
	if (stored.size + fresh.length - after.size > after.size / 4) return null;
	for (const label of before) if (!after.has(label) && stored.has(label)) graph.markDelete(label);
	for (const label of after) if (!before.has(label) && stored.has(label)) graph.unmarkDelete(label);
	graph.resizeIndex(Math.max(stored.size + fresh.length, 1));
	for (const label of fresh) graph.addPoint([...vectorOf(label)], label);
	return graph;
}

/** Writes a graph and reads it back: hnswlib reports neither a full disk nor a short write. */
export function saveHnsw(graph: Graph, path: string, dimension: number): void {
	graph.writeIndexSync(path);
	const written = loadHnsw(path, dimension);
	if (written.getCurrentCount() !== graph.getCurrentCount()) {
		throw new IndexError('向量图写不完整，磁盘可能满了。');
	}
}

/** Follows the file's own lengths from end to end; what does not add up would make hnswlib read outside its memory. */
function structureFault(path: string, dimension: number): string | null {
	const handle = openSync(path, 'r');
	try {
		const { size } = fstatSync(handle);
		const header = Buffer.alloc(HEADER);
		if (readSync(handle, header, 0, HEADER, 0) < HEADER) return '文件不完整';
		const count = Number(header.readBigUInt64LE(16));
		const perElement = Number(header.readBigUInt64LE(24));
		const links = HEADER + count * perElement;
		if (perElement < dimension * 4 + 8 || links > size) return '文件不完整，或维数不同';
		const tail = Buffer.alloc(size - links);
		readSync(handle, tail, 0, tail.length, links);
		let at = 0;
		for (let n = 0; n < count; n++) {
			if (at + 4 > tail.length) return '文件不完整';
			at += 4 + tail.readUInt32LE(at);
		}
		return at === tail.length ? null : '长度前后不符';
	} finally {
		closeSync(handle);
	}
}
