import Database from 'better-sqlite3';
import { InputError } from '../errors.js';
import type { Manifest } from '../store/manifest.js';
import { checkArticles } from './check-articles.js';
import { checkPostings } from './check-postings.js';
import { checkVectors } from './check-vectors.js';

/** Throws an InputError where the rows are not what their checksums say, though the files be what was written. */
export async function proveBackup(databasePath: string, vectorsPath: string | null, manifest: Manifest): Promise<void> {
	let problem: string | undefined;
	let database: Database.Database | undefined;
	try {
		database = new Database(databasePath, { readonly: true, fileMustExist: true });
		problem = [
			...(await checkArticles(database, null, manifest.counts)),
			...checkPostings(database),
			...(vectorsPath === null ? [] : checkVectors([database], vectorsPath, manifest, { stored: 0 })),
		][0];
	} catch (error) {
		if (!(error instanceof Database.SqliteError)) throw error;
		problem = '不是 wenqu 的索引';
	} finally {
		database?.close();
	}
	if (problem) throw new InputError(`备份里的内容不对（${problem}），没有恢复；已有的索引没有变。`);
}
