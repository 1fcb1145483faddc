import { bodyOf, readingOf } from '../newspaper/reading.js';
import type { ArticleReading } from '../newspaper/types.js';
import type { Reader } from '../reading/types.js';
import type { Retriever } from '../retrieval/types.js';
import type { Store } from '../store/store.js';
import type { StoredArticle } from '../store/types.js';
import { fileRange, type MappedText, type Range } from '../text/mapped.js';
import { sentencesOf } from '../text/sentences.js';
import type { Thresholds } from './thresholds.js';
import type { Citation } from './types.js';
import type { Wording } from './wording.js';

/** What an answerer works with: one generation of the index, the ways to search it, and the reader when there is one. */
export interface Desk {
	readonly snapshot: Store;
	readonly retriever: Retriever;
	readonly reader: () => Promise<Reader | null>;
	readonly wording: Wording;
	readonly thresholds: Thresholds;
}

/** An article that may hold the answer, made for reading. */
export interface Candidate {
	readonly article: StoredArticle;
	/** Rank score of the retriever, the best candidate's being 1. */
	readonly score: number;
	/** Raw score, comparable between questions only roughly. */
	readonly raw: number;
	readonly reading: ArticleReading;
	/** Paragraphs, section headings and captions, parted by line feeds; the headline is read along as context. */
	readonly body: MappedText;
}

/** Makes a stored article ready to be read. */
export function candidateOf(article: StoredArticle, score: number, raw: number): Candidate {
	const reading = readingOf(article, article.source);
	return { article, score, raw, reading, body: bodyOf(reading) };
}

/** A quote of an article as a citation; the range counts in the issue file. */
export function cite(article: StoredArticle, range: Range): Citation {
	return {
		file: article.file,
		issueDate: article.issueDate,
		headline: article.headline,
		quote: article.source.slice(range.start - article.start, range.end - article.start),
		start: range.start,
		end: range.end,
	};
}

/** The sentence of the body around [start, end), as a citation. */
export function citeSentence(candidate: Candidate, start: number, end: number): Citation {
	const sentences = sentencesOf(candidate.body.text);
	const first = sentences.find((sentence) => sentence.end > start);
	const last = sentences.findLast((sentence) => sentence.start < end);
	const from = Math.min(first?.start ?? start, start);
	const to = Math.max(last?.end ?? end, end);
	return cite(candidate.article, fileRange(candidate.body, from, to));
}

/** The main headline line as printed, without kicker, subtitle and marks. */
export function mainHeadline(article: StoredArticle): string {
	const { start, end } = article.headlineRange;
	return article.source
		.slice(start - article.start, end - article.start)
		.replace(/^[#\s]+/u, '')
		.trim();
}

/** The citation of the whole headline line, for answers about an article as such. */
export function citeHeadline(article: StoredArticle): Citation {
	return cite(article, article.headlineRange);
}
