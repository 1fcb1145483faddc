import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import Database from 'better-sqlite3';
import { IndexError, UsageError, WenquError } from '../errors.js';
import { BackupReader, looksLikeBackup, writeBackup } from '../store/backup-file.js';
import { NO_IDS } from '../store/base-database.js';
import { diskFiles, type FileMark, type FileOperations, fileFault, markFile, temporaryName } from '../store/files.js';
import { GenerationWriter } from '../store/generation-writer.js';
import { databasesOf, type Manifest, readManifest } from '../store/manifest.js';
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
	for (const mark of databasesOf(manifest)) {
		const fault = fileFault(indexDir, mark);
		if (fault) throw damaged(fault);
	}
	const [one, copy] = [temporaryName(path), temporaryName(path)];
	try {
		const database = manifest.recent ? joinDatabases(indexDir, manifest, one) : inPlace(indexDir, manifest.database);
		// The graph is left out: it is made from the vectors.
		const whole = { ...manifest, database: { ...database, look: null }, recent: null, hnsw: null, vectorStore: null };
		if (manifest.vectors === 0) writeBackup(path, whole, database, null);
		else {
			await copyVectors(indexDir, copy);
			proveCopy(copy, database.path, manifest);
			const mark = markFile(dirname(copy), basename(copy));
			const vectorStore = { ...mark, name: VECTORS };
			writeBackup(path, { ...whole, vectorStore }, database, { ...mark, path: copy });
		}
	} finally {
		for (const left of [one, copy]) for (const tail of ['', '-journal']) removeQuietly(left + tail);
	}
	new BackupReader(path).close();
}

/** A database in a file of its own, as the backup takes it in. */
interface DatabaseFile extends FileMark {
	readonly path: string;
}

function inPlace(dir: string, mark: FileMark): DatabaseFile {
	return { ...mark, path: join(dir, mark.name) };
}

/** Both databases of a generation as one, at this path: a backup has the one. */
function joinDatabases(dir: string, { database, recent }: Manifest, path: string): DatabaseFile {
	diskFiles.copy(join(dir, database.name), path);
	const writer = new GenerationWriter(path, { isFresh: false, after: NO_IDS });
	try {
		if (recent) writer.absorb(join(dir, recent.name));
		writer.finish();
	} catch (error) {
		writer.abandon();
		throw error;
	}
	return { ...markFile(dirname(path), basename(path)), name: database.name, path };
}

/** The vectors as they are between two commits of a writer. */
async function copyVectors(indexDir: string, path: string): Promise<void> {
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
}

/** The copy has the damage of its source: its pages, its index and its rows are proven, and that each passage has its vector. */
function proveCopy(path: string, generationPath: string, manifest: Manifest): void {
	provePages(path);
	const generation = new Database(generationPath, { readonly: true, fileMustExist: true });
	try {
		const [problem] = checkVectors([generation], path, manifest, { stored: 0 });
		if (problem) throw damaged(problem);
	} finally {
		generation.close();
	}
}

function provePages(path: string): void {
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
