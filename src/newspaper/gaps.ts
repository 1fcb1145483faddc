import { formOf } from './forms.js';
import { isEmptyLine, linesOf } from './lines.js';
import type { Article, Gap } from './types.js';

/** Names the stretches of a file that no article covers, line by line; neighbours of one kind are one gap. */
export function gapsBetween(articles: readonly Article[], text: string): readonly Gap[] {
	const gaps: Gap[] = [];
	let at = 0;
	for (const article of [...articles, { start: text.length, end: text.length }]) {
		if (article.start > at) name(text.slice(at, article.start), at, gaps);
		at = Math.max(at, article.end);
	}
	return gaps;
}

function name(stretch: string, at: number, gaps: Gap[]): void {
	for (const line of linesOf(stretch)) {
		const reason = isEmptyLine(line) ? 'blank' : reasonOf(line.text, stretch.slice(line.start, line.next));
		const before = gaps.at(-1);
		const start = at + line.start;
		if (before?.end === start && before.reason === reason) gaps[gaps.length - 1] = { ...before, end: at + line.next };
		else gaps.push({ start, end: at + line.next, reason });
	}
}

function reasonOf(text: string, raw: string): Gap['reason'] {
	const form = formOf(text, raw);
	switch (form) {
		case 'caption':
		case 'dateline':
		case 'footer':
			return form;
		case 'tail':
			return 'footer';
		default:
			return 'noise';
	}
}
