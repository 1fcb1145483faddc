import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { buildHnsw, HnswIndex, loadHnsw, saveHnsw, updateHnsw } from '../../src/store/hnsw.js';
import { PackedMatrix } from '../../src/store/packed-matrix.js';
import { packVector } from '../../src/store/packed-vector.js';
import { ExactIndex, type VectorIndex } from '../../src/store/vector-index.js';

const DIMENSION = 32;
const folder = mkdtempSync(join(tmpdir(), 'wenqu-graph-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Directions that repeat exactly from run to run. */
function vectorOf(label: number): Float32Array {
	let state = label * 2_654_435_761 + 1;
	const vector = Float32Array.from({ length: DIMENSION }, () => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
		return state / 2 ** 31;
	});
	const length = Math.hypot(...vector);
	return vector.map((value) => value / length);
}

function exactOf(labels: readonly number[]): VectorIndex {
	const matrix = new PackedMatrix(labels.length, DIMENSION);
	labels.forEach((label, row) => {
		matrix.set(row, packVector(vectorOf(label)));
	});
	return new ExactIndex(Uint32Array.from(labels), matrix);
}

function hnswOf(labels: readonly number[]): VectorIndex {
	const path = join(folder, `${labels.length}.hnsw`);
	saveHnsw(buildHnsw(labels, vectorOf, DIMENSION), path, DIMENSION);
	return new HnswIndex(loadHnsw(path, DIMENSION), new Set(labels));
}

const labels = Array.from({ length: 1500 }, (_, n) => n * 3 + 1);

describe.each([
	['exact', exactOf],
	['hnsw', hnswOf],
] as const)('a vector index (%s)', (kind, open) => {
	const index = open(labels);

	it('says what it is', () => {
		expect(index.kind).toBe(kind);
		expect(index.size).toBe(labels.length);
	});

	it('finds every stored vector by itself, with a cosine of one', () => {
		for (const label of labels.slice(0, 200)) {
			const [nearest] = index.search(vectorOf(label), 1);
			expect(nearest?.label).toBe(label);
			expect(nearest?.score).toBeCloseTo(1, 4);
		}
	});

	it('gives the nearest first, and as many as asked for', () => {
		const scores = index.search(vectorOf(100_000), 25).map(({ score }) => score);
		expect(scores).toHaveLength(25);
		expect(scores).toEqual([...scores].sort((a, b) => b - a));
	});

	it('gives all there are when more is asked for', () => {
		expect(open(labels.slice(0, 3)).search(vectorOf(5), 10)).toHaveLength(3);
	});

	it('tells the cosine with one vector, and none for a label it does not hold', () => {
		expect(index.similarity(vectorOf(4), 4)).toBeCloseTo(1, 4);
		expect(index.similarity(vectorOf(4), 5)).toBeNull();
	});

	it('holds nothing when it is empty', () => {
		expect(open([]).search(vectorOf(1), 5)).toEqual([]);
	});
});

describe('the graph', () => {
	it('finds at least 99 of 100 that the exact comparison finds', () => {
		const [exact, graph] = [exactOf(labels), hnswOf(labels)];
		let same = 0;
		for (let n = 0; n < 100; n++) {
			const right = new Set(exact.search(vectorOf(200_000 + n), 10).map(({ label }) => label));
			same += graph.search(vectorOf(200_000 + n), 10).filter(({ label }) => right.has(label)).length;
		}
		expect(same / 1000).toBeGreaterThanOrEqual(0.99);
	});

	it('taken on to other labels holds these and no others, also after a label went and came back', () => {
		const path = join(folder, 'grown.hnsw');
		const steps = [labels, labels.slice(50), [...labels.slice(20), 9_000, 9_003]];
		saveHnsw(buildHnsw(labels, vectorOf, DIMENSION), path, DIMENSION);
		steps.forEach((after, n) => {
			const before = new Set(steps[n - 1] ?? labels);
			const graph = updateHnsw(loadHnsw(path, DIMENSION), before, new Set(after), vectorOf);
			expect(graph).not.toBeNull();
			if (graph) saveHnsw(graph, path, DIMENSION);
			const index = new HnswIndex(loadHnsw(path, DIMENSION), new Set(after));
			for (const label of after.slice(0, 40)) expect(index.search(vectorOf(label), 1)[0]?.label).toBe(label);
			for (const label of labels.slice(0, 10)) {
				const found = index.search(vectorOf(label), 5).map((neighbour) => neighbour.label);
				expect(found.includes(label)).toBe(after.includes(label));
			}
		});
	});

	it('is built anew when a quarter of it is dead', () => {
		const graph = buildHnsw(labels, vectorOf, DIMENSION);
		expect(updateHnsw(graph, new Set(labels), new Set(labels.slice(600)), vectorOf)).toBeNull();
	});

	it('is refused when it is cut short anywhere, or of another dimension', () => {
		const path = join(folder, 'cut.hnsw');
		saveHnsw(buildHnsw(labels.slice(0, 50), vectorOf, DIMENSION), path, DIMENSION);
		const whole = readFileSync(path);
		for (const length of [0, 50, 95, 96, 200, whole.length / 2, whole.length - 1]) {
			writeFileSync(path, whole);
			truncateSync(path, Math.floor(length));
			expect(() => loadHnsw(path, DIMENSION)).toThrow('向量图');
		}
		writeFileSync(path, whole);
		expect(() => loadHnsw(path, 4 * DIMENSION)).toThrow('向量图');
	});
});
