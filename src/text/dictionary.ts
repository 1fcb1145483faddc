import { dict } from '@node-rs/jieba/dict.js';

let words: ReadonlyMap<string, string> | undefined;

/** The segmenter's own dictionary, word to part of speech; read once, when first asked (indexing asks, and a question that begins like a name). */
function dictionary(): ReadonlyMap<string, string> {
	words ??= new Map(
		Buffer.from(dict)
			.toString('utf8')
			.split('\n')
			.map((line) => line.trim().split(' '))
			.filter((entry) => (entry[0]?.length ?? 0) <= 4)
			.map(([word = '', , tag = '']) => [word, tag] as const),
	);
	return words;
}

/** Whether a string is a word of the language, and no personal name. */
export function isDictionaryWord(text: string): boolean {
	const tag = dictionary().get(text);
	return tag !== undefined && !tag.startsWith('nr');
}

/** Whether a string is a word of the language that names nothing by itself. */
export function isCommonWord(text: string): boolean {
	const tag = dictionary().get(text);
	return tag !== undefined && !/^n[rstz]/u.test(tag);
}

/** Whether a string is a verb of the language (`安排`): no personal name, not even in a list of names. */
export function isVerb(text: string): boolean {
	return /^v/u.test(dictionary().get(text) ?? '');
}
