import type Database from 'better-sqlite3';
import { IndexError } from '../errors.js';
import { fold } from '../text/fold.js';
import { gramQuery } from './grams.js';
import { loadVectors } from './load-vectors.js';
import type { Manifest } from './manifest.js';
import { type ArticleRow, articleChecksum, type PassageRow, parseFacts, parseLayout, passageChecksum } from './rows.js';
import type { PassageTable, SearchableSnapshot, StoredArticle, StoredPassage } from './types.js';
import type { VectorIndex } from './vector-index.js';

interface Heading {
	readonly id: number;
	readonly number: number;
	readonly file: string;
	readonly issueDate: string | null;
	readonly headline: string;
}

/** A question reads some three hundred pages all over the file; SQLite's own 2 MB forget them by the next. */
const CACHE_KB = 65_536;

/** A generation in SQLite. Numbers are places in the order of file and place; ids never leave this class. */
export class SqliteSnapshot implements SearchableSnapshot {
	readonly generation: number;
	readonly counts: Manifest['counts'];
	readonly newestDate: string | null;
	readonly model: string | null;
	#headings: readonly Heading[] | undefined;
	#numbers: ReadonlyMap<number, number> | undefined;
	#passageIds: Uint32Array | undefined;
	#table: PassageTable | undefined;
	#people: readonly string[] | undefined;
	#vectors: VectorIndex | null | undefined;
	readonly #statements = new Map<string, Database.Statement>();

	constructor(
		private readonly dir: string,
		private readonly manifest: Manifest,
		private readonly database: Database.Database,
		private readonly onWarning: (line: string) => void,
	) {
		database.pragma(`cache_size = -${CACHE_KB}`);
		this.generation = manifest.generation;
		this.counts = manifest.counts;
		this.newestDate = manifest.newestDate;
		this.model = manifest.vectors > 0 ? manifest.model : null;
	}

	headlines(): readonly Heading[] {
		this.#headings ??= (
			this.#prepare(
				`SELECT articles.id, file, date AS issueDate, headline FROM articles JOIN issues ON issues.id = issue
				 ORDER BY file, start`,
			).all() as Omit<Heading, 'number'>[]
		).map((row, number) => ({ ...row, number }));
		return this.#headings;
	}

	article(number: number): StoredArticle {
		const heading = this.headlines()[number];
		const row =
			heading && (this.#prepare('SELECT * FROM articles WHERE id = ?').get(heading.id) as ArticleRow | undefined);
		if (!heading || !row) throw new RangeError(`There is no article ${number}`);
		if (!articleChecksum(row).equals(row.checksum)) throw damagedRow(`${heading.file} 里的文章“${heading.headline}”`);
		const { start, end, headline, source } = row;
		const { file, issueDate } = heading;
		return {
			number,
			file,
			issueDate,
			headline,
			start,
			end,
			...parseLayout(row.layout),
			source,
			facts: parseFacts(row.facts),
		};
	}

	passage(number: number): StoredPassage {
		this.passageTable();
		const id = this.#passageIds?.[number];
		const row =
			id === undefined
				? undefined
				: (this.#prepare('SELECT * FROM passages WHERE id = ?').get(id) as PassageRow | undefined);
		if (!row) throw new RangeError(`There is no passage ${number}`);
		return this.#passage(row, number);
	}

	passagesOf(article: number): readonly StoredPassage[] {
		const { numberOf } = this.passageTable();
		const rows = this.#prepare('SELECT * FROM passages WHERE article = ? ORDER BY start, id').all(
			this.headlines()[article]?.id,
		);
		return (rows as PassageRow[]).map((row) => this.#passage(row, numberOf[row.id] ?? 0));
	}

	#passage(row: PassageRow, number: number): StoredPassage {
		const article = this.#numberOfArticle(row.article);
		const heading = this.headlines()[article];
		if (!heading || !passageChecksum(row).equals(row.checksum)) throw damagedRow(`第 ${number} 段`);
		const { start, end, content: id, text } = row;
		return { number, article, id, text, headline: heading.headline, start, end };
	}

	articlesNaming(person: string): readonly number[] {
		const ids = this.#prepare('SELECT article FROM people WHERE name = ?').pluck().all(person) as number[];
		return ids.map((id) => this.#numberOfArticle(id)).sort((a, b) => a - b);
	}

	people(): readonly string[] {
		this.#people ??= this.#prepare('SELECT DISTINCT name FROM people ORDER BY name').pluck().all() as string[];
		return this.#people;
	}

	articlesContaining(text: string): readonly number[] {
		const wanted = fold(text);
		if (wanted === '') return [];
		const grams = gramQuery(text);
		const found = grams
			? this.#prepare(
					'SELECT id, source FROM articles WHERE id IN (SELECT rowid FROM article_grams WHERE article_grams MATCH ?)',
				).all(grams)
			: this.#prepare('SELECT id, source FROM articles').all();
		return (found as { id: number; source: string }[])
			.filter(({ source }) => fold(source).includes(wanted))
			.map(({ id }) => this.#numberOfArticle(id))
			.sort((a, b) => a - b);
	}

	passageTable(): PassageTable {
		this.#table ??= this.#readTable();
		return this.#table;
	}

	postings(term: string): Uint8Array | null {
		const list = this.#prepare('SELECT list FROM postings WHERE term = ?').pluck().get(term) as Buffer | undefined;
		return list ?? null;
	}

	vectors(dimension: number): VectorIndex | null {
		if (this.#vectors === undefined) {
			const labels = [...new Set(this.passageTable().vector)].filter((label) => label > 0).sort((a, b) => a - b);
			this.#vectors = loadVectors(this.dir, this.manifest, labels, dimension, this.onWarning);
		}
		return this.#vectors;
	}

	close(): void {
		this.database.close();
	}

	#readTable(): PassageTable {
		// Out of an index, article by article; their numbers then give the order of file and place.
		const rows = this.#prepare(
			'SELECT article, id, body_terms, headline_terms, coalesce(vector, 0) FROM passages ORDER BY article, start, id',
		)
			.raw()
			.all() as [number, number, number, number, number][];
		const firstOf = new Map<number, number>();
		rows.forEach(([article], at) => {
			if (!firstOf.has(article)) firstOf.set(article, at);
		});
		const table = {
			article: new Uint32Array(rows.length),
			bodyTerms: new Uint32Array(rows.length),
			headlineTerms: new Uint32Array(rows.length),
			vector: new Uint32Array(rows.length),
			numberOf: new Uint32Array(rows.reduce((most, [, id]) => Math.max(most, id), 0) + 1),
		};
		const ids = new Uint32Array(rows.length);
		let passage = 0;
		for (const { id: article, number } of this.headlines()) {
			for (let at = firstOf.get(article) ?? rows.length; rows[at]?.[0] === article; at++, passage++) {
				const [, id, bodyTerms, headlineTerms, vector] = rows[at] as [number, number, number, number, number];
				table.article[passage] = number;
				table.bodyTerms[passage] = bodyTerms;
				table.headlineTerms[passage] = headlineTerms;
				table.vector[passage] = vector;
				table.numberOf[id] = passage;
				ids[passage] = id;
			}
		}
		this.#passageIds = ids;
		return table;
	}

	#numberOfArticle(id: number): number {
		this.#numbers ??= new Map(this.headlines().map((heading) => [heading.id, heading.number] as const));
		return this.#numbers.get(id) ?? 0;
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

function damagedRow(what: string): IndexError {
	return new IndexError(`索引里${what}已损坏，请运行 wenqu index --rebuild 重建。`);
}
