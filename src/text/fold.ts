const SPACE = 0x20;
const WIDE_SPACE = 0x3000;
/** Full-width forms of the characters ! to ~, and how far they stand from them. */
const [FIRST_WIDE, LAST_WIDE] = [0xff01, 0xff5e];
const WIDENED = 0xfee0;
const TO_SMALL = 0x20;

/**
 * Folds full-width forms to half width and capitals to small letters; the length in UTF-16 units stays the same. A
 * plain loop, because every passage that a question comes near passes through here, and each has twenty full-width commas.
 */
export function fold(text: string): string {
	const bytes = Buffer.from(text, 'utf16le');
	let isPlain = true;
	let isSame = true;
	for (let at = 0; at < bytes.length; at += 2) {
		const code = (bytes[at] as number) | ((bytes[at + 1] as number) << 8);
		let folded = code;
		if (code >= FIRST_WIDE && code <= LAST_WIDE) folded = code - WIDENED;
		else if (code === WIDE_SPACE) folded = SPACE;
		if (folded >= 0x41 && folded <= 0x5a) folded += TO_SMALL;
		else if (folded > 0x7e && !hasNoCapitals(folded)) isPlain = false;
		if (folded === code) continue;
		bytes[at] = folded & 0xff;
		bytes[at + 1] = folded >> 8;
		isSame = false;
	}
	const narrow = isSame ? text : bytes.toString('utf16le');
	return isPlain ? narrow : narrow.replace(/\p{Lu}/gu, small);
}

/** Chinese characters and the marks that stand between them: what is found beside these may have capitals of its own. */
function hasNoCapitals(code: number): boolean {
	return (code >= 0x2010 && code <= 0x203f) || (code >= 0x3000 && code <= 0x9fff) || code === 0xb7;
}

function small(capital: string): string {
	const lower = capital.toLowerCase();
	return lower.length === capital.length ? lower : capital;
}
