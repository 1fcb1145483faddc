import type { Line } from './classify.js';
import { bare } from './resemblance.js';

/** The lines that head a report: which is the headline, which lead to it, which add to it. */
export interface HeadlineBlock {
	readonly kickers: readonly Line[];
	readonly main: Line;
	readonly subtitles: readonly Line[];
}

/** A line that breaks off where the headline goes on: `… 调研时强调`, `区人大代表某某：`. */
const LEADS_ON = /(?:强调|指出|要求|表示|提出|希望|[：:])$/u;
/** A column's name, or the day's motto: two phrases of a length (`强化责任担当 确保平安稳定`). */
const MOTTO = /^\S{3,12}(?:\s+\S{3,12})+$/u;
const SHORT = 9;

/** Sorts the short lines in front of (or behind) a report into kickers, headline and subtitles. */
export function headlineBlock(titles: readonly Line[]): HeadlineBlock | null {
	const main = titles.some((line) => line.form === 'heading') ? markedMain(titles) : unmarkedMain(titles);
	if (!main) return null;
	const at = titles.indexOf(main);
	const behind = titles.slice(at + 1);
	const leading = behind.filter((line) => /[：:]$/u.test(line.text));
	return {
		kickers: [...titles.slice(0, at), ...leading],
		main,
		subtitles: behind.filter((line) => !leading.includes(line)),
	};
}

/** The block on one line, as citations print it. */
export function headlineText(block: HeadlineBlock): string {
	return [...block.kickers, block.main, ...block.subtitles]
		.map((line) => oneLine(line.text))
		.filter((text) => text !== '')
		.join(' ');
}

/** A text on one line: every run of blanks is one space. */
export function oneLine(text: string): string {
	return text.replace(/[\s\u0000-\u001f\u200b\ufeff]+/gu, ' ').trim();
}

function markedMain(titles: readonly Line[]): Line | undefined {
	const marked = titles.filter((line) => line.form === 'heading');
	const [first, second] = marked;
	// `## 栏目名` above `### 标题`: the shorter, higher one is the column's name.
	if (first && second && bare(first.text).length <= SHORT + 1 && bare(second.text).length > SHORT) return second;
	return first;
}

function unmarkedMain(titles: readonly Line[]): Line | undefined {
	return titles.find((line, n) => !isKicker(line, titles[n + 1])) ?? titles.at(-1);
}

function isKicker(line: Line, next: Line | undefined): boolean {
	if (!next) return false;
	if (LEADS_ON.test(line.text)) return true;
	if (line.text.length <= SHORT && next.text.length > line.text.length) return true;
	return isMotto(line.text);
}

function isMotto(text: string): boolean {
	if (!MOTTO.test(text)) return false;
	const lengths = text.split(/\s+/u).map((phrase) => bare(phrase).length);
	return Math.max(...lengths) - Math.min(...lengths) <= 1 || lengths.length >= 3;
}
