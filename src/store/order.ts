/** As SQLite sorts text: by its UTF-8 bytes. Plain comparison parts from it beyond U+FFFF only. */
export function byCodePoint(a: string, b: string): number {
	return a === b ? 0 : Buffer.compare(Buffer.from(a), Buffer.from(b));
}
