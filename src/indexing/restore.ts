import { join } from 'node:path';
import Database from 'better-sqlite3';
import { IndexError, InputError, WenquError } from '../errors.js';
import { BackupReader } from '../store/backup-file.js';
import { rowHolds } from '../store/checksums.js';
import { diskFiles, fileFault, isMissing, temporaryName } from '../store/files.js';
import { lockIndex } from '../store/lock.js';
import { type Manifest, RECIPE } from '../store/manifest.js';
import { packedOf } from '../store/packed-vector.js';
import type { VectorRow } from '../store/rows.js';
import type { VectorStore } from '../store/vectors.js';
import { proveBackup } from './prove-backup.js';
import { publishGeneration } from './publish-generation.js';
import { reasonOf, scanSources } from './scan.js';
import { SourceNotes } from './sources.js';
import { clearLeftovers, readState } from './state.js';
import type { UpdateOptions } from './types.js';
import { reasonOfSystem, writeFailure } from './write-failure.js';

/** What came back with a backup. */
export interface RestoreReport {
	readonly created: string;
	readonly issues: number;
	readonly articles: number;
	readonly vectors: number;
	/** Whether the issue files are those of the backup; the next run brings the index up to date where they are not. */
	readonly upToDate: boolean;
}

/**
 * Publishes what a backup holds as the next generation. Everything is proven first: the file by its sums, its rows by
 * theirs, each vector by its passage. Readers go on with the generation they have; a backup that is no good, and a
 * process that dies on the way, leave the index as it was. Vectors go into the store by content, under labels of
 * their own, as those of the backup may stand for other texts by now.
 */
export async function restoreIndex(
	options: Pick<UpdateOptions, 'seedsDir' | 'indexDir' | 'wait' | 'onWarning' | 'onStep' | 'files' | 'graphFrom'> & {
		readonly file: string;
	},
): Promise<RestoreReport> {
	const { indexDir, seedsDir } = options;
	const reader = openBackup(options.file);
	try {
		const { manifest, created } = reader.contents;
		if (manifest.recipe !== RECIPE)
			throw new InputError(
				'备份是另一个版本的 wenqu 做的，不能恢复：请用 wenqu index 从报纸文件重建。已有的索引没有变。',
			);
		const lock = await lockIndex(indexDir, options.wait ?? false);
		try {
			options.onStep?.('locked');
			await publishBackup(options, reader);
		} catch (error) {
			throw writeFailure(error, indexDir);
		} finally {
			lock.release();
		}
		const { counts, vectors, sources } = manifest;
		const upToDate = (await digestNow(seedsDir, indexDir)) === sources;
		return { created, issues: counts.issues, articles: counts.articles, vectors, upToDate };
	} finally {
		reader.close();
	}
}

function openBackup(file: string): BackupReader {
	try {
		return new BackupReader(file);
	} catch (error) {
		if (error instanceof WenquError) throw error;
		const reason = isMissing(error) ? '没有这个文件' : (reasonOfSystem(error) ?? '未知原因');
		throw new InputError(`备份读不出来：${reason}。已有的索引没有变。`, { cause: error });
	}
}

async function publishBackup(options: Parameters<typeof restoreIndex>[0], reader: BackupReader): Promise<void> {
	const { indexDir } = options;
	const { manifest, database, vectors: stored } = reader.contents;
	const state = readState(indexDir);
	clearLeftovers(indexDir, state.manifest);
	const old = oldGraph(indexDir, state.manifest, manifest.model);
	const vectorsPath = temporaryName(join(indexDir, 'restore'));
	const databasePath = temporaryName(join(indexDir, 'restore'));
	try {
		if (stored) reader.extract(stored, vectorsPath);
		reader.extract(database, databasePath);
		await proveBackup(databasePath, stored ? vectorsPath : null, manifest);
		await publishGeneration(options, state, {
			...old,
			sources: () => manifest.sources,
			begin(path, files) {
				files.rename(databasePath, path);
				return true;
			},
			fill: async () => {},
			async embed(writer, vectors) {
				const { model } = manifest;
				if (!stored || model === null) return null;
				vectors.dropDamaged();
				takeVectors(
					vectorsPath,
					model,
					new Set(writer.contents({ onlyNew: false }).map(({ content }) => content)),
					vectors,
				);
				return model;
			},
		});
	} finally {
		for (const left of [databasePath, vectorsPath, `${vectorsPath}-journal`]) removeQuietly(left);
	}
}

/** The graph that can be taken on: that of the published generation, if it is sound and of the same model. */
function oldGraph(
	dir: string,
	manifest: Manifest | null,
	model: string | null,
): { readonly base: Manifest | null; readonly before: ReadonlySet<number> } {
	if (!manifest || manifest.model !== model || fileFault(dir, manifest.database))
		return { base: null, before: new Set() };
	const database = new Database(join(dir, manifest.database.name), { readonly: true, fileMustExist: true });
	try {
		const labels = database.prepare('SELECT DISTINCT vector FROM passages WHERE vector IS NOT NULL').pluck().all();
		return { base: manifest, before: new Set(labels as number[]) };
	} finally {
		database.close();
	}
}

/** Stores the vectors of these contents that are not there yet. */
function takeVectors(path: string, model: string, contents: ReadonlySet<string>, vectors: VectorStore): void {
	const missing = new Set(vectors.missing([...contents], model));
	const database = new Database(path, { readonly: true, fileMustExist: true });
	try {
		const rows = database.prepare('SELECT * FROM vectors WHERE model = ? ORDER BY label').iterate(model);
		for (const { content, vector, checksum } of rows as IterableIterator<VectorRow>) {
			if (!missing.has(content)) continue;
			const packed = packedOf(vector);
			if (!packed || !rowHolds([content, model, vector], checksum))
				throw new IndexError('备份里的向量已损坏，没有恢复。');
			vectors.put(content, model, packed);
		}
	} finally {
		vectors.flush();
		database.close();
	}
}

async function digestNow(seedsDir: string, indexDir: string): Promise<string | null> {
	try {
		return (await scanSources(seedsDir, new SourceNotes(indexDir, seedsDir))).digest;
	} catch (error) {
		reasonOf(error);
		return null;
	}
}

function removeQuietly(path: string): void {
	try {
		diskFiles.remove(path);
	} catch {
		// The next writer clears it away.
	}
}
