import { fold } from '../text/fold.js';

/**
 * A text as pairs of neighbouring UTF-16 units, folded, each pair a plain token: 市长 is `5e02957f`. A phrase of them
 * is a string of the text and nothing else, so that the engine alone can say which articles hold one.
 */
export function neighbours(text: string): string[] {
	const folded = fold(text);
	const tokens: string[] = [];
	for (let i = 0; i + 1 < folded.length; i++) tokens.push(unit(folded, i) + unit(folded, i + 1));
	return tokens;
}

/** A single unit, as the beginning of a pair or as its end. */
export function unit(text: string, at: number): string {
	return text.charCodeAt(at).toString(16).padStart(4, '0');
}
