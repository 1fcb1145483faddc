/** Takes secrets out of a text before anybody may read it. */
export type Redact = (text: string) => string;

/**
 * A redactor for one token. Error texts of HTTP clients hold the whole address, and the address of the Bot API holds
 * the token; so the token, its secret half alone, both percent-encoded, and whatever looks like a token are taken out.
 */
export function redactorOf(token: string, ...more: readonly string[]): Redact {
	const secret = token.slice(token.indexOf(':') + 1);
	const words = [token, secret, ...more]
		.flatMap((word) => [word, encodeURIComponent(word)])
		.filter((word) => word.length >= 6)
		.sort((a, b) => b.length - a.length);
	return (text) => {
		let clean = text;
		for (const word of words) clean = clean.replaceAll(word, '***');
		return clean.replace(/\d{5,}(?::|%3A)[\w-]{20,}/giu, '***');
	};
}
