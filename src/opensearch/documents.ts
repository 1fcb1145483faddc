import { createHash } from 'node:crypto';
import { z } from 'zod';
import { IndexError } from '../errors.js';
import { tellsOfGathering } from '../facts/gathering.js';
import type { Gap, IssueFile } from '../newspaper/types.js';
import type { Passage } from '../passages/types.js';
import { rowChecksum, rowHolds } from '../store/checksums.js';
import type { NewArticle } from '../store/generation-writer.js';
import { termsOf } from '../store/keyword-writer.js';
import { unpackVector } from '../store/packed-vector.js';
import { parseFacts, parseLayout } from '../store/rows.js';
import type { StoredArticle } from '../store/types.js';
import { neighbours } from './neighbours.js';
import { STILL_THERE } from './visibility.js';

const life = z.object({ namespace: z.string(), from: z.int(), until: z.int() });

/** An issue file: its text, and where its articles begin and how many passages each has. */
export const issueDocument = life.extend({
	file: z.string(),
	date: z.string().nullable(),
	sha256: z.string(),
	bytes: z.int(),
	length: z.int(),
	encoding: z.string(),
	gaps: z.string(),
	text: z.string(),
	textSha256: z.string(),
	headlines: z.array(z.string()),
	starts: z.array(z.int()),
	passages: z.array(z.int()),
});
export type IssueDocument = z.infer<typeof issueDocument>;

/** An article. `place` counts from 0 in its issue. */
export const articleDocument = life.extend({
	issue: z.string(),
	place: z.int(),
	start: z.int(),
	end: z.int(),
	headline: z.string(),
	layout: z.string(),
	source: z.string(),
	facts: z.string(),
	checksum: z.string(),
	people: z.array(z.string()),
	/** Those of them who have a part in what it reports. */
	active: z.array(z.string()),
	/** Whether its headline tells of a meeting or another event. */
	gathering: z.boolean(),
});
export type ArticleDocument = z.infer<typeof articleDocument>;

/** A passage. `n` counts from 0 in its article; `body` and `head` are its terms, parted by spaces. */
export const passageDocument = life.extend({
	issue: z.string(),
	place: z.int(),
	n: z.int(),
	start: z.int(),
	end: z.int(),
	content: z.string(),
	headline: z.string(),
	text: z.string(),
	checksum: z.string(),
	body: z.string(),
	head: z.string(),
	body_terms: z.int(),
	headline_terms: z.int(),
	/** The embedder of `packed`; both absent while there is no vector. */
	model: z.string().optional(),
	/** The vector as the embedded store keeps it, a byte a number, in base64: the engine's own copy cannot be read back. */
	packed: z.string().optional(),
});
export type PassageDocument = z.infer<typeof passageDocument>;

/** A document with its id, ready to be written. */
export interface Written {
	readonly id: string;
	readonly document: object;
}

/** An issue's documents. The id of each says in which generation of which namespace it came, so that none meets another. */
export interface IssueDocuments {
	readonly issue: Written & { readonly document: IssueDocument };
	readonly articles: readonly Written[];
	readonly passages: readonly (Written & { readonly document: PassageDocument })[];
}

export function issueId(namespace: string, generation: number, file: string): string {
	return `${namespace}:${generation}:${createHash('sha256').update(file).digest('hex').slice(0, 20)}`;
}

/** Makes the documents of an issue, still without vectors. */
export function documentsOf(
	at: { readonly namespace: string; readonly generation: number },
	issue: Omit<IssueFile, 'encoding'> & { readonly encoding: string },
	gaps: readonly Gap[],
	articles: readonly NewArticle[],
): IssueDocuments {
	const { namespace, generation } = at;
	const id = issueId(namespace, generation, issue.file);
	const lives = { namespace, from: generation, until: STILL_THERE };
	const { file, issueDate: date, sha256, bytes, text, encoding } = issue;
	return {
		issue: {
			id,
			document: {
				...lives,
				...{ file, date, sha256, bytes, length: text.length, encoding, gaps: JSON.stringify(gaps), text },
				textSha256: textDigest(text),
				headlines: articles.map(({ article }) => article.headline),
				starts: articles.map(({ article }) => article.start),
				passages: articles.map(({ passages }) => passages.length),
			},
		},
		articles: articles.map((article, place) => ({
			id: `${id}:${place}`,
			document: { ...lives, ...articleOf(id, place, article), pairs: neighbours(article.source).join(' ') },
		})),
		passages: articles.flatMap(({ passages }, place) =>
			passages.map((passage, n) => ({
				id: `${id}:${place}:${n}`,
				document: { ...lives, issue: id, place, n, ...passageOf(passage) },
			})),
		),
	};
}

function articleOf(issue: string, place: number, { article, source, facts }: NewArticle): object {
	const { start, end, headline, headlineRange, parts } = article;
	const row = {
		start,
		end,
		headline,
		layout: JSON.stringify({ headlineRange, parts }),
		source,
		facts: JSON.stringify(facts),
	};
	const people = [...new Set(facts.people.map(({ name }) => name))];
	const active = [...new Set(facts.people.filter(({ roles }) => roles.length > 0).map(({ name }) => name))];
	return {
		issue,
		place,
		...row,
		checksum: articleChecksum(row),
		people,
		active,
		gathering: tellsOfGathering(headline),
	};
}

type ArticleRow = Pick<ArticleDocument, 'start' | 'end' | 'headline' | 'layout' | 'source' | 'facts'>;

function articleChecksum({ start, end, headline, layout, source, facts }: ArticleRow): string {
	return rowChecksum([start, end, headline, layout, source, facts]).toString('hex');
}

/** The article that a document holds. Throws an IndexError where it is not what was written. */
export function storedArticle(
	document: ArticleDocument,
	at: { readonly number: number; readonly file: string; readonly issueDate: string | null },
): StoredArticle {
	if (articleChecksum(document) !== document.checksum)
		throw new IndexError(`集群里的文章“${document.headline}”已损坏，请运行 wenqu index --rebuild 重建。`);
	const { headline, start, end, layout, source, facts } = document;
	return { ...at, headline, start, end, ...parseLayout(layout), source, facts: parseFacts(facts) };
}

function passageOf(passage: Passage): Omit<PassageDocument, 'namespace' | 'from' | 'until' | 'issue' | 'place' | 'n'> {
	const { id: content, text, headline, start, end } = passage;
	const body = termsOf(text);
	const head = termsOf(headline);
	return {
		...{ start, end, content, headline, text },
		checksum: rowChecksum([start, end, content, headline, text]).toString('hex'),
		...{ body: body.join(' '), head: head.join(' '), body_terms: body.length, headline_terms: head.length },
	};
}

/** Whether a passage is what was written. */
export function passageHolds({ start, end, content, headline, text, checksum }: PassageDocument): boolean {
	return rowHolds([start, end, content, headline, text], Buffer.from(checksum, 'hex'));
}

/** The digest that an issue's text is proven by. Over UTF-16 units, as a lone half of a character must count too. */
export function textDigest(text: string): string {
	return createHash('sha256').update(Buffer.from(text, 'utf16le')).digest('hex');
}

/** Digits of a number of a vector on its way: more than a byte a number holds, and half the way's length. */
const DIGITS = 6;

/** A passage as it is written: with the terms that it is looked up by, a term of the headline twice as in our scores. */
export function searchable(document: PassageDocument): object {
	const { body, head, model, packed } = document;
	const terms = `${body} ${head} ${head}`;
	if (model === undefined || packed === undefined) return { ...document, terms };
	const numbers = Array.from(unpackVector(Buffer.from(packed, 'base64')), (one) => Number(one.toPrecision(DIGITS)));
	return { ...document, terms, vector: numbers };
}
