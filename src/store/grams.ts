import { fold } from '../text/fold.js';

/**
 * Pairs of neighbouring Chinese characters as plain ASCII tokens, so that no tokeniser of another Unicode version
 * parts them: 市长 is `5e02957f`. They find the articles that may hold a string; the source text then decides.
 */
export function gramTokens(text: string): string[] {
	const folded = fold(text);
	const tokens: string[] = [];
	for (let i = 0; i + 1 < folded.length; i++) {
		if (isCommonHan(folded.charCodeAt(i)) && isCommonHan(folded.charCodeAt(i + 1))) {
			tokens.push(folded.charCodeAt(i).toString(16) + folded.charCodeAt(i + 1).toString(16));
		}
	}
	return tokens;
}

/** The tokens of an article, each once: only whether a pair occurs is kept. */
export function articleGrams(source: string): string {
	return [...new Set(gramTokens(source))].join(' ');
}

/** A query that every article with all these pairs matches; null when the string holds no pair. */
export function gramQuery(text: string): string | null {
	const tokens = [...new Set(gramTokens(text))];
	return tokens.length > 0 ? tokens.map((token) => `"${token}"`).join(' AND ') : null;
}

function isCommonHan(code: number): boolean {
	return code >= 0x4e00 && code <= 0x9fff;
}
