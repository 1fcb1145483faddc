import type Database from 'better-sqlite3';
import { eachPosting } from '../store/postings.js';

/** Proves the inverted index: it names only passages there are, and as many terms of each as the passage has. */
export function checkPostings(database: Database.Database): string[] {
	const expected = new Map(
		(database.prepare('SELECT id, body_terms FROM passages').raw().all() as [number, number][]).map(([id, terms]) => [
			id,
			terms,
		]),
	);
	let strangers = 0;
	const lists = database.prepare('SELECT list FROM postings').pluck().iterate() as IterableIterator<Buffer>;
	for (const list of lists) {
		eachPosting(list, (passage, body) => {
			const left = expected.get(passage);
			if (left === undefined) strangers++;
			else expected.set(passage, left - body);
		});
	}
	const wrong = [...expected.values()].filter((left) => left !== 0).length;
	const grams = database.prepare('SELECT count(*) FROM article_grams').pluck().get() as number;
	const articles = database.prepare('SELECT count(*) FROM articles').pluck().get() as number;
	return [
		...(strangers > 0 ? [`倒排表指向 ${strangers} 处不存在的段落`] : []),
		...(wrong > 0 ? [`${wrong} 段的词数与倒排表不符`] : []),
		...(grams !== articles ? ['字对表与文章数目不符'] : []),
	];
}
