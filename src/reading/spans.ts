import type { Span } from './types.js';
import type { Window } from './windows.js';
import type { Tokens } from './wordpiece.js';

/** What the model says of the tokens of one window; index 0 is the window's first text token. */
export interface Scores {
	/** Which token of the text comes first. */
	readonly offset: number;
	readonly start: Float32Array;
	readonly end: Float32Array;
	readonly inside: Float32Array;
	/** How well a token as start and a token as end go together, beside what each is worth alone. */
	readonly together: (start: number, end: number) => number;
	/** The score of "not answered here" as a span. */
	readonly none: number;
	/** The score of "answered here". */
	readonly here: number;
}

/** The head's outputs for each token, as in training/model.py: four, then so many of it as a start and so many as an end. */
const PAIR = 32;
export const READER_OUTPUTS = 4 + 2 * PAIR;
const [START, END, INSIDE, HERE, AS_START, AS_END] = [0, 1, 2, 3, 4, 4 + PAIR] as const;

/** The network's numbers for a window by what they mean. */
export function scoresOf(raw: Float32Array, window: Window): Scores {
	const at = (token: number, output: number): number => raw[token * READER_OUTPUTS + output] ?? 0;
	const column = (output: number): Float32Array =>
		Float32Array.from({ length: window.ids.length - 1 - window.first }, (_, i) => at(window.first + i, output));
	const product = (start: number, end: number): number => {
		let sum = 0;
		for (let i = 0; i < PAIR; i++) sum += at(start, AS_START + i) * at(end, AS_END + i);
		return sum;
	};
	return {
		offset: window.offset,
		start: column(START),
		end: column(END),
		inside: column(INSIDE),
		together: (start, end) => product(window.first + start, window.first + end),
		none: at(0, START) + at(0, END) + product(0, 0),
		here: at(0, HERE),
	};
}

/** A candidate in tokens of the text. */
interface Candidate {
	readonly from: number;
	readonly to: number;
	readonly score: number;
}

// Only the best starts and ends can make a best span; more changes nothing and costs time.
const TRIED = 24;
const EDGE = /[\s\p{P}]/u;
// Marks in pairs and signs that belong to what they stand at.
const KEPT = /[《》“”‘’「」『』（）()%％℃°#&]/u;

/** The best spans over all windows of a text, none overlapping a better one. */
export function bestSpans(
	all: readonly Scores[],
	tokens: Tokens,
	text: string,
	count: number,
	maxLength: number,
): Span[] {
	const chosen: Span[] = [];
	const candidates = all.flatMap((scores) => candidatesOf(scores, tokens, maxLength));
	candidates.sort((a, b) => b.score - a.score || a.from - b.from || a.to - b.to);
	for (const candidate of candidates) {
		const span = trimmed(candidate, tokens, text);
		if (!span || chosen.some((other) => span.start < other.end && other.start < span.end)) continue;
		chosen.push(span);
		if (chosen.length === count) break;
	}
	return chosen;
}

/** Runs of tokens that the model takes for parts of an answer, in text order. */
export function pieces(scores: Scores, tokens: Tokens, text: string, threshold: number, maxLength: number): Span[] {
	const found: Span[] = [];
	let from = -1;
	let sum = 0;
	for (let i = 0; i <= scores.inside.length; i++) {
		const score = scores.inside[i] ?? Number.NEGATIVE_INFINITY;
		if (score > threshold) {
			if (from < 0) from = i;
			sum += score;
			continue;
		}
		if (from >= 0) {
			const run = { from: scores.offset + from, to: scores.offset + i - 1, score: sum / (i - from) };
			const span = trimmed(run, tokens, text);
			if (span && span.end - span.start <= maxLength) found.push(span);
		}
		from = -1;
		sum = 0;
	}
	return found;
}

function candidatesOf(scores: Scores, tokens: Tokens, maxLength: number): Candidate[] {
	const found: Candidate[] = [];
	const ends = highest(scores.end);
	for (const i of highest(scores.start)) {
		const from = scores.offset + i;
		for (const j of ends) {
			const to = scores.offset + j;
			if (j < i || (tokens.ends[to] ?? 0) - (tokens.starts[from] ?? 0) > maxLength) continue;
			const alone = (scores.start[i] ?? 0) + (scores.end[j] ?? 0);
			found.push({ from, to, score: alone + scores.together(i, j) - scores.none });
		}
	}
	return found;
}

/** The positions of the highest values; the earlier one where two are equal. */
function highest(values: Float32Array): number[] {
	const order = Array.from(values, (_, i) => i);
	order.sort((a, b) => (values[b] ?? 0) - (values[a] ?? 0) || a - b);
	return order.slice(0, TRIED);
}

/** The span in characters, without the punctuation and spaces at its edges; undefined when nothing is left. */
function trimmed(candidate: Candidate, tokens: Tokens, text: string): Span | undefined {
	let start = tokens.starts[candidate.from] ?? 0;
	let end = tokens.ends[candidate.to] ?? 0;
	const loose = (at: number): boolean => EDGE.test(text.charAt(at)) && !KEPT.test(text.charAt(at));
	while (start < end && loose(start)) start++;
	while (end > start && loose(end - 1)) end--;
	return end > start ? { start, end, score: candidate.score } : undefined;
}
