import { fold } from '../text/fold.js';
import type { MappedText, Range } from '../text/mapped.js';

/** Marks that models swap for one another when they copy. */
const LOOK_ALIKE: Readonly<Record<string, string>> = {
	',': '，',
	';': '；',
	':': '：',
	'!': '！',
	'?': '？',
	'(': '（',
	')': '）',
	'.': '。',
	'．': '。',
	'"': '“',
	'”': '“',
	"'": '‘',
	'’': '‘',
	'<': '‹',
	'>': '›',
};

/**
 * Where a quote stands in a text, word for word. Only what a copyist changes without noticing is overlooked: blanks,
 * and width and case of marks and letters. Null where it does not stand there.
 */
export function locate(quote: string, text: string): Range | null {
	const wanted = bared(quote).text;
	if (wanted === '') return null;
	const { text: bare, offsets } = bared(text);
	const at = bare.indexOf(wanted);
	if (at < 0) return null;
	return { start: offsets[at] ?? 0, end: (offsets[at + wanted.length - 1] ?? 0) + 1 };
}

/** A text without blanks, its marks and letters of one width and case, each unit knowing where it stood. */
function bared(text: string): MappedText {
	const folded = fold(text);
	const units: string[] = [];
	const offsets: number[] = [];
	for (let i = 0; i < folded.length; i++) {
		const unit = folded[i] ?? '';
		if (/\s/u.test(unit)) continue;
		units.push(LOOK_ALIKE[unit] ?? unit);
		offsets.push(i);
	}
	return { text: units.join(''), offsets: Uint32Array.from(offsets) };
}
