import type Database from 'better-sqlite3';
import { readIssueFile } from '../newspaper/read.js';
import type { Gap } from '../newspaper/types.js';
import { passageId } from '../passages/cut.js';
import type { Manifest } from '../store/manifest.js';
import {
	type ArticleRow,
	articleChecksum,
	type IssueRow,
	issueChecksum,
	type PassageRow,
	parseFacts,
	passageChecksum,
} from '../store/rows.js';
import type { Range } from '../text/mapped.js';
import { fold } from '../text/segment.js';
import { reasonOf } from './scan.js';

/** Proves issues, articles, passages and people against their checksums and, where a folder is given, the issue files. */
export async function checkArticles(
	database: Database.Database,
	seedsDir: string | null,
	manifest: Pick<Manifest, 'counts'>,
): Promise<string[]> {
	const problems: string[] = [];
	const issues = database.prepare('SELECT * FROM issues ORDER BY file').all() as IssueRow[];
	const articlesOf = database.prepare('SELECT * FROM articles WHERE issue = ? ORDER BY start');
	let articles = 0;
	for (const issue of issues) {
		const rows = articlesOf.all(issue.id) as ArticleRow[];
		articles += rows.length;
		if (!issueChecksum(issue).equals(issue.checksum)) problems.push(`${issue.file}：期的记录已损坏`);
		else problems.push(...coverFaults(issue, rows), ...(seedsDir ? await sourceFaults(seedsDir, issue, rows) : []));
		for (const row of rows) problems.push(...articleFaults(database, issue.file, row));
	}
	const passages = database.prepare('SELECT count(*) FROM passages').pluck().get() as number;
	const { counts } = manifest;
	if (issues.length !== counts.issues || articles !== counts.articles || passages !== counts.passages) {
		problems.push('期、文章或段落的数目与清单不符');
	}
	return problems;
}

/** Articles and gaps, put in order, must cover the file from end to end without overlap. */
function coverFaults(issue: IssueRow, articles: readonly ArticleRow[]): string[] {
	const gaps = JSON.parse(issue.gaps) as readonly Gap[];
	const ranges: Range[] = [...articles, ...gaps].sort((a, b) => a.start - b.start || a.end - b.end);
	let at = 0;
	for (const { start, end } of ranges) {
		if (start !== at) return [`${issue.file}：第 ${Math.min(start, at)} 个字符起不在任何文章或空白里，或重叠`];
		at = end;
	}
	return at === issue.length ? [] : [`${issue.file}：第 ${at} 个字符起不在任何文章或空白里`];
}

async function sourceFaults(seedsDir: string, issue: IssueRow, articles: readonly ArticleRow[]): Promise<string[]> {
	try {
		const { text, sha256 } = await readIssueFile(seedsDir, issue.file);
		if (sha256 !== issue.sha256) return [`${issue.file}：文件在建索引之后有变动，请运行 wenqu index`];
		return articles
			.filter(({ start, end, source }) => text.slice(start, end) !== source)
			.map(({ headline }) => `${issue.file}：“${headline}”的原文与文件不一致`);
	} catch (error) {
		return [`${issue.file}：${reasonOf(error)}`];
	}
}

function articleFaults(database: Database.Database, file: string, article: ArticleRow): string[] {
	const name = `${file}：“${article.headline}”`;
	if (!articleChecksum(article).equals(article.checksum)) return [`${name}的记录已损坏`];
	const problems: string[] = [];
	const { people } = parseFacts(article.facts);
	for (const person of people) {
		if (squeeze(sliceOf(article, person)) !== squeeze(person.name))
			problems.push(`${name}的人物“${person.name}”与原文不符`);
	}
	const listed = database
		.prepare('SELECT name FROM people WHERE article = ? ORDER BY name')
		.pluck()
		.all(article.id) as string[];
	if (listed.join('\n') !== [...new Set(people.map((person) => person.name))].sort(byCodePoint).join('\n')) {
		problems.push(`${name}的人名表与文章不符`);
	}
	const passages = database.prepare('SELECT * FROM passages WHERE article = ?').all(article.id) as PassageRow[];
	if (passages.length === 0) problems.push(`${name}没有段落`);
	for (const passage of passages) if (!passageHolds(article, passage)) problems.push(`${name}有一段与原文不符`);
	return problems;
}

/** The row is what was written, its id is that of its text, and its text stands in the article in this order. */
function passageHolds(article: ArticleRow, passage: PassageRow): boolean {
	if (!passageChecksum(passage).equals(passage.checksum)) return false;
	if (passageId(article.headline, passage.text) !== passage.content) return false;
	if (passage.start < article.start || passage.end > article.end) return false;
	const source = squeeze(sliceOf(article, passage));
	let at = 0;
	for (const char of squeeze(passage.text)) {
		const next = source.indexOf(char, at);
		if (next < 0) return false;
		at = next + char.length;
	}
	return true;
}

function sliceOf(article: ArticleRow, { start, end }: Range): string {
	return article.source.slice(start - article.start, end - article.start);
}

function squeeze(text: string): string {
	return fold(text).replace(/\s+/gu, '');
}

/** As SQLite sorts: by UTF-8 bytes. */
function byCodePoint(a: string, b: string): number {
	return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
