import type { MappedText, Range } from '../text/mapped.js';

/** One issue file, decoded. `text` is the truth that every offset in wenqu counts in (UTF-16 units). */
export interface IssueFile {
	/** Name inside the seeds folder, `/` between folders: `2024-09-28.txt`. */
	readonly file: string;
	readonly text: string;
	readonly encoding: 'utf-8' | 'gb18030' | 'utf-16';
	/** `YYYY-MM-DD`, from the name or a dateline at the top; null when the file does not say. */
	readonly issueDate: string | null;
	/** sha256 of the bytes on disk, hexadecimal. */
	readonly sha256: string;
	readonly bytes: number;
}

/** What a line of an article is; found by its form, length, place and neighbours. */
export type PartKind =
	| 'kicker'
	| 'headline'
	| 'subtitle'
	| 'attendance'
	| 'byline'
	| 'section'
	| 'paragraph'
	| 'caption'
	| 'table'
	| 'footer';

/** A line (or a table row) of an article, without its line end. `continues`: the paragraph before it was broken in mid-sentence. */
export interface Part extends Range {
	readonly kind: PartKind;
	readonly continues: boolean;
}

/** One article: a contiguous stretch of its file. Articles do not overlap; with the gaps they cover the file. */
export interface Article extends Range {
	readonly file: string;
	readonly issueDate: string | null;
	/** Kicker, headline and subtitle on one line, joined by spaces; marks such as `##` left out. */
	readonly headline: string;
	/** Where the main headline line stands. */
	readonly headlineRange: Range;
	readonly parts: readonly Part[];
}

/** A stretch of the file that belongs to no article: blank space, page footers, stray captions. */
export interface Gap extends Range {
	readonly reason: 'blank' | 'footer' | 'caption' | 'dateline' | 'noise';
}

/** The whole file, every unit of which is in exactly one article or gap, in order. */
export interface ParsedIssue {
	readonly file: string;
	readonly issueDate: string | null;
	readonly articles: readonly Article[];
	readonly gaps: readonly Gap[];
}

/** A line made for reading: broken paragraphs joined, offsets kept to the file. */
export interface ReadingLine {
	readonly kind: PartKind;
	readonly text: MappedText;
}

/** An article made for reading, lines in file order. */
export interface ArticleReading {
	readonly lines: readonly ReadingLine[];
}
