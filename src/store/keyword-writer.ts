import type Database from 'better-sqlite3';
import { segment } from '../text/segment.js';
import { appendList, appendPosting, type PackedList, packPostings, unpackPostings } from './postings.js';

/** Terms of one passage: how often each stands in the body and in the headline. */
type Counts = ReadonlyMap<string, { body: number; headline: number }>;

/** So many postings are gathered in memory before they are written. */
const GATHERED_MOST = 1_500_000;

/** Keeps the inverted index of the keyword leg: for each term the passages that hold it. */
export class KeywordWriter {
	readonly #added = new Map<string, PackedList>();
	readonly #removed = new Map<string, Set<number>>();
	#gathered = 0;

	constructor(private readonly database: Database.Database) {}

	/** Adds a passage; ids must rise. Returns how many terms body and headline have, for length normalisation. */
	add(passage: number, text: string, headline: string): { readonly body: number; readonly headline: number } {
		const counts = countTerms(text, headline);
		let body = 0;
		let head = 0;
		for (const [term, count] of counts) {
			body += count.body;
			head += count.headline;
			let list = this.#added.get(term);
			if (!list) {
				list = { last: 0, bytes: [] };
				this.#added.set(term, list);
			}
			appendPosting(list, { passage, ...count });
		}
		this.#gathered += counts.size;
		if (this.#gathered > GATHERED_MOST) this.flush();
		return { body, headline: head };
	}

	/** Removes a passage; all removals come before the first addition, as ids may be used again. */
	remove(passage: number, text: string, headline: string): void {
		for (const term of countTerms(text, headline).keys()) {
			const passages = this.#removed.get(term);
			if (passages) passages.add(passage);
			else this.#removed.set(term, new Set([passage]));
		}
	}

	flush(): void {
		this.#flushRemoved();
		const read = this.database.prepare('SELECT last, list FROM postings WHERE term = ?');
		const write = this.database.prepare(
			'INSERT INTO postings (term, last, list) VALUES (?, ?, ?) ON CONFLICT (term) DO UPDATE SET last = excluded.last, list = excluded.list',
		);
		// In the order of the table, which spares SQLite jumping about in it.
		for (const term of [...this.#added.keys()].sort()) {
			const list = this.#added.get(term);
			if (!list) continue;
			const old = read.get(term) as { last: number; list: Buffer } | undefined;
			const fresh = Buffer.from(list.bytes);
			write.run(term, list.last, old ? appendList(old, fresh) : fresh);
		}
		this.#added.clear();
		this.#gathered = 0;
	}

	#flushRemoved(): void {
		const read = this.database.prepare('SELECT list FROM postings WHERE term = ?').pluck();
		const write = this.database.prepare('UPDATE postings SET last = ?, list = ? WHERE term = ?');
		const drop = this.database.prepare('DELETE FROM postings WHERE term = ?');
		for (const [term, passages] of this.#removed) {
			const list = read.get(term) as Buffer | undefined;
			if (!list) continue;
			const left = unpackPostings(list).filter(({ passage }) => !passages.has(passage));
			if (left.length === 0) drop.run(term);
			else write.run(left.at(-1)?.passage ?? 0, packPostings(left), term);
		}
		this.#removed.clear();
	}
}

function countTerms(text: string, headline: string): Counts {
	const counts = new Map<string, { body: number; headline: number }>();
	const count = (term: string, field: 'body' | 'headline'): void => {
		const known = counts.get(term);
		if (known) known[field]++;
		else counts.set(term, { body: 0, headline: 0, [field]: 1 });
	};
	for (const term of termsOf(text)) count(term, 'body');
	for (const term of termsOf(headline)) count(term, 'headline');
	return counts;
}

/** Terms as the table keys them: words and character pairs that are written alike are kept apart. */
export function termsOf(text: string): string[] {
	const { words, grams } = segment(text);
	return [...words.map((word) => `w${word}`), ...grams.map((gram) => `g${gram}`)];
}
