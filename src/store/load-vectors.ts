import { join } from 'node:path';
import { fileFault } from './files.js';
import { HnswIndex, loadHnsw } from './hnsw.js';
import type { Manifest } from './manifest.js';
import { ExactIndex, type VectorIndex } from './vector-index.js';
import { readVectors } from './vectors.js';

/** Up to so many vectors every one is compared: at this size that is still a matter of milliseconds, and exact. */
export const EXACT_MOST = 30_000;

/**
 * Loads the vectors of a generation: all of them for the exact comparison while they are few, the graph when they are
 * many, and each in the other's place where one is damaged or gone. Null, with a warning, when neither can be trusted.
 */
export function loadVectors(
	dir: string,
	manifest: Manifest,
	labels: readonly number[],
	dimension: number,
	onWarning: (line: string) => void,
): VectorIndex | null {
	const { model } = manifest;
	if (model === null || labels.length === 0) return null;
	const ways = [() => exact(dir, model, labels, dimension), () => graph(dir, manifest, labels, dimension)];
	if (labels.length > EXACT_MOST) ways.reverse();
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

function exact(dir: string, model: string, labels: readonly number[], dimension: number): VectorIndex {
	const loaded = readVectors(dir, labels, model, dimension);
	if (loaded.damaged > 0) throw new Error(`${loaded.damaged} 个向量缺失或损坏`);
	return new ExactIndex(loaded.labels, loaded.matrix, dimension);
}

function graph(dir: string, manifest: Manifest, labels: readonly number[], dimension: number): VectorIndex {
	if (!manifest.hnsw) throw new Error('没有向量图文件');
	const fault = fileFault(dir, manifest.hnsw);
	if (fault) throw new Error(fault);
	return new HnswIndex(loadHnsw(join(dir, manifest.hnsw.name), dimension), new Set(labels));
}
