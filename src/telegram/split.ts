import type { Entity, Rich } from './rich.js';

/** The most that a message may hold, in UTF-16 units. */
export const MESSAGE_LIMIT = 4096;
/** The end of a sentence, with the closing marks that belong to it. */
const SENTENCE_END = /[。！？!?；;\n]+[”’」』）)》]*(?![”’」』）)》。！？!?；;\n])/gu;

/**
 * Parts a text into messages: between paragraphs where that leaves a good part, else between sentences, else between
 * characters; never inside a formatted stretch that fits a message, never inside a surrogate pair.
 */
export function split(rich: Rich, limit = MESSAGE_LIMIT): readonly Rich[] {
	const parts: Rich[] = [];
	let start = 0;
	while (rich.text.length - start > limit) {
		const cut = cutIn(rich, start, limit);
		parts.push(slice(rich, start, cut));
		start = cut;
	}
	parts.push(slice(rich, start, rich.text.length));
	return parts.filter((part) => part.text !== '');
}

function cutIn(rich: Rich, start: number, limit: number): number {
	const { text } = rich;
	const most = start + limit;
	const open = (at: number): boolean =>
		!rich.entities.some((one) => one.length <= limit && one.offset < at && at < one.offset + one.length);
	const piece = text.slice(start, most + 1);
	const paragraph = lastOf(ends(/\n/gu, piece, start), most, open);
	if (paragraph > start + limit / 2) return paragraph;
	const sentence = lastOf(ends(SENTENCE_END, piece, start), most, open);
	if (Math.max(paragraph, sentence) > start) return Math.max(paragraph, sentence);
	for (let at = most; at > start; at--) if (open(at) && !insidePair(text, at)) return at;
	return insidePair(text, most) ? most - 1 : most;
}

function ends(pattern: RegExp, piece: string, start: number): readonly number[] {
	return [...piece.matchAll(pattern)].map((match) => start + match.index + match[0].length);
}

function lastOf(places: readonly number[], most: number, open: (at: number) => boolean): number {
	for (let n = places.length - 1; n >= 0; n--) {
		const at = places[n] ?? 0;
		if (at <= most && open(at)) return at;
	}
	return -1;
}

function insidePair(text: string, at: number): boolean {
	return /[\ud800-\udbff]/.test(text[at - 1] ?? '') && /[\udc00-\udfff]/.test(text[at] ?? '');
}

/** A stretch of a text with its formatting, blank ends left out. */
function slice(rich: Rich, start: number, end: number): Rich {
	let from = start;
	let to = end;
	while (from < to && /\s/u.test(rich.text[from] ?? '')) from++;
	while (to > from && /\s/u.test(rich.text[to - 1] ?? '')) to--;
	const entities: Entity[] = [];
	for (const one of rich.entities) {
		const first = Math.max(one.offset, from);
		const last = Math.min(one.offset + one.length, to);
		if (last > first) entities.push({ type: one.type, offset: first - from, length: last - first });
	}
	return { text: rich.text.slice(from, to), entities };
}
