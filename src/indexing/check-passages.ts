import type Database from 'better-sqlite3';
import { readingOf } from '../newspaper/reading.js';
import { cutPassages } from '../passages/cut.js';
import type { Passage } from '../passages/types.js';
import { type ArticleRow, type PassageRow, parseLayout, passageChecksum } from '../store/rows.js';

/** Proves the passages of an article: each row is what was written, and together they are what its text gives, cut anew. */
export function passageFaults(
	passagesOf: Database.Statement,
	name: string,
	file: string,
	article: ArticleRow,
): string[] {
	const rows = passagesOf.all(article.id) as PassageRow[];
	if (rows.length === 0) return [`${name}没有段落`];
	const { headline, start, end, source } = article;
	const whole = { file, issueDate: null, headline, start, end, ...parseLayout(article.layout) };
	const cut = cutPassages(whole, readingOf(whole, source));
	const holds = rows.length === cut.length && rows.every((row, n) => isOf(row, cut[n]));
	return holds ? [] : [`${name}有一段与原文不符`];
}

function isOf(row: PassageRow, passage: Passage | undefined): boolean {
	if (!passage || !passageChecksum(row).equals(row.checksum)) return false;
	const { id, text, start, end } = passage;
	return row.content === id && row.text === text && row.start === start && row.end === end;
}
