import { dataOf, type Press } from '../callbacks.js';

/** A button as the Bot API takes it. */
export interface Button {
	readonly text: string;
	readonly callback_data: string;
}

/** Rows of buttons under a message. */
export interface Markup {
	readonly inline_keyboard: readonly (readonly Button[])[];
}

const LABEL_LIMIT = 60;

export function button(text: string, press: Press): Button {
	const chars = [...text];
	const label = chars.length > LABEL_LIMIT ? `${chars.slice(0, LABEL_LIMIT - 1).join('')}…` : text;
	return { text: label, callback_data: dataOf(press) };
}

/** Buttons in rows of so many; empty rows are left out. */
export function rows(buttons: readonly Button[], perRow: number): readonly (readonly Button[])[] {
	const made: Button[][] = [];
	for (let n = 0; n < buttons.length; n += perRow) made.push(buttons.slice(n, n + perRow));
	return made;
}

export function markup(...given: readonly (readonly Button[])[]): Markup {
	return { inline_keyboard: given.filter((row) => row.length > 0) };
}
