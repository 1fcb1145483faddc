import { extractFacts } from '../facts/extract.js';
import { joinPeople } from '../facts/taking-part.js';
import { parseIssue } from '../newspaper/parse.js';
import { bodyOf, readingOf } from '../newspaper/reading.js';
import type { Article, Gap, IssueFile } from '../newspaper/types.js';
import { cutPassages } from '../passages/cut.js';
import type { Tagger } from '../reading/people.js';
import type { NewArticle } from '../store/generation-writer.js';

/** Of a longer article the rest is left to the grammar alone: people are named early, and a file may be hostile. */
const TAGGED = 3000;

/** Takes an issue through all that is done once: parsed, read for facts, cut into passages. */
export async function workIssue(
	issue: IssueFile,
	tagger: Tagger | null,
): Promise<{ readonly gaps: readonly Gap[]; readonly articles: readonly NewArticle[] }> {
	const { articles, gaps } = parseIssue(issue);
	return { gaps, articles: await Promise.all(articles.map((article) => workArticle(issue, article, tagger))) };
}

async function workArticle(issue: IssueFile, article: Article, tagger: Tagger | null): Promise<NewArticle> {
	const source = issue.text.slice(article.start, article.end);
	const reading = readingOf(article, source);
	const facts = extractFacts(reading);
	const made = { article, source, facts, passages: cutPassages(article, reading) };
	if (!tagger) return made;
	const body = bodyOf(reading);
	const tags = await tagger.tag(body.text.slice(0, TAGGED), article.headline);
	return { ...made, facts: { ...facts, people: joinPeople(facts.people, body, tags) } };
}
