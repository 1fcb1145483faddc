import { CLS, SEP, type Tokens } from './wordpiece.js';

/** One input of the model: question, context and a stretch of the text. */
export interface Window {
	readonly ids: readonly number[];
	/** Where the second part begins (context or text); the first is [CLS] question [SEP]. */
	readonly second: number;
	/** Where the text's tokens begin; the last id is [SEP]. */
	readonly first: number;
	/** Which token of the text stands at `first`. */
	readonly offset: number;
}

// As in training: what is longer is cut.
const LONGEST_QUESTION = 48;
const LONGEST_CONTEXT = 40;
// Tokens that two neighbouring windows share, so that no answer is cut in two.
const OVERLAP = 72;
/** Read in two it costs nearly twice as much and is answered no better, though the model was trained on shorter windows. */
const LITTLE = 64;
const SENTENCE_END = /[。！？；!?;]/u;

/**
 * Cuts a text into windows of at most `size` tokens that begin at sentences where they can; one that is little longer
 * than a window is read as one.
 */
export function windows(question: Tokens, text: Tokens, source: string, context: Tokens, size: number): Window[] {
	const front = [CLS, ...question.ids.slice(0, LONGEST_QUESTION), SEP];
	const second = front.length;
	if (context.ids.length > 0) front.push(...context.ids.slice(0, LONGEST_CONTEXT), SEP);
	const fits = text.ids.length + front.length + 1 <= size + LITTLE;
	const room = fits ? text.ids.length : size - front.length - 1;
	const made: Window[] = [];
	let offset = 0;
	for (;;) {
		const end = Math.min(offset + room, text.ids.length);
		made.push({ ids: [...front, ...text.ids.slice(offset, end), SEP], second, first: front.length, offset });
		if (end >= text.ids.length) return made;
		offset = nextStart(text, source, offset, end);
	}
}

/** The last sentence start that keeps the overlap; in one endless sentence, simply the overlap. */
function nextStart(text: Tokens, source: string, offset: number, end: number): number {
	const latest = Math.max(offset + 1, end - OVERLAP);
	const earliest = Math.max(offset + 1, latest - OVERLAP);
	for (let i = latest; i >= earliest; i--) {
		const before = source.slice(text.ends[i - 1], text.starts[i]);
		if (SENTENCE_END.test(source.slice(text.starts[i - 1], text.ends[i - 1])) || before.includes('\n')) return i;
	}
	return latest;
}
