import type Database from 'better-sqlite3';
import { articleGrams } from './grams.js';
import { appendList } from './postings.js';

/** Tables whose rows go over as they are: ids of the second database are all higher than those of the first. */
const TABLES = ['issues', 'articles', 'passages', 'people'];

/**
 * Takes the rows of a generation's second database into its first, as if they had been written there. No transaction
 * may be open: SQLite attaches nothing inside one.
 */
export function absorb(database: Database.Database, path: string): void {
	database.prepare('ATTACH ? AS recent').run(path);
	database.exec('BEGIN');
	for (const table of TABLES) database.exec(`INSERT INTO main.${table} SELECT * FROM recent.${table}`);
	joinPostings(database);
	const addGrams = database.prepare('INSERT INTO main.article_grams (rowid, grams) VALUES (?, ?)');
	const articles = database.prepare('SELECT id, source FROM recent.articles').all() as { id: number; source: string }[];
	for (const { id, source } of articles) addGrams.run(id, articleGrams(source));
	database.exec('COMMIT');
	database.exec('DETACH recent');
}

function joinPostings(database: Database.Database): void {
	const old = database.prepare('SELECT last, list FROM main.postings WHERE term = ?');
	const write = database.prepare('INSERT OR REPLACE INTO main.postings (term, last, list) VALUES (?, ?, ?)');
	const rows = database.prepare('SELECT term, last, list FROM recent.postings ORDER BY term').all() as {
		term: string;
		last: number;
		list: Buffer;
	}[];
	for (const { term, last, list } of rows) {
		const before = old.get(term) as { last: number; list: Buffer } | undefined;
		write.run(term, last, before ? appendList(before, list) : list);
	}
}
