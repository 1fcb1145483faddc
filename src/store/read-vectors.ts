import { join } from 'node:path';
import Database from 'better-sqlite3';
import { rowHolds } from './checksums.js';
import { type FileMark, fileFault } from './files.js';
import { PackedMatrix } from './packed-matrix.js';
import { dimensionOf, packedOf } from './packed-vector.js';
import { PATIENCE_MS, VECTORS } from './vectors.js';

/** Vectors read for a generation: a row of the matrix for each label; what is damaged or gone is left out. */
export interface LoadedVectors {
	readonly labels: readonly number[];
	readonly matrix: PackedMatrix;
	readonly damaged: number;
}

/** The last two only where rows are proven one by one. */
type Row = [label: number, vector: Buffer, content?: string, checksum?: Buffer];

/** Which vectors are read: of these labels (rising), of this model, from the file that a generation left. */
export interface WantedVectors {
	readonly labels: readonly number[];
	readonly model: string;
	readonly dimension: number;
	/** Null where it is not known: then every row is compared with its checksum. */
	readonly mark: FileMark | null;
}

/** Reads stored vectors. They are proven by the whole file's checksum or, where a writer has been at it since, row by row. */
export function readVectors(dir: string, { labels, model, dimension, mark }: WantedVectors): LoadedVectors {
	const database = new Database(join(dir, VECTORS), { readonly: true, fileMustExist: true, timeout: PATIENCE_MS });
	try {
		// Within a transaction no writer changes the file, so that what is proven is what is read.
		database.exec('BEGIN');
		database.prepare('SELECT 1 FROM vectors').get();
		const isWhole = mark !== null && fileFault(dir, mark) === null;
		const columns = isWhole ? 'label, vector' : 'label, vector, content, checksum';
		const statement = database.prepare(`SELECT ${columns} FROM vectors WHERE model = ? ORDER BY label`).raw();
		const wanted = new Set(labels);
		const matrix = new PackedMatrix(labels.length, dimension);
		const good: number[] = [];
		for (const [label, vector, content, checksum] of statement.iterate(model) as IterableIterator<Row>) {
			if (!wanted.has(label)) continue;
			if (!isWhole && !(content && checksum && rowHolds([content, model, vector], checksum))) continue;
			const packed = packedOf(vector);
			if (!packed || dimensionOf(packed) !== dimension) continue;
			matrix.set(good.length, packed);
			good.push(label);
		}
		return { labels: good, matrix, damaged: labels.length - good.length };
	} finally {
		database.close();
	}
}
