import { joinMapped, type MappedText } from '../text/mapped.js';
import type { Article, ArticleReading, Part, PartKind, ReadingLine } from './types.js';

/**
 * Makes an article for reading: paragraphs that were broken in mid-sentence are one line, letters and digits of
 * double width are plain ones, runs of blanks are one space. `source` is the file's text at
 * [article.start, article.end); the offsets count in the file.
 */
export function readingOf(article: Article, source: string): ArticleReading {
	const lines: { kind: PartKind; pieces: MappedText[] }[] = [];
	let paragraph: { kind: PartKind; pieces: MappedText[] } | undefined;
	for (const part of article.parts) {
		const text = readable(source, part, article.start);
		if (text.text === '') continue;
		if (part.kind === 'paragraph' && part.continues && paragraph) {
			paragraph.pieces.push(text);
			continue;
		}
		const line = { kind: part.kind, pieces: [text] };
		lines.push(line);
		if (part.kind === 'paragraph') paragraph = line;
		// What a caption or a page's foot interrupts goes on behind it; a section or a table begins anew.
		else if (part.kind === 'section' || part.kind === 'table' || part.kind === 'headline') paragraph = undefined;
	}
	return { lines: lines.map(({ kind, pieces }): ReadingLine => ({ kind, text: joinMapped(pieces) })) };
}

const BESIDE_THE_BODY: ReadonlySet<PartKind> = new Set(['kicker', 'headline', 'subtitle', 'table', 'footer']);

/** Paragraphs, section headings and captions, parted by line feeds: what is read as the text of an article. */
export function bodyOf(reading: ArticleReading): MappedText {
	const lines = reading.lines.filter((line) => !BESIDE_THE_BODY.has(line.kind));
	return joinMapped(
		lines.map((line) => line.text),
		'\n',
	);
}

const FULL_WIDTH_OFFSET = 0xfee0;

/** One part, folded: every unit that is left knows where it stands in the file. */
function readable(source: string, part: Part, articleStart: number): MappedText {
	const table = part.kind === 'table';
	const units: string[] = [];
	const offsets: number[] = [];
	for (let at = part.start; at < part.end; at++) {
		const unit = folded(source.charCodeAt(at - articleStart), table);
		if (unit === '') continue;
		if (unit === ' ' && (units.length === 0 || units.at(-1) === ' ')) continue;
		units.push(unit);
		offsets.push(at);
	}
	while (units.at(-1) === ' ') {
		units.pop();
		offsets.pop();
	}
	return { text: units.join(''), offsets: Uint32Array.from(offsets) };
}

function folded(code: number, keepTabs: boolean): string {
	if (code === 9 && keepTabs) return '\t';
	if (isBlank(code)) return ' ';
	if (isInvisible(code)) return '';
	const digit = code >= 0xff10 && code <= 0xff19;
	const letter = (code >= 0xff21 && code <= 0xff3a) || (code >= 0xff41 && code <= 0xff5a);
	return String.fromCharCode(digit || letter ? code - FULL_WIDTH_OFFSET : code);
}

function isBlank(code: number): boolean {
	return (
		code === 32 || (code >= 9 && code <= 13) || code === 0xa0 || code === 0x3000 || (code >= 0x2000 && code <= 0x200a)
	);
}

function isInvisible(code: number): boolean {
	return code < 32 || code === 0x7f || (code >= 0x200b && code <= 0x200f) || code === 0x2060 || code === 0xfeff;
}
