import { createHash } from 'node:crypto';
import type { Article, ArticleReading, PartKind, ReadingLine } from '../newspaper/types.js';
import { fileRange, type MappedText, type Range } from '../text/mapped.js';
import { sentencesOf } from '../text/sentences.js';
import type { Passage } from './types.js';

/** Changes whenever the same article would be cut otherwise: an index cut in another way is built anew. */
export const CHUNKING = 'sentences-350-1';

/** The model reads 512 tokens, one a character, and the headline stands in front. */
const MOST = 350;
/** A rest shorter than this says too little alone: it joins its neighbour when that stays under `MOST_JOINED`. */
const LEAST = 60;
const MOST_JOINED = 420;

const BODY: ReadonlySet<PartKind> = new Set(['attendance', 'section', 'paragraph', 'caption', 'table']);

/** The smallest stretch that is never parted: a sentence, a table row, or a piece of an overlong sentence. */
interface Unit extends Range {
	readonly line: MappedText;
	/** Units of one table stay together where they fit. */
	readonly table: number | null;
}

/** Cuts an article on sentence ends into stretches that are embedded and searched as one. Every article gives at least one. */
export function cutPassages(article: Article, reading: ArticleReading): readonly Passage[] {
	const body = reading.lines.filter((line) => BODY.has(line.kind) && line.text.text.trim());
	const lines = body.length > 0 ? body : reading.lines.filter((line) => line.text.text.trim());
	const groups = joinShort(pack(unitsOf(lines)));
	if (groups.length === 0) return [passage(article.headline, article.headline, article.headlineRange)];
	return groups.map((units) => passage(article.headline, textOf(units), rangeOf(units)));
}

function passage(headline: string, text: string, range: Range): Passage {
	return { id: passageId(headline, text), text, headline, start: range.start, end: range.end };
}

/** Identity by content: the same headline and text have the same id, and so the same vector, in every file. */
export function passageId(headline: string, text: string): string {
	return createHash('sha256').update(`${headline}\n${text}`).digest('hex').slice(0, 32);
}

function unitsOf(lines: readonly ReadingLine[]): Unit[] {
	let table = 0;
	return lines.flatMap((line, n): Unit[] => {
		const { text } = line.text;
		if (line.kind === 'table') {
			if (lines[n - 1]?.kind !== 'table') table++;
			return pieces(text, 0, text.length).map((piece) => ({ line: line.text, table, ...piece }));
		}
		return sentencesOf(text).flatMap(({ start, end }) =>
			pieces(text, start, end).map((piece) => ({ line: line.text, table: null, ...piece })),
		);
	});
}

/** A sentence that is too long by itself is parted behind a comma or, where it has none, anywhere but inside a character. */
function pieces(text: string, start: number, end: number): Range[] {
	const found: Range[] = [];
	let from = start;
	while (end - from > MOST) {
		const window = text.slice(from, from + MOST);
		const comma = Math.max(...['，', '；', '、', ',', ';', ' ', '\t'].map((mark) => window.lastIndexOf(mark)));
		let to = from + (comma > MOST / 3 ? comma + 1 : MOST);
		if (/[\ud800-\udbff]/.test(text[to - 1] ?? '')) to--;
		found.push({ start: from, end: to });
		from = to;
	}
	found.push({ start: from, end });
	return found;
}

function pack(units: readonly Unit[]): Unit[][] {
	const groups: Unit[][] = [];
	let length = 0;
	units.forEach((unit, n) => {
		const own = unit.end - unit.start;
		const opensTable = unit.table !== null && units[n - 1]?.table !== unit.table;
		const needed = opensTable ? Math.max(own, Math.min(tableLength(units, n), MOST)) : own;
		const group = groups.at(-1);
		if (!group || length + needed > MOST) {
			groups.push([unit]);
			length = own;
		} else {
			group.push(unit);
			length += own + 1;
		}
	});
	return groups;
}

function tableLength(units: readonly Unit[], from: number): number {
	let length = 0;
	for (let n = from; n < units.length && units[n]?.table === units[from]?.table; n++)
		length += (units[n]?.end ?? 0) - (units[n]?.start ?? 0) + 1;
	return length;
}

function joinShort(groups: readonly Unit[][]): Unit[][] {
	const joined: Unit[][] = [];
	for (const group of groups) {
		const before = joined.at(-1);
		if (before && lengthOf(group) < LEAST && lengthOf(before) + lengthOf(group) < MOST_JOINED) before.push(...group);
		else joined.push([...group]);
	}
	return joined;
}

function lengthOf(units: readonly Unit[]): number {
	return units.reduce((sum, unit) => sum + unit.end - unit.start, 0);
}

function textOf(units: readonly Unit[]): string {
	return units
		.map((unit, n) => {
			const before = units[n - 1];
			const glue = !before ? '' : before.line === unit.line ? unit.line.text.slice(before.end, unit.start) : '\n';
			return glue + unit.line.text.slice(unit.start, unit.end);
		})
		.join('');
}

/** The file range over all units; lines may stand out of reading order, so the outermost ends count. */
function rangeOf(units: readonly Unit[]): Range {
	const ranges = units.map((unit) => fileRange(unit.line, unit.start, unit.end));
	return {
		start: Math.min(...ranges.map((range) => range.start)),
		end: Math.max(...ranges.map((range) => range.end)),
	};
}
