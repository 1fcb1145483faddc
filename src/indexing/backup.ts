import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import Database from 'better-sqlite3';
import { IndexError, UsageError, WenquError } from '../errors.js';
import { BackupReader, looksLikeBackup, writeBackup } from '../store/backup-file.js';
import { diskFiles, type FileOperations, fileFault, markFile, temporaryName } from '../store/files.js';
import { type Manifest, readManifest } from '../store/manifest.js';
import { VECTORS } from '../store/vectors.js';
import { checkVectors } from './check-vectors.js';
import { reasonOfSystem } from './write-failure.js';

/** What a backup holds, for whoever made it. */
export interface BackupReport {
	readonly issues: number;
	readonly articles: number;
	readonly vectors: number;
	readonly bytes: number;
}

/** A generation can be swapped for the next one while it is copied, but hardly so often. */
const ATTEMPTS = 5;
/** All pages in one step: a copy in small ones begins again each time a writer commits. */
const ALL_PAGES = 0x7fff_ffff;

/**
 * Copies the published generation and its vectors into one file. Nothing is locked: the bot answers and a writer
 * writes meanwhile. The copy is read back and proven before it takes the name it was asked for.
 */
export async function backupIndex(options: {
	readonly indexDir: string;
	readonly file: string;
	/** For tests: the writes on which the backup depends. */
	readonly files?: FileOperations;
}): Promise<BackupReport> {
	const { indexDir, file, files = diskFiles } = options;
	refuseWrongPlace(indexDir, file);
	const beside = temporaryName(file);
	try {
		for (let attempt = 1; ; attempt++) {
			const manifest = readManifest(indexDir);
			if (!manifest) throw new IndexError('还没有索引，没有什么可以备份：请先运行 wenqu index。');
			try {
				await writeOnce(indexDir, manifest, beside);
				files.sync(beside);
				files.rename(beside, file);
				files.sync(dirname(file));
				const { counts, vectors } = manifest;
				return { issues: counts.issues, articles: counts.articles, vectors, bytes: statSync(file).size };
			} catch (error) {
				const isSwapped = readManifest(indexDir)?.generation !== manifest.generation;
				if (!isSwapped || attempt === ATTEMPTS) throw error;
			} finally {
				removeQuietly(beside);
			}
		}
	} catch (error) {
		const reason = error instanceof WenquError ? null : reasonOfSystem(error);
		throw reason === null ? error : new IndexError(`备份写不进去：${reason}。`, { cause: error });
	}
}

/** A backup never takes the place of a file that is something else, nor lies where the index is tidied up. */
function refuseWrongPlace(indexDir: string, file: string): void {
	const inside = relative(indexDir, file);
	if (inside === '' || !(inside === '..' || inside.startsWith(`..${sep}`)))
		throw new UsageError('备份不能放在索引文件夹里，请换一个地方。');
	if (!existsSync(dirname(file))) throw new UsageError('备份要放的文件夹不存在，请先建好。');
	if (!existsSync(file)) return;
	if (!statSync(file).isFile() || !looksLikeBackup(file))
		throw new UsageError('已有同名的文件或文件夹，它不是 wenqu 的备份：请换一个名字。');
}

async function writeOnce(indexDir: string, manifest: Manifest, path: string): Promise<void> {
	const fault = fileFault(indexDir, manifest.database);
	if (fault) throw damaged(fault);
	const database = { ...manifest.database, path: join(indexDir, manifest.database.name) };
	if (manifest.vectors === 0) writeBackup(path, { ...manifest, hnsw: null, vectorStore: null }, database, null);
	else {
		const copy = temporaryName(path);
		try {
			await copyVectors(indexDir, manifest, copy);
			const mark = markFile(dirname(copy), basename(copy));
			// The graph is left out: it is made from the vectors.
			const kept = { ...manifest, hnsw: null, vectorStore: { ...mark, name: VECTORS } };
			writeBackup(path, kept, database, { ...mark, path: copy });
		} finally {
			for (const tail of ['', '-journal']) removeQuietly(copy + tail);
		}
	}
	new BackupReader(path).close();
}

/** The vectors as they are between two commits of a writer, each that the generation needs proven to be there. */
async function copyVectors(indexDir: string, manifest: Manifest, path: string): Promise<void> {
	let source: Database.Database | undefined;
	try {
		// Told apart from a source that cannot be read: here it is the place of the backup that does not do.
		diskFiles.write(path, '');
		source = new Database(join(indexDir, VECTORS), { readonly: true, fileMustExist: true });
		await source.backup(path, { progress: () => ALL_PAGES });
	} catch (error) {
		if (error instanceof Database.SqliteError && !/^SQLITE_(?:FULL|IOERR)/.test(error.code))
			throw damaged(`${VECTORS} 读不出来`, error);
		throw error;
	} finally {
		source?.close();
	}
	proveCopy(path);
	const generation = new Database(join(indexDir, manifest.database.name), { readonly: true, fileMustExist: true });
	try {
		const [problem] = checkVectors(generation, path, manifest, { stored: 0 });
		if (problem) throw damaged(problem);
	} finally {
		generation.close();
	}
}

/** The copy has the damage of its source; its pages and its index are proven here, its rows by `checkVectors`. */
function proveCopy(path: string): void {
	const copied = new Database(path);
	try {
		const fault = copied.pragma('integrity_check(1)', { simple: true });
		if (fault !== 'ok') throw damaged(`${VECTORS} 读不出来`);
		// A writer at work leaves its mark in the file; in the copy nobody is.
		copied.pragma('user_version = 0');
	} catch (error) {
		throw error instanceof Database.SqliteError ? damaged(`${VECTORS} 读不出来`, error) : error;
	} finally {
		copied.close();
	}
}

function damaged(fault: string, cause?: unknown): IndexError {
	return new IndexError(`索引有损坏（${fault}），没有备份：请先运行 wenqu check --repair。`, { cause });
}

function removeQuietly(path: string): void {
	try {
		diskFiles.remove(path);
	} catch {
		// It is only left lying; what matters is told already.
	}
}
