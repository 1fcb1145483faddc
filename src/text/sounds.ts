/** How a name sounds, without tones (`huo xue wen`): names that sound alike are written for each other. The tables are read when first needed. */
export async function soundOf(name: string): Promise<string> {
	const sounds = pinyin ?? (await import('pinyin-pro')).pinyin;
	pinyin = sounds;
	return sounds(name, { toneType: 'none', surname: 'head' });
}

let pinyin: typeof import('pinyin-pro').pinyin | undefined;
