import { shapesIn } from '../answering/shapes.js';

const ADDRESS = /:\/\/|www\.|@[\w]|[\w-]+\.(?:com|cn|net|org|io|gov|edu|top|xyz|info|cc|me|ru|example|test)\b|二维码/iu;
/** What a sentence of a newspaper is written with; pictures, invisible and control characters are not. */
const WRITTEN = /^[\p{L}\p{N}\p{P}\p{Zs}+×~～=<>℃±|￥$^`]*$/u;
const NUMERAL = /[\d零〇一二两三四五六七八九十百千万亿半.．点%％]/u;
const FIGURE = /\d+(?:[.,]\d+)*[%％]?/gu;
const FOREIGN_WORD = /(?:(?!\p{Script=Han})\p{L}|\d)*(?!\p{Script=Han})\p{L}(?:(?!\p{Script=Han})\p{L}|[\d.&'_-])*/gu;

/** Whether a text stands in another with no figure going on at either end: `5名` does not stand in `35名`. */
export function standsWhole(part: string, text: string): boolean {
	for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) {
		const before = text[at - 1] ?? '';
		const after = text[at + part.length] ?? '';
		const runsOn = NUMERAL.test(before) && NUMERAL.test(part[0] ?? '');
		const goesOn = NUMERAL.test(after) && NUMERAL.test(part.at(-1) ?? '');
		if (!runsOn && !goesOn) return true;
	}
	return false;
}

function missing(parts: readonly string[], quote: string): boolean {
	return parts.some((part) => !standsWhole(part, quote));
}

/** What of a sentence cannot be compared with any newspaper: addresses, and characters that none prints. */
export function isForeign(sentence: string): boolean {
	return ADDRESS.test(sentence) || !WRITTEN.test(sentence);
}

/** Whether a number or an amount of the sentence is not in the quote; both folded, without blanks. */
export function hasNewNumber(sentence: string, quote: string): boolean {
	const amounts = shapesIn('howmany', sentence).map(({ start, end }) => sentence.slice(start, end));
	return missing([...amounts, ...(sentence.match(FIGURE) ?? [])], quote);
}

/** Whether a time of the sentence is not in the quote. */
export function hasNewDate(sentence: string, quote: string): boolean {
	return missing(
		shapesIn('when', sentence).map(({ start, end }) => sentence.slice(start, end)),
		quote,
	);
}

/** Whether the sentence holds a word in Latin or other letters that the quote has not as a whole word. */
export function hasNewForeignWord(sentence: string, quote: string): boolean {
	const known = new Set(quote.match(FOREIGN_WORD) ?? []);
	return (sentence.match(FOREIGN_WORD) ?? []).some((word) => !known.has(word));
}
