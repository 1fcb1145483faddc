import { fold } from './fold.js';
import { jieba } from './jieba.js';
import { STOP_CHARACTERS, STOP_WORDS } from './stopwords.js';

/** Changes whenever the same text would give other terms: an index built with another value is built anew. */
export const SEGMENTATION = 'jieba-2.0.3/bigrams-1';

/** What the keyword leg looks a text up by; both lists keep every occurrence. */
export interface Terms {
	/** Words of the dictionary with two characters or more. */
	readonly words: readonly string[];
	/** Pairs of neighbouring Chinese characters, and whole runs of Latin letters and digits. */
	readonly grams: readonly string[];
}

/** Parts a text into the terms that it is searched by. Words carry the meaning, pairs find what the dictionary lacks. */
export function segment(text: string): Terms {
	const folded = fold(text);
	return { words: wordsOf(folded), grams: gramsOf(folded) };
}

function wordsOf(folded: string): string[] {
	return jieba()
		.cut(folded, true)
		.filter((word) => word.length > 1 && /^\p{Script=Han}+$/u.test(word) && !STOP_WORDS.has(word));
}

function gramsOf(folded: string): string[] {
	const grams: string[] = [];
	for (const [run] of folded.matchAll(/\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{N}])+(?:[.:/-]\p{N}+)*/gu)) {
		if (!/^\p{Script=Han}/u.test(run)) {
			if (!STOP_WORDS.has(run)) grams.push(run);
			continue;
		}
		const characters = [...run];
		for (let i = 0; i + 1 < characters.length; i++) {
			const first = characters[i] ?? '';
			const second = characters[i + 1] ?? '';
			if (STOP_CHARACTERS.has(first) && STOP_CHARACTERS.has(second)) continue;
			grams.push(first + second);
		}
	}
	return grams;
}
