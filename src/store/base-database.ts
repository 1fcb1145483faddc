import { join } from 'node:path';
import Database from 'better-sqlite3';

/** The highest ids that a database has given. */
export interface LastIds {
	readonly issues: number;
	readonly articles: number;
	readonly passages: number;
}

/** Where no ids were given before. */
export const NO_IDS: LastIds = { issues: 0, articles: 0, passages: 0 };

/**
 * The large database of a generation as a writer looks things up in it who leaves it alone: a few pages are read,
 * however large it is.
 */
export class BaseDatabase {
	readonly #database: Database.Database;
	readonly #content: Database.Statement;
	readonly #vector: Database.Statement;
	readonly lastIds: LastIds;

	constructor(dir: string, name: string) {
		this.#database = new Database(join(dir, name), { readonly: true, fileMustExist: true });
		const last = (table: string): number =>
			(this.#database.prepare(`SELECT max(id) FROM ${table}`).pluck().get() as number | null) ?? 0;
		this.lastIds = { issues: last('issues'), articles: last('articles'), passages: last('passages') };
		this.#content = this.#database.prepare('SELECT 1 FROM passages WHERE content = ? LIMIT 1').pluck();
		this.#vector = this.#database.prepare('SELECT 1 FROM passages WHERE vector = ? LIMIT 1').pluck();
	}

	/** Issue files as they were read, by name. */
	issues(): Map<string, string> {
		return issuesIn(this.#database);
	}

	newestDate(): string | null {
		return this.#database.prepare('SELECT max(date) FROM issues').pluck().get() as string | null;
	}

	/** Whether a passage has this content. */
	holdsContent(content: string): boolean {
		return this.#content.get(content) !== undefined;
	}

	/** Whether a passage points to this vector. */
	pointsTo(label: number): boolean {
		return this.#vector.get(label) !== undefined;
	}

	close(): void {
		this.#database.close();
	}
}

/** sha256 of every issue file that a database was made from, by name. */
export function issuesIn(database: Database.Database): Map<string, string> {
	const rows = database.prepare('SELECT file, sha256 FROM issues').all() as { file: string; sha256: string }[];
	return new Map(rows.map(({ file, sha256 }) => [file, sha256] as const));
}
