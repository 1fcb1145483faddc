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
export const HEAD = 320;
const FIRST_SENTENCE = 160;
/** Paragraphs looked at behind each other for the report that a headline closes. */
const MOST_PARAGRAPHS = 60;
const SAID_AGAIN = 0.5;
/** How much better a headline must fit what stands before it than what follows. */
const MARGIN = 0.2;
/** For a paragraph that begins like a report, among those that fit a headline about as well. */
const BONUS = 0.1;
const SAID_AGAIN_SOME = 0.34;
/** What looks like the rest of a sentence is a headline only if nearly all of it is said again. */
const TORN_BUT_TELLING = 0.6;
/** A motto of a few words is said in every report. */
const SHORTEST_TELLING = 10;
/** Headlines of sections are short; what is longer is a report's, but for those in between. */
const SECTION_LENGTH = 12;
const LONGEST_SECTION = 15;
/** An unmarked line without a blank in it that is longer than this is the first piece of a torn sentence. */
const LONGEST_PHRASE = 30;
/** `某市某区召开会议 部署某事`: sections' headings do not have two parts. */
const TWO_PARTS = /^[^\s，]{5,}[\s，][^\s，]{5,}$/u;

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
	const forward = it.next ? told(it.titles, it.next.text.slice(0, HEAD)) : 0;
	if (it.current) {
		const headless = it.current.block === null;
		if (closes(it.titles, it.current, forward) || (headless && !it.next && it.last)) return 'closes';
	}
	if (!it.current) return 'opens';
	if (!it.next) return standsAlone(it) ? 'opens' : 'caption';
	if (it.next.form === 'table') return opensTable(it) ? 'opens' : 'inside';
	return opens(it, title, forward) ? 'opens' : 'inside';
}

/** Whether these headlines stand behind the report that they head; `forward` is how well they fit what follows. */
export function closes(titles: readonly Line[], draft: Draft, forward: number): boolean {
	const length = Math.max(0, ...titles.map((line) => bare(line.text).length));
	const body = length >= SHORTEST_TELLING ? bodyBefore(titles, draft) : null;
	if (!body) return false;
	const enough = draft.block === null || body.begins ? SAID_AGAIN_SOME : SAID_AGAIN;
	return body.score >= enough && body.score >= forward + MARGIN;
}

/** How well headlines fit the beginning of a report: one of them may tell all of it. */
export function told(titles: readonly Line[], head: string): number {
	const whole = saidAgain(titles.map((line) => line.text).join(' '), head);
	const long = titles.filter((line) => bare(line.text).length >= 8);
	return Math.max(whole, ...long.map((line) => saidAgain(line.text, head)));
}

/** A line of a report from which on it may be one of its own, and how well headlines fit it. */
interface BodyBefore {
	readonly at: number;
	readonly score: number;
	/** It begins like a report. */
	readonly begins: boolean;
}

/**
 * Finds the line in a report from which on it is the one that these headlines tell of; null where none does so
 * better than the report's own headline. A report that has a headline keeps its first paragraph.
 */
export function bodyBefore(titles: readonly Line[], draft: Draft): BodyBefore | null {
	const own = draft.block ? [draft.block.main, ...draft.block.subtitles] : null;
	const opening = draft.lines.findIndex(({ kind }) => kind === 'paragraph' || kind === 'table');
	let best: BodyBefore | null = null;
	let paragraphs = 0;
	for (let at = draft.lines.length - 1; at >= 0 && paragraphs < MOST_PARAGRAPHS; at--) {
		const placed = draft.lines[at];
		if (placed?.kind !== 'paragraph' || placed.line.continues) continue;
		if (at === opening && own) break;
		paragraphs++;
		const head = placed.line.text.slice(0, FIRST_SENTENCE);
		const begins = beginsReport(head) || beginsWithDay(head);
		const score = told(titles, head);
		if (score < SAID_AGAIN_SOME || (own && score <= told(own, head))) continue;
		if (!best || score + (begins ? BONUS : 0) >= best.score + (best.begins ? BONUS : 0)) best = { at, score, begins };
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
	const announced =
		quoted ||
		(forward >= 0.34 && length >= SHORTEST_TELLING) ||
		beginsReport(body) ||
		(length > 10 && beginsWithDay(body));
	const heading = titles.find((line) => line.level > 0);
	if (first?.behindOpen && !heading) return quoted || forward >= TORN_BUT_TELLING;
	if (heading) {
		const deeper = (current?.block?.main.level ?? 0) > 0 && heading.level > (current?.block?.main.level ?? 0);
		return announced || !deeper;
	}
	if (announced || titles.length > 1) return true;
	if (length > LONGEST_PHRASE && !/\s/u.test(title)) return false;
	const long = length > LONGEST_SECTION || (length > SECTION_LENGTH && TWO_PARTS.test(title));
	// Where headlines are marked as a rule, an unmarked one must look like one through and through.
	return marked ? long && !goesOn(body) : length > SECTION_LENGTH && (long || !goesOn(body));
}
