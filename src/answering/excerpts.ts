import { sentencesOf } from '../text/sentences.js';
import { overlap } from './overlap.js';

/** A stretch of a text, UTF-16 offsets in it. */
export interface Excerpt {
	readonly start: number;
	readonly end: number;
}

/** About as many characters as one window of the reader holds beside the question and the headline. */
const SIZE = 320;
/** The lead of a report says when, where and who; it is worth as much as this share of the question's words. */
const LEAD = 0.15;

/** Cuts a text on sentence ends into stretches of at most some 320 characters, in order. */
function cut(text: string): Excerpt[] {
	const pieces: Excerpt[] = [];
	for (const { start, end } of sentencesOf(text)) {
		const last = pieces.at(-1);
		if (last && end - last.start <= SIZE) pieces[pieces.length - 1] = { start: last.start, end };
		else pieces.push({ start, end });
	}
	return pieces;
}

/** The stretches of a text that are worth reading for a question: at most `most`, neighbours joined, in order. */
export function excerptsFor(topic: string, text: string, most: number): readonly Excerpt[] {
	const pieces = cut(text).map((piece, n) => ({
		...piece,
		n,
		score: overlap(topic, text.slice(piece.start, piece.end)) + (n === 0 ? LEAD : 0),
	}));
	const chosen = [...pieces]
		.sort((a, b) => b.score - a.score || a.n - b.n)
		.slice(0, most)
		.sort((a, b) => a.n - b.n);
	const joined: Excerpt[] = [];
	let before = -2;
	for (const { start, end, n } of chosen) {
		if (n === before + 1 && joined.length > 0)
			joined[joined.length - 1] = { start: joined.at(-1)?.start ?? start, end };
		else joined.push({ start, end });
		before = n;
	}
	return joined;
}
