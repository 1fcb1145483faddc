import { readFileSync } from 'node:fs';
import { Answerer } from '../../src/answering/answerer.js';
import type { Desk } from '../../src/answering/desk.js';
import { THRESHOLDS } from '../../src/answering/thresholds.js';
import { parseWording } from '../../src/answering/wording.js';
import { extractFacts } from '../../src/facts/extract.js';
import { parseIssue } from '../../src/newspaper/parse.js';
import { readingOf } from '../../src/newspaper/reading.js';
import type { Reader } from '../../src/reading/types.js';
import { EmbeddedStore } from '../../src/store/embedded-store.js';
import type { Store } from '../../src/store/store.js';
import type { StoredArticle } from '../../src/store/types.js';
import { overlap } from '../../src/text/overlap.js';

/** Reads issue texts as the index does and keeps the articles in memory, numbered by file and place. */
export function articlesOf(issues: Readonly<Record<string, string>>): readonly StoredArticle[] {
	const articles: StoredArticle[] = [];
	for (const file of Object.keys(issues).sort()) {
		const text = issues[file] ?? '';
		const issueDate = /\d{4}-\d{2}-\d{2}/u.exec(file)?.[0] ?? null;
		for (const article of parseIssue({ file, text, issueDate }).articles) {
			const source = text.slice(article.start, article.end);
			articles.push({
				...article,
				number: articles.length,
				source,
				facts: extractFacts(readingOf(article, source)),
			});
		}
	}
	return articles;
}

/** A whole generation in memory, for tests of answering that need no store. */
export function memoryStore(articles: readonly StoredArticle[]): Store {
	const people = [...new Set(articles.flatMap((article) => article.facts.people.map((person) => person.name)))].sort();
	const at = (number: number): StoredArticle => {
		const article = articles[number];
		if (!article) throw new RangeError(`no article ${number}`);
		return article;
	};
	return new EmbeddedStore({
		generation: 1,
		counts: { issues: new Set(articles.map((article) => article.file)).size, articles: articles.length, passages: 0 },
		newestDate:
			articles
				.flatMap((article) => article.issueDate ?? [])
				.sort()
				.at(-1) ?? null,
		headlines: () => articles,
		article: at,
		passage: () => {
			throw new RangeError('no passages in memory');
		},
		passagesOf: () => [],
		articlesNaming: (name) =>
			articles
				.filter((article) => article.facts.people.some((person) => person.name === name))
				.map((article) => article.number),
		people: () => people,
		articlesContaining: (text) =>
			articles.filter((article) => article.source.includes(text)).map((article) => article.number),
		close: () => undefined,
	});
}

/** What an answerer over issue texts works with; articles are ranked by shared character pairs. */
export function deskOver(issues: Readonly<Record<string, string>>, reader: Reader | null = null): Desk {
	const articles = articlesOf(issues);
	const retriever = {
		search: async () => [],
		searchArticles: async (query: string, limit: number) =>
			articles
				.map((article) => ({
					article: article.number,
					score: 2 * overlap(query, article.headline) + overlap(query, article.source),
					hits: [],
				}))
				.filter((found) => found.score > 0)
				.sort((a, b) => b.score - a.score || a.article - b.article)
				.slice(0, limit),
	};
	const wording = parseWording(readFileSync(new URL('../../prompts/answers.md', import.meta.url), 'utf8'));
	return {
		snapshot: memoryStore(articles),
		retriever,
		reader: async () => reader,
		wording,
		thresholds: THRESHOLDS,
	};
}

/** An answerer over issue texts. */
export function answererOver(issues: Readonly<Record<string, string>>, reader: Reader | null = null): Answerer {
	return new Answerer(deskOver(issues, reader), async (file) => issues[file] ?? null);
}
