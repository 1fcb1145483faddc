import Database from 'better-sqlite3';
import type { ArticleFacts } from '../facts/types.js';
import type { Article, Gap, IssueFile } from '../newspaper/types.js';
import type { Passage } from '../passages/types.js';
import { absorb } from './absorb.js';
import { issuesIn, type LastIds } from './base-database.js';
import { articleGrams } from './grams.js';
import { KeywordWriter } from './keyword-writer.js';
import { articleChecksum, issueChecksum, type PassageRow, passageChecksum } from './rows.js';
import { INDEXES, SCHEMA } from './schema.js';

/** A passage's content with what is embedded of it. */
export interface Content {
	readonly content: string;
	readonly text: string;
	readonly headline: string;
}

/** An article ready to be kept. */
export interface NewArticle {
	readonly article: Article;
	readonly source: string;
	readonly facts: ArticleFacts;
	readonly passages: readonly Passage[];
}

/** What a database is begun with: nothing or a copy of another, and the ids that are given elsewhere already. */
export interface WriterStart {
	readonly isFresh: boolean;
	readonly after: LastIds;
}

/** Articles and lists of postings fill pages of 4 kB badly: the file is a tenth smaller with these. */
const PAGE_SIZE = 8_192;

/**
 * Writes a generation into a database file that nobody else sees yet. It is a copy of the generation before, so only
 * what changed is written; and as it is thrown away when anything fails, it needs no journal.
 */
export class GenerationWriter {
	readonly #database: Database.Database;
	readonly #keywords: KeywordWriter;
	readonly #after: LastIds;

	constructor(path: string, { isFresh, after }: WriterStart) {
		this.#after = after;
		this.#database = new Database(path);
		if (isFresh) this.#database.pragma(`page_size = ${PAGE_SIZE}`);
		this.#database.pragma('journal_mode = OFF');
		this.#database.pragma('synchronous = OFF');
		this.#database.pragma('locking_mode = EXCLUSIVE');
		this.#database.pragma('cache_size = -65536');
		if (isFresh) this.#database.exec(SCHEMA);
		this.#database.exec(INDEXES);
		this.#database.exec('BEGIN');
		this.#keywords = new KeywordWriter(this.#database);
	}

	/** Takes in what another database holds, whose ids are all higher; before anything else is changed. */
	absorb(path: string): void {
		this.#outside(() => absorb(this.#database, path));
	}

	/** Does what SQLite does not do inside a transaction; this file is nobody's yet, so it may be ended and begun at will. */
	#outside(work: () => void): void {
		this.#database.exec('COMMIT');
		work();
		this.#database.exec('BEGIN');
	}

	/** Takes an issue out with all that was read from it. All removals come before the first addition. */
	removeIssue(file: string): void {
		const db = this.#database;
		const issue = db.prepare('SELECT id FROM issues WHERE file = ?').pluck().get(file) as number | undefined;
		if (issue === undefined) return;
		const passages = db
			.prepare(`SELECT passages.*, headline FROM passages JOIN articles ON articles.id = article WHERE issue = ?`)
			.all(issue) as (PassageRow & { headline: string })[];
		for (const { id, text, headline } of passages) this.#keywords.remove(id, text, headline);
		const within = '(SELECT id FROM articles WHERE issue = ?)';
		db.prepare(`DELETE FROM passages WHERE article IN ${within}`).run(issue);
		db.prepare(`DELETE FROM people WHERE article IN ${within}`).run(issue);
		db.prepare(`DELETE FROM article_grams WHERE rowid IN ${within}`).run(issue);
		db.prepare('DELETE FROM articles WHERE issue = ?').run(issue);
		db.prepare('DELETE FROM issues WHERE id = ?').run(issue);
	}

	/** Writes the removals out: passage ids may be given again from here on. */
	removalsDone(): void {
		this.#keywords.flush();
	}

	addIssue(issue: IssueFile, gaps: readonly Gap[], articles: readonly NewArticle[]): void {
		const id = this.#nextId('issues');
		const row = {
			file: issue.file,
			date: issue.issueDate,
			sha256: issue.sha256,
			bytes: issue.bytes,
			length: issue.text.length,
			encoding: issue.encoding,
			gaps: JSON.stringify(gaps),
		};
		this.#database
			.prepare(
				'INSERT INTO issues (id, file, date, sha256, bytes, length, encoding, gaps, checksum) VALUES (@id, @file, @date, @sha256, @bytes, @length, @encoding, @gaps, @checksum)',
			)
			.run({ ...row, id, checksum: issueChecksum(row) });
		for (const article of articles) this.#addArticle(id, article);
	}

	#addArticle(issue: number, { article, source, facts, passages }: NewArticle): void {
		const { start, end, headline, headlineRange, parts } = article;
		const layout = JSON.stringify({ headlineRange, parts });
		const row = { issue, start, end, headline, layout, source, facts: JSON.stringify(facts) };
		const id = this.#nextId('articles');
		this.#database
			.prepare(
				'INSERT INTO articles (id, issue, start, "end", headline, layout, source, facts, checksum) VALUES (@id, @issue, @start, @end, @headline, @layout, @source, @facts, @checksum)',
			)
			.run({ ...row, id, checksum: articleChecksum(row) });
		const addPerson = this.#database.prepare('INSERT OR IGNORE INTO people (name, article) VALUES (?, ?)');
		for (const person of facts.people) addPerson.run(person.name, id);
		this.#database.prepare('INSERT INTO article_grams (rowid, grams) VALUES (?, ?)').run(id, articleGrams(source));
		for (const passage of passages) this.#addPassage(id, passage);
	}

	#addPassage(article: number, { id: content, text, headline, start, end }: Passage): void {
		const db = this.#database;
		const id = this.#nextId('passages');
		const terms = this.#keywords.add(id, text, headline);
		const row = { article, start, end, content, text, body_terms: terms.body, headline_terms: terms.headline };
		db.prepare(
			'INSERT INTO passages (id, article, start, "end", content, text, body_terms, headline_terms, checksum) VALUES (@id, @article, @start, @end, @content, @text, @body_terms, @headline_terms, @checksum)',
		).run({ ...row, id, checksum: passageChecksum(row) });
	}

	#nextId(table: keyof LastIds): number {
		const last = this.#database.prepare(`SELECT max(id) FROM ${table}`).pluck().get() as number | null;
		return (last ?? this.#after[table]) + 1;
	}

	/** Writes what is still gathered in memory. */
	additionsDone(): void {
		this.#keywords.flush();
	}

	/** Different passages by content, with what is to be embedded, in order of file and place; only new ones where asked for. */
	contents({ onlyNew }: { readonly onlyNew: boolean }): readonly Content[] {
		const rows = this.#database
			.prepare(
				`SELECT content, text, headline FROM passages JOIN articles ON articles.id = article JOIN issues ON issues.id = issue
				 ${onlyNew ? 'WHERE vector IS NULL' : ''} ORDER BY file, articles.start, passages.start`,
			)
			.all() as Content[];
		return [...new Map(rows.map((row) => [row.content, row] as const)).values()];
	}

	/** How many different passages there are by content, but for those that stand elsewhere already. */
	countContents(isElsewhere: ((content: string) => boolean) | null): number {
		if (!isElsewhere)
			return this.#database.prepare('SELECT count(DISTINCT content) FROM passages').pluck().get() as number;
		const contents = this.#database.prepare('SELECT DISTINCT content FROM passages').pluck().all() as string[];
		return contents.filter((content) => !isElsewhere(content)).length;
	}

	/** Vector labels that the passages point to. */
	labels(): Set<number> {
		const rows = this.#database.prepare(
			'SELECT DISTINCT vector FROM passages WHERE vector IS NOT NULL ORDER BY vector',
		);
		return new Set(rows.pluck().all() as number[]);
	}

	/** Points each passage, or each new one, to the vector of its content and model; without a model to none. */
	linkVectors(store: string, model: string | null, { onlyNew }: { readonly onlyNew: boolean }): void {
		const db = this.#database;
		if (model === null) {
			db.exec('UPDATE passages SET vector = NULL WHERE vector IS NOT NULL');
			return;
		}
		this.#outside(() => {
			db.prepare('ATTACH ? AS stored').run(store);
			const label = '(SELECT label FROM stored.vectors WHERE content = passages.content AND model = @model)';
			const which = onlyNew ? 'vector IS NULL' : `vector IS NOT ${label}`;
			db.exec('BEGIN');
			db.prepare(`UPDATE passages SET vector = ${label} WHERE ${which}`).run({ model });
			db.exec('COMMIT');
			db.exec('DETACH stored');
		});
	}

	counts(): { readonly issues: number; readonly articles: number; readonly passages: number } {
		const count = (table: string): number =>
			this.#database.prepare(`SELECT count(*) FROM ${table}`).pluck().get() as number;
		return { issues: count('issues'), articles: count('articles'), passages: count('passages') };
	}

	newestDate(): string | null {
		return this.#database.prepare('SELECT max(date) FROM issues').pluck().get() as string | null;
	}

	/** Issue files as they were read, by name. */
	issues(): Map<string, string> {
		return issuesIn(this.#database);
	}

	/** Ends writing; the file is complete, though not yet on the disk for certain. */
	finish(): void {
		this.#database.exec('COMMIT');
		this.#database.close();
	}

	abandon(): void {
		this.#database.close();
	}
}
