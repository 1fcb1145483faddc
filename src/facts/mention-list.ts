/** A person named in a sentence; offsets count in the sentence's line. */
export interface Mention {
	readonly name: string;
	readonly start: number;
	readonly end: number;
	/** Where the printed title in front begins; equals `start` where there is none. */
	readonly titleStart: number;
	/** Title as printed (`北京银行党委书记、董事长`), or null. */
	readonly title: string | null;
}

/** Mentions as they are found, and where they stand: asked of every character, a search through all would not do. */
export class MentionList {
	readonly #found: Mention[] = [];
	readonly #ends = new Map<number, number>();

	get last(): Mention | undefined {
		return this.#found.at(-1);
	}

	add(mention: Mention): void {
		this.#found.push(mention);
		for (let at = mention.start; at < mention.end; at++) if (!this.#ends.has(at)) this.#ends.set(at, mention.end);
	}

	/** Where the name ends that stands at this place; null where none does. */
	endAround(at: number): number | null {
		return this.#ends.get(at) ?? null;
	}

	/** Whether a name stands anywhere in the range. */
	touches(start: number, end: number): boolean {
		for (let at = start; at < end; at++) if (this.#ends.has(at)) return true;
		return false;
	}

	/** As they stand in the line. */
	inOrder(): Mention[] {
		return [...this.#found].sort((a, b) => a.start - b.start);
	}
}
