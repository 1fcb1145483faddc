/** Letters and digits of a text, without what a layout puts between them. */
export function bare(text: string): string {
	return text.replace(/[^\p{L}\p{N}]/gu, '');
}

/** The two-character pieces of a text. */
function pairsOf(text: string): Set<string> {
	const letters = bare(text);
	const pairs = new Set<string>();
	for (let i = 0; i + 1 < letters.length; i++) pairs.add(letters.slice(i, i + 2));
	return pairs;
}

/**
 * How much of a headline is said again in a text: the share of its character pairs that occur there, 0 to 1.
 * A report says its headline again in its first sentences more often than not.
 */
export function saidAgain(headline: string, text: string): number {
	const wanted = pairsOf(headline);
	if (wanted.size === 0) return 0;
	const there = pairsOf(text);
	let found = 0;
	for (const pair of wanted) if (there.has(pair)) found++;
	return found / wanted.size;
}
