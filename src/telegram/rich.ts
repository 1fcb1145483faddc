/** A formatted stretch of a message, counted in UTF-16 units as Telegram does. */
export interface Entity {
	readonly type: 'bold' | 'italic' | 'blockquote' | 'expandable_blockquote' | 'code';
	readonly offset: number;
	readonly length: number;
}

/** A message text with its formatting. */
export interface Rich {
	readonly text: string;
	readonly entities: readonly Entity[];
}

/** Builds a text with entities; nothing in what is added can be taken for markup. */
export class RichText {
	#text = '';
	readonly #entities: Entity[] = [];

	/** Adds text, formatted where types are given. */
	add(text: string, ...types: readonly Entity['type'][]): this {
		const clean = shown(text);
		if (clean.trim() !== '')
			for (const type of types) this.#entities.push({ type, offset: this.#text.length, length: clean.length });
		this.#text += clean;
		return this;
	}

	/** Starts a new line, unless at the start of one. */
	line(): this {
		if (this.#text !== '' && !this.#text.endsWith('\n')) this.#text += '\n';
		return this;
	}

	/** Leaves one line blank. */
	gap(): this {
		this.line();
		if (this.#text !== '' && !this.#text.endsWith('\n\n')) this.#text += '\n';
		return this;
	}

	build(): Rich {
		return { text: this.#text.trimEnd(), entities: this.#entities };
	}
}

/** A text without formatting. */
export function plain(text: string): Rich {
	return new RichText().add(text).build();
}

/** What Telegram would refuse or a reader could be misled by is taken out: controls, direction marks, halves of characters. */
export function shown(text: string): string {
	return text
		.replace(/\r\n?/gu, '\n')
		.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu, '')
		.replace(/\p{Cs}/gu, '\ufffd');
}
