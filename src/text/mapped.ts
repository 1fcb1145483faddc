/** A stretch of an issue file: UTF-16 code units [start, end) of the decoded file, byte order mark included. */
export interface Range {
	readonly start: number;
	readonly end: number;
}

/**
 * Text made for reading (joined, folded), each UTF-16 unit of which knows the unit of the issue file it came from.
 * `offsets[i]` is the file offset of `text[i]`; both have the same length, and offsets never fall.
 */
export interface MappedText {
	readonly text: string;
	readonly offsets: Uint32Array;
}

/** Maps a piece of an issue file one to one: `text` stands at `start` in the file. */
export function mapPiece(text: string, start: number): MappedText {
	return { text, offsets: Uint32Array.from({ length: text.length }, (_, i) => start + i) };
}

/** Puts pieces one behind another; the glue (for example a line feed) takes the offset of the unit before it. */
export function joinMapped(pieces: readonly MappedText[], glue = ''): MappedText {
	const text = pieces.map((piece) => piece.text).join(glue);
	const offsets = new Uint32Array(text.length);
	let at = 0;
	pieces.forEach((piece, n) => {
		if (n > 0) {
			const before = at > 0 ? (offsets[at - 1] ?? 0) : (piece.offsets[0] ?? 0);
			offsets.fill(before, at, at + glue.length);
			at += glue.length;
		}
		offsets.set(piece.offsets, at);
		at += piece.text.length;
	});
	return { text, offsets };
}

/** Cuts [start, end) out of a mapped text, offsets with it. */
export function sliceMapped(mapped: MappedText, start: number, end: number): MappedText {
	return { text: mapped.text.slice(start, end), offsets: mapped.offsets.subarray(start, end) };
}

/** The file range that covers [start, end) of a mapped text; an empty stretch gives an empty range. */
export function fileRange(mapped: MappedText, start: number, end: number): Range {
	const first = mapped.offsets[start] ?? (mapped.offsets.at(-1) ?? -1) + 1;
	if (end <= start) return { start: first, end: first };
	return { start: first, end: (mapped.offsets[end - 1] ?? first) + 1 };
}
