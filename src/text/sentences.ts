import type { Range } from './mapped.js';

const CLOSERS = /[”’」』）)》〉"']/u;

/** Parts Chinese text into sentences, closing quotes and brackets kept with their sentence; blank ones are left out. */
export function sentencesOf(text: string): readonly Range[] {
	const sentences: Range[] = [];
	let start = 0;
	const push = (end: number): void => {
		let from = start;
		while (from < end && /\s/u.test(text[from] ?? '')) from++;
		let to = end;
		while (to > from && /\s/u.test(text[to - 1] ?? '')) to--;
		if (to > from) sentences.push({ start: from, end: to });
		start = end;
	};
	for (let i = 0; i < text.length; i++) {
		const char = text[i] ?? '';
		if (char === '\n') push(i + 1);
		else if (/[。！？!?]/u.test(char)) {
			let end = i + 1;
			while (end < text.length && (CLOSERS.test(text[end] ?? '') || /[。！？!?]/u.test(text[end] ?? ''))) end++;
			push(end);
			i = end - 1;
		}
	}
	push(text.length);
	return sentences;
}
