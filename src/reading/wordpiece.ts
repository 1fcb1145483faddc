/** Tokens of a text with the stretch that each covers. */
export interface Tokens {
	readonly ids: readonly number[];
	/** UTF-16 offsets, one pair a token, rising and without overlap. */
	readonly starts: readonly number[];
	readonly ends: readonly number[];
}

export const UNKNOWN = 100;
export const CLS = 101;
export const SEP = 102;

// Longer words are one unknown token; it bounds the quadratic search below.
const LONGEST_WORD = 100;
const BLANK = /[\p{Z}\p{C}]/u;
// The ASCII symbols count as punctuation, as in BERT.
const ALONE =
	/[\p{P}$+<=>^`|~\u{3400}-\u{4DBF}\u{4E00}-\u{9FFF}\u{20000}-\u{2CEAF}\u{F900}-\u{FAFF}\u{2F800}-\u{2FA1F}]/u;

/**
 * The WordPiece tokeniser of Chinese BERT: a Han character or a punctuation mark is a token, Latin words and
 * numbers are cut into the longest pieces of the vocabulary. Written by hand because every offset must be exact,
 * and kept in step with training/wordpiece.py: the model must see the tokens that it was trained on.
 */
export class WordPiece {
	private readonly ids: ReadonlyMap<string, number>;

	constructor(vocabulary: readonly string[]) {
		this.ids = new Map(vocabulary.map((token, id) => [token, id]));
	}

	tokens(text: string): Tokens {
		const ids: number[] = [];
		const starts: number[] = [];
		const ends: number[] = [];
		const push = (id: number, start: number, end: number): void => {
			ids.push(id);
			starts.push(start);
			ends.push(end);
		};
		let word: string[] = [];
		let wordStart = 0;
		const flush = (): void => {
			let at = wordStart;
			for (const [id, characters] of this.pieces(word.map(lower))) {
				const from = at;
				for (const character of word.splice(0, characters)) at += character.length;
				push(id, from, at);
			}
			word = [];
		};
		let at = 0;
		for (const character of text) {
			const alone = ALONE.test(character);
			if (alone || BLANK.test(character)) {
				flush();
				if (alone) push(this.ids.get(lower(character)) ?? UNKNOWN, at, at + character.length);
			} else {
				if (word.length === 0) wordStart = at;
				word.push(character);
			}
			at += character.length;
		}
		flush();
		return { ids, starts, ends };
	}

	/** Greedy longest match: pairs of token and how many characters it takes. */
	private pieces(word: readonly string[]): [id: number, characters: number][] {
		if (word.length === 0) return [];
		const whole: [number, number][] = [[UNKNOWN, word.length]];
		if (word.length > LONGEST_WORD) return whole;
		const found: [number, number][] = [];
		let at = 0;
		while (at < word.length) {
			let end = word.length;
			let id: number | undefined;
			for (; end > at; end--) {
				id = this.ids.get((at > 0 ? '##' : '') + word.slice(at, end).join(''));
				if (id !== undefined) break;
			}
			if (id === undefined) return whole;
			found.push([id, end - at]);
			at = end;
		}
		return found;
	}
}

/** Lower case, unless that would change the number of characters. */
function lower(character: string): string {
	const low = character.toLowerCase();
	return [...low].length === 1 ? low : character;
}
