type Tables = typeof import('pinyin-pro');

let tables: Tables | undefined;
/** What each character met so far may sound like; as many as there are characters in names, some thousands. */
const readings = new Map<string, ReadonlySet<string>>();

/**
 * Those of `others` that sound like `name` without being it, tones aside (`huo xue wen`): names that sound alike are
 * written for each other. The tables are read when first needed.
 */
export async function soundingLike(name: string, others: Iterable<string>): Promise<readonly string[]> {
	tables ??= await import('pinyin-pro');
	const { pinyin, polyphonic } = tables;
	const soundOf = (text: string): string => pinyin(text, { toneType: 'none', surname: 'head' });
	const readingsOf = (character: string): ReadonlySet<string> => {
		const known = readings.get(character);
		if (known) return known;
		const all = new Set(polyphonic(character, { toneType: 'none' }).flatMap((sounds) => sounds.split(' ')));
		all.add(soundOf(character));
		readings.set(character, all);
		return all;
	};
	// A name's sound takes a hundred times as long as a look at what its characters may sound like.
	const mayBe = (other: string): boolean =>
		[...name].every((character, n) =>
			[...readingsOf(other.charAt(n))].some((sound) => readingsOf(character).has(sound)),
		);
	const sound = soundOf(name);
	return [...others].filter(
		(other) => other.length === name.length && other !== name && mayBe(other) && soundOf(other) === sound,
	);
}
