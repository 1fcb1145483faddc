import { IndexError } from '../errors.js';
import { fold } from '../text/fold.js';
import type { DatabasePart, HeadingRow, PassageCounts } from './database-part.js';
import { loadVectors } from './load-vectors.js';
import type { Manifest } from './manifest.js';
import { byCodePoint } from './order.js';
import { appendList } from './postings.js';
import { articleChecksum, type PassageRow, parseFacts, parseLayout, passageChecksum } from './rows.js';
import type { PassageTable, SearchableSnapshot, StoredArticle, StoredPassage } from './types.js';
import type { VectorIndex } from './vector-index.js';

/** An article's heading with its number, and the database that holds it. */
interface Heading extends HeadingRow {
	readonly number: number;
	readonly part: DatabasePart;
}

/**
 * A generation in SQLite: one database, or two where issues came since the first was written, the second's ids all
 * higher. Numbers are places in the order of file and place; ids never leave this class.
 */
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

	constructor(
		private readonly dir: string,
		private readonly manifest: Manifest,
		private readonly parts: readonly DatabasePart[],
		private readonly onWarning: (line: string) => void,
	) {
		this.generation = manifest.generation;
		this.counts = manifest.counts;
		this.newestDate = manifest.newestDate;
		this.model = manifest.vectors > 0 ? manifest.model : null;
	}

	headlines(): readonly Heading[] {
		this.#headings ??= this.#readHeadings();
		return this.#headings;
	}

	article(number: number): StoredArticle {
		const heading = this.headlines()[number];
		const row = heading?.part.article(heading.id);
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
		const heading = this.headlines()[this.passageTable().article[number] ?? -1];
		const row = heading?.part.passage(this.#passageIds?.[number] ?? -1);
		if (!heading || !row) throw new RangeError(`There is no passage ${number}`);
		return storedPassage(row, number, heading);
	}

	passagesOf(article: number): readonly StoredPassage[] {
		const heading = this.headlines()[article];
		if (!heading) return [];
		const { numberOf } = this.passageTable();
		return heading.part.passagesOf(heading.id).map((row) => storedPassage(row, numberOf[row.id] ?? 0, heading));
	}

	articlesNaming(person: string): readonly number[] {
		return this.#numbersOf(this.parts.flatMap((part) => part.articlesNaming(person)));
	}

	people(): readonly string[] {
		this.#people ??= this.#readPeople();
		return this.#people;
	}

	articlesContaining(text: string): readonly number[] {
		const wanted = fold(text);
		if (wanted === '') return [];
		return this.#numbersOf(this.parts.flatMap((part) => part.articlesContaining(wanted)));
	}

	passageTable(): PassageTable {
		this.#table ??= this.#readTable();
		return this.#table;
	}

	postings(term: string): Uint8Array | null {
		const [list = null, ...more] = this.parts.flatMap((part) => part.postings(term) ?? []);
		return list && more.reduce((joined, next) => ({ last: next.last, list: appendList(joined, next.list) }), list).list;
	}

	vectors(dimension: number): VectorIndex | null {
		if (this.#vectors === undefined) {
			const sorted = this.passageTable().vector.slice().sort();
			const labels = sorted.filter((label, n) => label > 0 && label !== sorted[n - 1]);
			this.#vectors = loadVectors(this.dir, this.manifest, labels, dimension, this.onWarning);
		}
		return this.#vectors;
	}

	close(): void {
		for (const part of this.parts) part.close();
	}

	#readHeadings(): readonly Heading[] {
		const rows: (Heading & { number: number })[] = [];
		for (const part of this.parts) {
			for (const { id, file, issueDate, headline, start } of part.headings())
				rows.push({ id, file, issueDate, headline, start, part, number: rows.length });
		}
		if (this.parts.length === 1) return rows;
		// Each part is in order already: sorting two runs is merging them.
		rows.sort(byPlace).forEach((row, number) => {
			row.number = number;
		});
		return rows;
	}

	#readPeople(): readonly string[] {
		const lists = this.parts.map((part) => part.people());
		return lists.length === 1 ? (lists[0] ?? []) : [...new Set(lists.flat().sort(byCodePoint))];
	}

	#readTable(): PassageTable {
		const rows = this.parts.flatMap((part) => part.passageCounts());
		const firstOf = new Map<number, number>();
		for (let at = 0, last = 0; at < rows.length; at++) {
			const article = rows[at]?.[0] ?? 0;
			if (article !== last) firstOf.set(article, at);
			last = article;
		}
		const table = {
			article: new Uint32Array(rows.length),
			bodyTerms: new Uint32Array(rows.length),
			headlineTerms: new Uint32Array(rows.length),
			vector: new Uint32Array(rows.length),
			numberOf: new Uint32Array(rows.reduce((most, row) => Math.max(most, row[1]), 0) + 1),
		};
		const ids = new Uint32Array(rows.length);
		let passage = 0;
		for (const { id: article, number } of this.headlines()) {
			for (let at = firstOf.get(article) ?? rows.length; rows[at]?.[0] === article; at++, passage++) {
				const [, id, bodyTerms, headlineTerms, vector] = rows[at] as PassageCounts;
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

	/** Numbers of articles by their ids, rising. */
	#numbersOf(ids: readonly number[]): readonly number[] {
		this.#numbers ??= new Map(this.headlines().map(({ id, number }) => [id, number] as const));
		return ids.map((id) => this.#numbers?.get(id) ?? 0).sort((a, b) => a - b);
	}
}

function storedPassage(row: PassageRow, number: number, { number: article, headline }: Heading): StoredPassage {
	if (!passageChecksum(row).equals(row.checksum)) throw damagedRow(`第 ${number} 段`);
	const { start, end, content: id, text } = row;
	return { number, article, id, text, headline, start, end };
}

function byPlace(a: HeadingRow, b: HeadingRow): number {
	return byCodePoint(a.file, b.file) || a.start - b.start;
}

function damagedRow(what: string): IndexError {
	return new IndexError(`索引里${what}已损坏，请运行 wenqu index --rebuild 重建。`);
}
