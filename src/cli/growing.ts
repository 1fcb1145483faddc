import { safe, type Terminal } from './terminal.js';

/** An answer that is written out while it grows. */
export interface GrowingText {
	readonly show: (soFar: string) => void;
	/** Ends it; gives whether this very answer now stands there. */
	end(answer: string): boolean;
}

/**
 * Writes a text as it grows, each time only what is new. What was written cannot be taken back on a terminal: where the
 * text turns out another, the line is ended and the whole is written again.
 */
export function growingText(terminal: Terminal): GrowingText {
	let shown = '';
	const show = (soFar: string): void => {
		const text = safe(soFar);
		if (text.startsWith(shown)) terminal.put(terminal.colour.bold(text.slice(shown.length)));
		else terminal.put(`\n${terminal.colour.bold(text)}`);
		shown = text;
	};
	return {
		show,
		end(answer) {
			const text = safe(answer);
			if (shown === '') return false;
			if (!text.startsWith(shown)) {
				terminal.put('\n\n');
				return false;
			}
			show(answer);
			terminal.put('\n');
			return true;
		},
	};
}
