import { dirname, join } from 'node:path';
import { type FileOperations, fileFault, markFile, temporaryName } from '../store/files.js';
import { buildHnsw, loadHnsw, saveHnsw, updateHnsw, type VectorSource } from '../store/hnsw.js';
import type { Manifest } from '../store/manifest.js';
import type { VectorStore } from '../store/vectors.js';

interface GraphWork {
	readonly dir: string;
	readonly name: string;
	/** The generation before, whose graph is taken on where it is sound. */
	readonly base: Manifest | null;
	readonly before: ReadonlySet<number>;
	readonly labels: ReadonlySet<number>;
	readonly vectors: VectorStore;
	readonly files: FileOperations;
	/** With fewer vectors none is written. */
	readonly from: number;
}

/** Writes the vector graph of a generation: the old one with what is new, or a fresh one. Null where none is needed. */
export function writeGraph({ dir, name, base, before, labels, vectors, files, from }: GraphWork): Manifest['hnsw'] {
	if (labels.size < from) return null;
	const first = labels.values().next().value;
	const dimension = first === undefined ? 0 : vectors.vector(first)?.length;
	if (!dimension) return null;
	const vectorOf: VectorSource = (label) => {
		const vector = vectors.vector(label);
		if (!vector) throw new Error(`There is no vector ${label}`);
		return vector;
	};
	const old = base?.hnsw && !fileFault(dir, base.hnsw) ? loadHnsw(join(dir, base.hnsw.name), dimension) : null;
	const graph =
		(old && updateHnsw(old, before, labels, vectorOf)) ??
		buildHnsw(
			[...labels].sort((a, b) => a - b),
			vectorOf,
			dimension,
		);
	const path = join(dir, name);
	const temporary = temporaryName(path);
	try {
		saveHnsw(graph, temporary, dimension);
		files.sync(temporary);
		files.rename(temporary, path);
		files.sync(dirname(path));
		return { ...markFile(dir, name), points: labels.size };
	} catch (error) {
		files.remove(temporary);
		throw error;
	}
}
