import type { Range } from './mapped.js';

/** Where a sentence ends: at a full stop with the quotes and brackets that close behind it, or with its line. */
const END = /[。！？!?][。！？!?”’」』）)》〉"']*|\n/gu;
const BLANK = /\s/u;

/** Parts Chinese text into sentences, closing quotes and brackets kept with their sentence; blank ones are left out. */
export function sentencesOf(text: string): readonly Range[] {
	const sentences: Range[] = [];
	let start = 0;
	const push = (end: number): void => {
		let from = start;
		while (from < end && BLANK.test(text[from] ?? '')) from++;
		let to = end;
		while (to > from && BLANK.test(text[to - 1] ?? '')) to--;
		if (to > from) sentences.push({ start: from, end: to });
		start = end;
	};
	for (const { 0: mark, index } of text.matchAll(END)) push(index + mark.length);
	push(text.length);
	return sentences;
}
