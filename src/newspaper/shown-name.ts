/**
 * A file's name as it may be shown: no control characters, none that turn the direction of writing, none invisible;
 * each of them is written as its number. Long names are shortened in the middle.
 */
export function shownName(name: string): string {
	const safe = name.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\u2028\u2029]/gu, (char) => {
		const code = (char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
		return `\\u{${code}}`;
	});
	return safe.length <= 120 ? safe : `${safe.slice(0, 70)}…${safe.slice(-45)}`;
}
