import { createHash, type Hash, hash as sha256 } from 'node:crypto';

type Value = string | number | Uint8Array | null;

/**
 * Content hash of a row, kept in the row. SQLite's own integrity check looks at the structure of its pages and misses
 * nearly every flipped bit inside a text or a vector; this one does not.
 */
export function rowChecksum(values: readonly Value[]): Buffer {
	// Text is gathered and passed on at once: the calls cost more than the sums.
	let text = '';
	let hash: Hash | undefined;
	for (const value of values) {
		// The kind and the length in front keep ["ab", "c"] and ["a", "bc"] apart.
		if (value === null) text += 'n;';
		else if (typeof value === 'number') text += `i${value};`;
		else if (typeof value === 'string') text += `s${value.length};${value}`;
		else {
			hash ??= createHash('sha256');
			hash.update(`${text}b${value.length};`).update(value);
			text = '';
		}
	}
	const whole = hash ? hash.update(text).digest() : sha256('sha256', text, 'buffer');
	return whole.subarray(0, 16);
}

/** Whether a row still is what was written. */
export function rowHolds(values: readonly Value[], checksum: Uint8Array): boolean {
	return rowChecksum(values).equals(checksum);
}
