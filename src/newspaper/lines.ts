/** A line of an issue file as it stands: offsets of the whole line, and of what is left without the blanks at its ends. */
export interface RawLine {
	/** Where the line begins. */
	readonly start: number;
	/** Where the next line begins: behind the line end. */
	readonly next: number;
	/** Where its text begins and ends; equal for a blank line. */
	readonly from: number;
	readonly to: number;
	/** The text between `from` and `to`. */
	readonly text: string;
}

const BLANK = /[\s\uFEFF\u200B-\u200F\u2060\u0000-\u0008]/u;

/** A rule or other line without a single letter or digit: it separates, it says nothing. */
const WITHOUT_LETTERS = /^[^\p{L}\p{N}]*$/u;

/** Cuts a file into lines; every unit is in exactly one. Ends are LF, CRLF or CR, kept with their line. */
export function linesOf(text: string): readonly RawLine[] {
	const lines: RawLine[] = [];
	let start = 0;
	while (start < text.length) {
		const end = endOfLine(text, start);
		const next = text[end] === '\r' && text[end + 1] === '\n' ? end + 2 : Math.min(end + 1, text.length);
		lines.push(lineAt(text, start, end, next));
		start = next;
	}
	return lines;
}

/** The line of [start, end), trimmed; `next` is where the one behind it begins. */
export function lineAt(text: string, start: number, end: number, next: number): RawLine {
	let from = start;
	while (from < end && BLANK.test(text[from] ?? '')) from++;
	let to = end;
	while (to > from && BLANK.test(text[to - 1] ?? '')) to--;
	return { start, next, from, to, text: text.slice(from, to) };
}

/** Whether a line says nothing: blank, or a mere rule. */
export function isEmptyLine(line: RawLine): boolean {
	return line.text === '' || (line.text.length < 200 && WITHOUT_LETTERS.test(line.text));
}

function endOfLine(text: string, start: number): number {
	let end = start;
	while (end < text.length) {
		const code = text.charCodeAt(end);
		if (code === 10 || code === 13) break;
		end++;
	}
	return end;
}
