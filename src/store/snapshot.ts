import { join } from 'node:path';
import Database from 'better-sqlite3';
import { IndexError } from '../errors.js';
import { DatabasePart } from './database-part.js';
import { fileFault, isMissing } from './files.js';
import { databasesOf, readManifest } from './manifest.js';
import { SqliteSnapshot } from './sqlite-snapshot.js';
import type { SearchableSnapshot } from './types.js';

/** A generation can be swapped for the next one between two steps of opening it, but hardly so often. */
const ATTEMPTS = 20;

/** How to open the index. */
export interface SnapshotOptions {
	/** Told in one line what was found damaged and done without. */
	readonly onWarning?: (line: string) => void;
}

/**
 * Opens the last complete generation for reading; a writer may publish the next one meanwhile. Nothing is written, so
 * a read-only folder will do. The database is compared with its checksum before SQLite sees it. Throws an IndexError
 * when there is no index or it cannot be trusted.
 */
export function openSnapshot(dir: string, options: SnapshotOptions = {}): SearchableSnapshot {
	for (let attempt = 1; ; attempt++) {
		const manifest = readManifest(dir);
		if (!manifest) throw new IndexError(`${dir} 里还没有索引，请先运行 wenqu index。`);
		const marks = databasesOf(manifest);
		const fault = marks.map((mark) => fileFault(dir, mark)).find((found) => found !== null);
		if (!fault) {
			const opened = openDatabases(
				dir,
				marks.map(({ name }) => name),
			);
			if (opened) return new SqliteSnapshot(dir, manifest, opened, options.onWarning ?? (() => {}));
		}
		// Gone or replaced because a writer published the next generation: look again.
		const swapped = readManifest(dir)?.generation !== manifest.generation;
		if (!swapped || attempt === ATTEMPTS) throw damaged(dir, fault ?? `${manifest.database.name} 打不开`);
	}
}

/** Whether a generation was ever published here; says nothing on whether it is sound. */
export function hasSnapshot(dir: string): boolean {
	return readManifest(dir) !== null;
}

/** All of them or, where one is gone meanwhile, null. */
function openDatabases(dir: string, names: readonly string[]): readonly DatabasePart[] | null {
	const opened: Database.Database[] = [];
	try {
		for (const name of names) opened.push(new Database(join(dir, name), { readonly: true, fileMustExist: true }));
		return opened.map((database) => new DatabasePart(database));
	} catch (error) {
		for (const database of opened) database.close();
		if (isMissing(error) || (error instanceof Database.SqliteError && error.code === 'SQLITE_CANTOPEN')) return null;
		throw new IndexError(`${dir} 里的索引打不开：${error instanceof Error ? error.message : String(error)}。`, {
			cause: error,
		});
	}
}

function damaged(dir: string, fault: string): IndexError {
	return new IndexError(`${dir} 里的索引已损坏（${fault}），请运行 wenqu index --rebuild 重建。`);
}
