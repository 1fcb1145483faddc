import type Database from 'better-sqlite3';
import { fold } from '../text/fold.js';
import { gramQuery } from './grams.js';
import type { ArticleRow, PassageRow } from './rows.js';

/** An article's place and headline; its id is its row's. */
export interface HeadingRow {
	readonly id: number;
	readonly file: string;
	readonly issueDate: string | null;
	readonly headline: string;
	readonly start: number;
}

/** A passage as the keyword leg counts it; vector 0 where it has none. */
export type PassageCounts = [article: number, id: number, bodyTerms: number, headlineTerms: number, vector: number];

/** A list of postings as `postings.ts` packs it, and the last passage in it. */
export interface PostingsRow {
	readonly last: number;
	readonly list: Buffer;
}

/** A question reads some three hundred pages all over the file; SQLite's own 2 MB forget them by the next. */
const CACHE_KB = 65_536;

/** One database of a generation, open for reading: rows as they are kept, by their ids. */
export class DatabasePart {
	readonly #statements = new Map<string, Database.Statement>();

	constructor(private readonly database: Database.Database) {
		database.pragma(`cache_size = -${CACHE_KB}`);
	}

	/** All articles, by file and place. */
	headings(): HeadingRow[] {
		// Out of an index, issue by issue; joined in SQL, file and date would be made anew for every article.
		const rows = this.#prepare('SELECT issue, id, start, headline FROM articles ORDER BY issue, start').raw().all();
		const articles = rows as [issue: number, id: number, start: number, headline: string][];
		const firstOf = new Map<number, number>();
		articles.forEach(([issue], at) => {
			if (at === 0 || articles[at - 1]?.[0] !== issue) firstOf.set(issue, at);
		});
		const headings: HeadingRow[] = [];
		for (const { id: issue, file, issueDate } of this.#issues()) {
			for (let at = firstOf.get(issue) ?? articles.length; articles[at]?.[0] === issue; at++) {
				const [, id, start, headline] = articles[at] as (typeof articles)[number];
				headings.push({ id, file, issueDate, headline, start });
			}
		}
		return headings;
	}

	#issues(): { id: number; file: string; issueDate: string | null }[] {
		const rows = this.#prepare('SELECT id, file, date AS issueDate FROM issues ORDER BY file').all();
		return rows as { id: number; file: string; issueDate: string | null }[];
	}

	article(id: number): ArticleRow | undefined {
		return this.#prepare('SELECT * FROM articles WHERE id = ?').get(id) as ArticleRow | undefined;
	}

	passage(id: number): PassageRow | undefined {
		return this.#prepare('SELECT * FROM passages WHERE id = ?').get(id) as PassageRow | undefined;
	}

	/** Passages of an article, by place. */
	passagesOf(article: number): PassageRow[] {
		return this.#prepare('SELECT * FROM passages WHERE article = ? ORDER BY start, id').all(article) as PassageRow[];
	}

	/** Ids of the articles that name this person. */
	articlesNaming(person: string): number[] {
		return this.#prepare('SELECT article FROM people WHERE name = ?').pluck().all(person) as number[];
	}

	/** Every name, sorted by code points. */
	people(): string[] {
		return this.#prepare('SELECT DISTINCT name FROM people ORDER BY name').pluck().all() as string[];
	}

	/** Ids of the articles whose source holds a string (folded already). */
	articlesContaining(folded: string): number[] {
		const grams = gramQuery(folded);
		const found = grams
			? this.#prepare(
					'SELECT id, source FROM articles WHERE id IN (SELECT rowid FROM article_grams WHERE article_grams MATCH ?)',
				).all(grams)
			: this.#prepare('SELECT id, source FROM articles').all();
		return (found as { id: number; source: string }[])
			.filter(({ source }) => fold(source).includes(folded))
			.map(({ id }) => id);
	}

	/** All passages, article by article as they were added: out of an index, without the texts. */
	passageCounts(): PassageCounts[] {
		return this.#prepare(
			'SELECT article, id, body_terms, headline_terms, coalesce(vector, 0) FROM passages ORDER BY article, start, id',
		)
			.raw()
			.all() as PassageCounts[];
	}

	postings(term: string): PostingsRow | undefined {
		return this.#prepare('SELECT last, list FROM postings WHERE term = ?').get(term) as PostingsRow | undefined;
	}

	close(): void {
		this.database.close();
	}

	/** Prepared once for each text: preparing takes longer than most of the look-ups. */
	#prepare(sql: string): Database.Statement {
		let statement = this.#statements.get(sql);
		if (!statement) {
			statement = this.database.prepare(sql);
			this.#statements.set(sql, statement);
		}
		return statement;
	}
}
