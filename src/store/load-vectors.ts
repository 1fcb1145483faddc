import { join } from 'node:path';
import { type FileMark, fileFault } from './files.js';
import { HnswIndex, loadHnsw } from './hnsw.js';
import type { Manifest } from './manifest.js';
import { readVectors, type WantedVectors } from './read-vectors.js';
import { ExactIndex, type VectorIndex } from './vector-index.js';

/**
 * From so many vectors on a graph is written, and asked first. Below, comparing with every one takes 6 ms at 175,000,
 * is exact, and needs no second copy of the vectors: docs/performance.md.
 */
export const GRAPH_FROM = 500_000;

/**
 * Loads the vectors of a generation: all of them for the exact comparison, or the graph when they are very many,
 * and where there are both, each in the other's place when one is damaged or gone. Null, with a warning, when neither can be trusted.
 */
export function loadVectors(
	dir: string,
	manifest: Manifest,
	labels: Uint32Array,
	dimension: number,
	onWarning: (line: string) => void,
): VectorIndex | null {
	const { model } = manifest;
	if (model === null || labels.length === 0) return null;
	const { vectorStore: mark, hnsw } = manifest;
	const ways: (() => VectorIndex)[] = [() => exact(dir, { labels, model, dimension, mark })];
	if (hnsw) ways.push(() => graph(dir, hnsw, labels, dimension));
	if (labels.length >= GRAPH_FROM) ways.reverse();
	for (const way of ways) {
		try {
			return way();
		} catch (error) {
			onWarning(`向量索引有损坏：${error instanceof Error ? error.message : String(error)}。`);
		}
	}
	onWarning('向量索引不能用，只用关键词查找；运行 wenqu index --rebuild 可以修复。');
	return null;
}

function exact(dir: string, wanted: WantedVectors): VectorIndex {
	const { labels, matrix, damaged } = readVectors(dir, wanted);
	if (damaged > 0) throw new Error(`${damaged} 个向量缺失或损坏`);
	return new ExactIndex(labels, matrix);
}

function graph(dir: string, mark: FileMark, labels: Uint32Array, dimension: number): VectorIndex {
	const fault = fileFault(dir, mark);
	if (fault) throw new Error(fault);
	return new HnswIndex(loadHnsw(join(dir, mark.name), dimension), new Set(labels));
}
