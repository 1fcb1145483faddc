import { join } from 'node:path';
import Database from 'better-sqlite3';
import { rowHolds } from './checksums.js';
import { type FileMark, fileFault } from './files.js';
import { PackedMatrix } from './packed-matrix.js';
import { dimensionOf, packedOf } from './packed-vector.js';
import { PATIENCE_MS, VECTORS } from './vectors.js';

/** Vectors read for a generation: a row of the matrix for each label; what is damaged or gone is left out. */
export interface LoadedVectors {
	readonly labels: Uint32Array;
	readonly matrix: PackedMatrix;
	readonly damaged: number;
}

/** The last two only where rows are proven one by one. */
type Row = [label: number, vector: Buffer, content?: string, checksum?: Buffer];

/** Which vectors are read: of these labels (rising), of this model, from the file that a generation left. */
export interface WantedVectors {
	readonly labels: Uint32Array;
	readonly model: string;
	readonly dimension: number;
	/** Null where it is not known: then every row is compared with its checksum. */
	readonly mark: FileMark | null;
}

/** Rows read at a time: one by one takes half as long again. */
const AT_ONCE = 4_096;

/** Reads stored vectors. They are proven by the whole file's checksum or, where a writer has been at it since, row by row. */
export function readVectors(dir: string, { labels, model, dimension, mark }: WantedVectors): LoadedVectors {
	const database = new Database(join(dir, VECTORS), { readonly: true, fileMustExist: true, timeout: PATIENCE_MS });
	try {
		// Within a transaction no writer changes the file, so that what is proven is what is read.
		database.exec('BEGIN');
		database.prepare('SELECT 1 FROM vectors').get();
		const isWhole = mark !== null && fileFault(dir, mark) === null;
		const columns = isWhole ? 'label, vector' : 'label, vector, content, checksum';
		const some = database.prepare(
			`SELECT ${columns} FROM vectors WHERE label > ? AND model = ? ORDER BY label LIMIT ${AT_ONCE}`,
		);
		const matrix = new PackedMatrix(labels.length, dimension);
		const good: number[] = [];
		let next = 0;
		for (const [label, vector, content, checksum] of rowsOf(some.raw(), model)) {
			// Both rise.
			while ((labels[next] ?? label) < label) next++;
			if (labels[next] !== label) continue;
			if (!isWhole && !(content && checksum && rowHolds([content, model, vector], checksum))) continue;
			const packed = packedOf(vector);
			if (!packed || dimensionOf(packed) !== dimension) continue;
			matrix.set(good.length, packed);
			good.push(label);
		}
		return { labels: Uint32Array.from(good), matrix, damaged: labels.length - good.length };
	} finally {
		database.close();
	}
}

function* rowsOf(some: Database.Statement, model: string): Generator<Row> {
	for (let last = 0; ; ) {
		const rows = some.all(last, model) as Row[];
		yield* rows;
		if (rows.length < AT_ONCE) return;
		last = rows.at(-1)?.[0] ?? last;
	}
}
