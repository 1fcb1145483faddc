import type Database from 'better-sqlite3';
import { readIssueFile } from '../newspaper/read.js';
import type { Gap } from '../newspaper/types.js';
import type { Manifest } from '../store/manifest.js';
import { byCodePoint } from '../store/order.js';
import { type ArticleRow, articleChecksum, type IssueRow, issueChecksum, parseFacts } from '../store/rows.js';
import { fold } from '../text/fold.js';
import type { Range } from '../text/mapped.js';
import { passageFaults } from './check-passages.js';
import { reasonOf } from './scan.js';

/** What asks the database for the rows of one issue or article. */
interface Rows {
	readonly articles: Database.Statement;
	readonly people: Database.Statement;
	readonly passages: Database.Statement;
}

/** Proves issues, articles, passages and people against their checksums and, where a folder is given, the issue files. */
export async function checkArticles(
	database: Database.Database,
	seedsDir: string | null,
	counts: Manifest['counts'],
): Promise<string[]> {
	const problems: string[] = [];
	const issues = database.prepare('SELECT * FROM issues ORDER BY file').all() as IssueRow[];
	const rows: Rows = {
		articles: database.prepare('SELECT * FROM articles WHERE issue = ? ORDER BY start'),
		people: database.prepare('SELECT name FROM people WHERE article = ? ORDER BY name').pluck(),
		passages: database.prepare('SELECT * FROM passages WHERE article = ? ORDER BY id'),
	};
	let articles = 0;
	for (const issue of issues) {
		const own = rows.articles.all(issue.id) as ArticleRow[];
		articles += own.length;
		if (!issueChecksum(issue).equals(issue.checksum)) problems.push(`${issue.file}：期的记录已损坏`);
		else {
			const source = seedsDir ? await sourceOf(seedsDir, issue) : null;
			problems.push(...coverFaults(issue, own), ...sourceFaults(source, issue, own));
		}
		for (const article of own) problems.push(...articleFaults(rows, issue.file, article));
	}
	const passages = database.prepare('SELECT count(*) FROM passages').pluck().get() as number;
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

/** The issue file's text, or what is wrong with the file. */
type Source = { readonly text: string } | { readonly fault: string };

async function sourceOf(seedsDir: string, issue: IssueRow): Promise<Source> {
	try {
		const { text, sha256 } = await readIssueFile(seedsDir, issue.file);
		return sha256 === issue.sha256 ? { text } : { fault: '文件在建索引之后有变动，请运行 wenqu index' };
	} catch (error) {
		return { fault: reasonOf(error) };
	}
}

function sourceFaults(source: Source | null, issue: IssueRow, articles: readonly ArticleRow[]): string[] {
	if (!source) return [];
	if ('fault' in source) return [`${issue.file}：${source.fault}`];
	return articles
		.filter((article) => source.text.slice(article.start, article.end) !== article.source)
		.map(({ headline }) => `${issue.file}：“${headline}”的原文与文件不一致`);
}

function articleFaults(rows: Rows, file: string, article: ArticleRow): string[] {
	const name = `${file}：“${article.headline}”`;
	if (!articleChecksum(article).equals(article.checksum)) return [`${name}的记录已损坏`];
	const problems: string[] = [];
	const { people } = parseFacts(article.facts);
	for (const person of people) {
		if (squeeze(sliceOf(article, person)) !== squeeze(person.name))
			problems.push(`${name}的人物“${person.name}”与原文不符`);
	}
	const listed = (rows.people.all(article.id) as string[]).join('\n');
	if (listed !== [...new Set(people.map((person) => person.name))].sort(byCodePoint).join('\n')) {
		problems.push(`${name}的人名表与文章不符`);
	}
	return [...problems, ...passageFaults(rows.passages, name, file, article)];
}

function sliceOf(article: ArticleRow, { start, end }: Range): string {
	return article.source.slice(start - article.start, end - article.start);
}

function squeeze(text: string): string {
	return fold(text).replace(/\s+/gu, '');
}
