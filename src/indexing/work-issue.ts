import { extractFacts } from '../facts/extract.js';
import { parseIssue } from '../newspaper/parse.js';
import { readingOf } from '../newspaper/reading.js';
import type { Gap, IssueFile } from '../newspaper/types.js';
import { cutPassages } from '../passages/cut.js';
import type { NewArticle } from '../store/generation-writer.js';

/** Takes an issue through all that is done once: parsed, read for facts, cut into passages. */
export function workIssue(issue: IssueFile): {
	readonly gaps: readonly Gap[];
	readonly articles: readonly NewArticle[];
} {
	const { articles, gaps } = parseIssue(issue);
	return {
		gaps,
		articles: articles.map((article) => {
			const source = issue.text.slice(article.start, article.end);
			const reading = readingOf(article, source);
			return { article, source, facts: extractFacts(reading), passages: cutPassages(article, reading) };
		}),
	};
}
