import { jieba } from './jieba.js';
import type { Range } from './mapped.js';

/** A word with its part of speech, and where it stands in the text that it was cut from. */
export interface Word extends Range {
	readonly word: string;
	readonly tag: string;
}

/** The words of a stretch of a text, in order and without gaps. */
export function wordsIn(text: string, { start, end }: Range): readonly Word[] {
	let at = start;
	return jieba()
		.tag(text.slice(start, end))
		.map(({ word, tag }) => {
			const from = at;
			at += word.length;
			return { word, tag, start: from, end: at };
		});
}

/** The words of some parts of speech that a text begins with, as one: `队伍` of `队伍参加比赛`. */
export function leadingWords(text: string, tags: RegExp): string {
	const words = wordsIn(text, { start: 0, end: text.length });
	const next = words.find(({ tag }) => !tags.test(tag));
	return text.slice(0, next?.start ?? text.length);
}
