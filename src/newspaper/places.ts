import type { Line } from './classify.js';
import { beginsReport, beginsWithDay, goesOn, isNumbered } from './cues.js';
import type { Draft } from './draft.js';
import { bare, saidAgain } from './resemblance.js';

/** Where a group of short lines belongs: it opens a report, closes one (headline behind its body), or stands inside. */
export type Place = 'opens' | 'closes' | 'inside' | 'caption';

/** A group of short lines and what stands around it. */
export interface Group {
	readonly group: readonly Line[];
	readonly titles: readonly Line[];
	/** First line of the body behind the group. */
	readonly next: Line | undefined;
	/** Whether it is the last group in front of that body. */
	readonly last: boolean;
	readonly current: Draft | undefined;
	/** The file marks its headlines (`##`) as a rule. */
	readonly marked: boolean;
}

/** As much of a report's beginning as tells what it is about. */
const HEAD = 160;
/** Paragraphs looked at behind each other for the report that a headline closes. */
const MOST_PARAGRAPHS = 60;
const SAID_AGAIN = 0.5;
const SECTION_LENGTH = 12;

/**
 * Short lines in front of a body that quotes them are its headline, whatever they look like
 * (`记者 某某8月10日下午` is one where a layout took a report's first words for its headline).
 */
export function resembling(run: readonly Line[], next: Line | undefined): readonly Line[] {
	if (next?.form !== 'body') return run;
	const body = bare(next.text.slice(0, 600));
	const titled = run.some((line) => line.form === 'heading' || line.form === 'title');
	return run.map((line, n) => {
		if (line.form === 'heading' || line.form === 'title' || n < run.length - 3) return line;
		const text = bare(line.text);
		const quoted = text.length >= 6 && (body.startsWith(text) || (!titled && body.includes(text)));
		return quoted ? { ...line, form: 'title' as const } : line;
	});
}

/** Decides where a group of short lines belongs. */
export function placeOf(it: Group): Place {
	const title = it.titles.map((line) => line.text).join(' ');
	const forward = it.next ? saidAgain(title, it.next.text.slice(0, HEAD * 2)) : 0;
	if (it.current && forward < 0.4) {
		const headless = it.current.block === null;
		const back = bodyBefore(it.titles, it.current, forward);
		if (back !== null || (headless && !it.next && it.last)) return 'closes';
	}
	if (!it.current) return 'opens';
	if (!it.next) return standsAlone(it) ? 'opens' : 'caption';
	if (it.next.form === 'table') return opensTable(it) ? 'opens' : 'inside';
	return opens(it, title, forward) ? 'opens' : 'inside';
}

/**
 * Index of the line in a report from which on it is the one that these headlines tell of, or null.
 * A report that has a headline keeps its first paragraph.
 */
export function bodyBefore(titles: readonly Line[], draft: Draft, atLeast: number): number | null {
	const title = titles.map((line) => line.text).join(' ');
	const own = draft.block?.main.text;
	let best: number | null = null;
	let bestScore = Math.max(SAID_AGAIN - (own === undefined ? 0.15 : 0), atLeast + 0.15);
	let paragraphs = 0;
	const opening = draft.lines.findIndex(({ kind }) => kind === 'paragraph' || kind === 'table');
	for (let i = draft.lines.length - 1; i >= 0 && paragraphs < MOST_PARAGRAPHS; i--) {
		const placed = draft.lines[i];
		if (placed?.kind !== 'paragraph' || placed.line.continues) continue;
		paragraphs++;
		if (i === opening && own !== undefined) break;
		const head = placed.line.text.slice(0, HEAD);
		const score = saidAgain(title, head);
		if (score >= bestScore && score > (own === undefined ? 0 : saidAgain(own, head))) {
			best = i;
			bestScore = score;
		}
	}
	return best;
}

/** Headlines without a body: a picture's, or marked and longer than a picture's name. */
function standsAlone({ group, titles, last }: Group): boolean {
	const captioned = group.some((line) => line.form === 'caption' && line.text.length >= 12);
	const longest = Math.max(...titles.map((line) => bare(line.text).length));
	return (
		longest >= 8 && (captioned || (titles.some((line) => line.level > 0) && (last || group.length > titles.length)))
	);
}

/** A table with a headline of its own is a report; one inside a report has a plain title. */
function opensTable({ titles, current }: Group): boolean {
	const title = titles.at(-1)?.text ?? '';
	if (titles.some((line) => line.level > 0) && !current?.lines.some(({ kind }) => kind === 'table')) return true;
	return (
		bare(title).length > SECTION_LENGTH &&
		!/(?:表|名单|一览|附件?\d?|单位[:：].*)$/u.test(title) &&
		!/^(?:附|表)/u.test(title)
	);
}

function opens({ group, titles, next, current, marked }: Group, title: string, forward: number): boolean {
	const body = next?.text ?? '';
	const first = titles[0];
	const length = bare(title).length;
	if (titles.length === 1 && first && isNumbered(first.text)) return false;
	if (group.some((line) => line.form === 'attendance')) return true;
	const quoted = length >= 6 && bare(body.slice(0, 600)).includes(bare(titles.at(-1)?.text ?? ''));
	const told = quoted || forward >= 0.34 || beginsReport(body) || (length > 10 && beginsWithDay(body));
	const heading = titles.find((line) => line.level > 0);
	if (heading) {
		const deeper = (current?.block?.main.level ?? 0) > 0 && heading.level > (current?.block?.main.level ?? 0);
		return told || !deeper;
	}
	if (told || titles.length > 1) return true;
	return length > SECTION_LENGTH && !marked && !goesOn(body);
}
