import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';

/**
 * All that the bot keeps and that no issue file holds. What a person wrote stays only as long as it is needed:
 * the text of an update until it is handled, a conversation an hour, an answer (for its buttons) thirty days.
 */
const SCHEMA = `
CREATE TABLE IF NOT EXISTS updates (id INTEGER PRIMARY KEY, body TEXT, at INTEGER NOT NULL) STRICT;
CREATE INDEX IF NOT EXISTS updates_open ON updates (id) WHERE body IS NOT NULL;
CREATE TABLE IF NOT EXISTS outgoing (
	id INTEGER PRIMARY KEY AUTOINCREMENT, chat INTEGER, method TEXT NOT NULL, payload TEXT NOT NULL,
	request TEXT NOT NULL, tried INTEGER NOT NULL DEFAULT 0, at INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS conversations (
	key TEXT PRIMARY KEY, chat INTEGER NOT NULL, user INTEGER NOT NULL, turn TEXT NOT NULL, at INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS answers (
	id TEXT PRIMARY KEY, chat INTEGER, user INTEGER, question TEXT NOT NULL, body TEXT NOT NULL, at INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS answers_by_age ON answers (at);
CREATE TABLE IF NOT EXISTS votes (
	answer TEXT NOT NULL, user INTEGER NOT NULL, value INTEGER NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (answer, user)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS subscriptions (chat INTEGER PRIMARY KEY, at INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS blocked (user INTEGER PRIMARY KEY, at INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS unanswered (question TEXT PRIMARY KEY, count INTEGER NOT NULL, at INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS asked (
	chat INTEGER NOT NULL, message INTEGER NOT NULL, text TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (chat, message)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS announced (file TEXT PRIMARY KEY) STRICT;
CREATE TABLE IF NOT EXISTS counts (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
`;

/** Opens the bot's database in the data folder, making both where they are missing. */
export function openDatabase(dataDir: string): Database.Database {
	mkdirSync(dataDir, { recursive: true, mode: 0o700 });
	const db = new Database(join(dataDir, 'telegram.sqlite'));
	db.pragma('journal_mode = WAL');
	// A power cut may cost the last moments, a crash of the process nothing.
	db.pragma('synchronous = NORMAL');
	db.pragma('busy_timeout = 2000');
	db.exec(SCHEMA);
	return db;
}
