import { createHash } from 'node:crypto';

type Value = string | number | Uint8Array | null;

/**
 * Content hash of a row, kept in the row. SQLite's own integrity check looks at the structure of its pages and misses
 * nearly every flipped bit inside a text or a vector; this one does not.
 */
export function rowChecksum(values: readonly Value[]): Buffer {
	const hash = createHash('sha256');
	// Text is gathered and passed on at once: the calls cost more than the sums.
	let text = '';
	for (const value of values) {
		// The kind and the length in front keep ["ab", "c"] and ["a", "bc"] apart.
		if (value === null) text += 'n;';
		else if (typeof value === 'number') text += `i${value};`;
		else if (typeof value === 'string') text += `s${value.length};${value}`;
		else {
			hash.update(`${text}b${value.length};`).update(value);
			text = '';
		}
	}
	if (text !== '') hash.update(text);
	return hash.digest().subarray(0, 16);
}

/** Whether a row still is what was written. */
export function rowHolds(values: readonly Value[], checksum: Uint8Array): boolean {
	return rowChecksum(values).equals(checksum);
}
