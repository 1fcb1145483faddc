import type { Range } from './mapped.js';

/** How far a stretch is widened at most, in UTF-16 units. */
interface Reach {
	readonly back?: number;
	readonly ahead?: number;
}

/** A stretch widened to the marks around it, which stay outside; to the text's ends, or as far as it may, where there are none. */
export function between(
	text: string,
	{ start, end }: Range,
	mark: RegExp,
	{ back = Number.POSITIVE_INFINITY, ahead = Number.POSITIVE_INFINITY }: Reach = {},
): Range {
	let from = start;
	let to = end;
	while (from > 0 && start - from < back && !mark.test(text[from - 1] ?? '')) from--;
	while (to < text.length && to - end < ahead && !mark.test(text[to] ?? '')) to++;
	return { start: from, end: to };
}

/** What ends a clause of running text. */
export const CLAUSE_END = /[，,；;：:。！？\n]/u;
/** What ends a sentence of running text. */
export const SENTENCE_MARK = /[。！？\n]/u;
