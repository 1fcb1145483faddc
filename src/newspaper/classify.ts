import { endsSentence, endsWithCredit, type Form, formOf, isTitleShaped, markOf } from './forms.js';
import { isEmptyLine, lineAt, linesOf, type RawLine } from './lines.js';

/** A line that says something, with what it looks like. `text` is without marks; [from, to) is where that text stands. */
export interface Line {
	readonly start: number;
	readonly next: number;
	readonly from: number;
	readonly to: number;
	readonly text: string;
	readonly form: Form;
	/** Number of `#` in front; 0 without a mark. */
	readonly level: number;
	/** The paragraph before breaks off in mid-sentence and this line takes it up. */
	readonly continues: boolean;
	/** Something stands between this line and the one before: two blank lines or more, where a picture was. */
	readonly apart: boolean;
}

/** How a report begins, when it begins with its paper or its reporter. */
const REPORT_START = /(?:本报讯|本报\s*[(（]\s*记者|本报记者|本报通讯员)/u;
const GLUED_HEADLINE = new RegExp(`^([^。；;\\n]{6,60}?)[\\s]*(?=${REPORT_START.source}\\s*[(（\\s])`, 'u');
const GLUED_REPORT = /[。！？”)）](?=本报讯\s*[(（])/gu;

/** A line that goes on with what the line before left open begins like this. */
const STARTS_OPEN = /^[，。、；：”’）)》】！？,;%％]/u;

/** All lines of a file that say something, in order. */
export function classify(text: string): readonly Line[] {
	const lines: Line[] = [];
	let before: Line | undefined;
	let open: Line | undefined;
	let blanks = 0;
	for (const whole of linesOf(text)) {
		if (isEmptyLine(whole)) {
			blanks++;
			continue;
		}
		for (const raw of unglue(text, whole)) {
			const line = seen(text, raw, before, open, blanks >= 3);
			lines.push(line);
			before = line;
			if (line.form === 'body') open = line;
			else if (line.form === 'heading' || line.form === 'title' || line.form === 'table') open = undefined;
			blanks = 0;
		}
	}
	return lines;
}

function seen(text: string, raw: RawLine, before: Line | undefined, open: Line | undefined, apart: boolean): Line {
	let form = formOf(raw.text, text.slice(raw.start, Math.min(raw.next, raw.start + 4000)));
	const mark = form === 'heading' ? markOf(raw.text) : null;
	const from = raw.from + (mark?.skip ?? 0);
	const to = raw.from + (mark?.end ?? raw.text.length);
	// A short line behind a comma is the rest of a sentence, not a headline.
	if (form === 'title' && before?.form === 'body' && breaksOff(before.text)) form = 'body';
	const continues = form === 'body' && open !== undefined && takesUp(raw.text, open.text);
	return {
		start: raw.start,
		next: raw.next,
		from,
		to,
		text: text.slice(from, to),
		form,
		level: mark?.level ?? 0,
		continues,
		apart,
	};
}

function breaksOff(text: string): boolean {
	return /[，,、]$/u.test(text) || (/[：:]$/u.test(text) && !endsWithCredit(text));
}

function takesUp(text: string, before: string): boolean {
	if (STARTS_OPEN.test(text)) return true;
	return !endsSentence(before) && !startsReport(text);
}

/** Whether a paragraph begins like the first one of a report (`本报讯(记者 …)`). */
export function startsReport(text: string): boolean {
	return REPORT_START.test(text.slice(0, 8)) && text.search(REPORT_START) === 0;
}

/** Parts a line in which a headline, or a whole other report, stands in front of the first words of a report. */
function unglue(text: string, line: RawLine): readonly RawLine[] {
	if (line.text.length < 40 || !REPORT_START.test(line.text)) return [line];
	const cuts: number[] = [];
	const headline = GLUED_HEADLINE.exec(line.text.slice(0, 90))?.[1];
	if (headline !== undefined && isTitleShaped(headline)) cuts.push(line.from + headline.length);
	for (const match of line.text.matchAll(GLUED_REPORT)) cuts.push(line.from + match.index + 1);
	const pieces: RawLine[] = [];
	let start = line.start;
	for (const cut of cuts) {
		if (cut <= start) continue;
		pieces.push(lineAt(text, start, cut, cut));
		start = cut;
	}
	pieces.push(lineAt(text, start, line.to, line.next));
	return pieces;
}
