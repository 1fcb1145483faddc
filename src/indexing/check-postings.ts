import type Database from 'better-sqlite3';
import { eachPosting } from '../store/postings.js';

const AT_ONCE = 50_000;

/** Proves the inverted index: it names only passages there are, and as many terms of each as the passage has. */
export function checkPostings(database: Database.Database): string[] {
	const passages = database.prepare('SELECT id, body_terms FROM passages ORDER BY id').raw().all() as [
		number,
		number,
	][];
	// By id, because there are some million postings: how many terms are still to be found, and whether there is such a passage.
	const most = passages.at(-1)?.[0] ?? 0;
	const left = new Int32Array(most + 1);
	const isThere = new Uint8Array(most + 1);
	for (const [id, terms] of passages) {
		left[id] = terms;
		isThere[id] = 1;
	}
	let strangers = 0;
	for (const list of listsOf(database)) {
		eachPosting(list, (passage, body) => {
			if (isThere[passage] === 1) left[passage] = (left[passage] ?? 0) - body;
			else strangers++;
		});
	}
	const wrong = left.reduce((sum, terms) => sum + Number(terms !== 0), 0);
	const grams = database.prepare('SELECT count(*) FROM article_grams').pluck().get() as number;
	const articles = database.prepare('SELECT count(*) FROM articles').pluck().get() as number;
	return [
		...(strangers > 0 ? [`倒排表指向 ${strangers} 处不存在的段落`] : []),
		...(wrong > 0 ? [`${wrong} 段的词数与倒排表不符`] : []),
		...(grams !== articles ? ['字对表与文章数目不符'] : []),
	];
}

/** Every list of the index. They come thousands in one row: half a million rows of a few bytes each take a second. */
function* listsOf(database: Database.Database): Generator<Uint8Array> {
	const some = database
		.prepare(
			`SELECT max(term), group_concat(hex(list), ''), group_concat(length(list)) FROM
			 (SELECT term, list FROM postings WHERE term > ? ORDER BY term LIMIT ${AT_ONCE})`,
		)
		.raw();
	for (let last: string | null = ''; last !== null; ) {
		const [term, hex, lengths] = some.get(last) as [string, string, string] | [null, null, null];
		last = term;
		if (term === null) return;
		const bytes = new Uint8Array(Buffer.from(hex, 'hex'));
		let at = 0;
		for (const length of lengths.split(',')) {
			yield bytes.subarray(at, at + Number(length));
			at += Number(length);
		}
	}
}
