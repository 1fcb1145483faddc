/** Character bigrams of a text, marks and blanks left out. */
export function bigrams(text: string): Set<string> {
	const grams = new Set<string>();
	for (const run of text.match(/[\p{Script=Han}\p{L}\p{N}]+/gu) ?? []) {
		if (run.length === 1) grams.add(run);
		for (let i = 0; i + 1 < run.length; i++) grams.add(run.slice(i, i + 2));
	}
	return grams;
}

/** Share of the question's character bigrams that a text holds, 0 to 1. */
export function overlap(question: string, text: string): number {
	const asked = bigrams(question);
	if (asked.size === 0) return 0;
	let held = 0;
	for (const gram of asked) if (text.includes(gram)) held++;
	return held / asked.size;
}
