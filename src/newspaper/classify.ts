import { goesOn, REPORT_START, startsReport } from './cues.js';
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
	/** Short, and either the rest of the sentence before or the beginning of one: hardly a headline. */
	readonly behindOpen: boolean;
}

const GLUED_HEADLINE = new RegExp(`^([^。；;\\n]{6,60}?)[\\s]*(?=${REPORT_START.source}\\s*[(（\\s])`, 'u');
const GLUED_REPORT = /[。！？”)）](?=本报讯\s*[(（])/gu;

/** A line that goes on with what the line before left open begins like this. */
const STARTS_OPEN = /^[，。、；：”’）)》】！？,;%％]/u;

const DAY_FIRST = '(?:20\\d\\d年)?\\d{1,2}月\\d{1,2}日(?:早|晚|上午|下午|中午|早上|晚上|晚间|凌晨)?[，,]';
/** First words of a sentence in a report: the day, or who says what comes. */
const OPENS_SENTENCE = new RegExp(
	`^(?:${DAY_FIRST}|\\p{Script=Han}{2,8}(?:要求|强调|指出|表示|认为|介绍|透露|提出|希望|建议|说)[，,])`,
	'u',
);
const BEGINS_REPORT = new RegExp(`^(?:本报|记者\\s|通讯员\\s|\\S{2,10}讯\\s*[(（]|${DAY_FIRST})`, 'u');
/** No headline begins so. */
const FIRST_WORDS = /^(?:本报讯|本报[(（]|(?:近日|日前|昨[日天]|今[日天])(?:上午|下午|晚)?[，,])/u;
/** Words behind which something has to come. */
const ENDS_OPEN = /[的和与及把被]$/u;
const PAIRS = [
	['《', '》'],
	['“', '”'],
	['（', '）'],
] as const;

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
	// Behind the people who took part comes the report, be its first line ever so short.
	if (form === 'title' && before?.form === 'attendance' && BEGINS_REPORT.test(raw.text)) form = 'body';
	if (form === 'title' && FIRST_WORDS.test(raw.text)) form = 'body';
	const mark = form === 'heading' ? markOf(raw.text) : null;
	const from = raw.from + (mark?.skip ?? 0);
	const to = raw.from + (mark?.end ?? raw.text.length);
	const rest = form === 'title' && before?.form === 'body' && (breaksOff(before.text) || isFragment(raw.text, before));
	const continues = (form === 'body' || rest) && open !== undefined && takesUp(raw.text, open.text);
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
		behindOpen: rest,
	};
}

/** Whether a short line behind a paragraph is what a break left of a sentence. */
function isFragment(text: string, before: Line): boolean {
	if (endsWithCredit(before.text)) return false;
	const open = goesOn(text) || OPENS_SENTENCE.test(text) || ENDS_OPEN.test(text) || !isBalanced(text);
	return open || (text.match(/[，,]/gu)?.length ?? 0) >= 2;
}

/** Whether every bracket and quotation mark that opens is shut. */
function isBalanced(text: string): boolean {
	return PAIRS.every(([open, shut]) => text.split(open).length === text.split(shut).length);
}

function breaksOff(text: string): boolean {
	return /[，,、]$/u.test(text) || (/[：:]$/u.test(text) && !endsWithCredit(text));
}

function takesUp(text: string, before: string): boolean {
	if (STARTS_OPEN.test(text)) return true;
	return !endsSentence(before) && !startsReport(text);
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
