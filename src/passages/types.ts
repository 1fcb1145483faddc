import type { Range } from '../text/mapped.js';

/** A stretch of an article, cut on sentence ends, that is embedded and searched as one. */
export interface Passage extends Range {
	/** Hash of the headline and the text, so that the same text has the same id in every file. */
	readonly id: string;
	/** Text made for reading (joined, folded). */
	readonly text: string;
	/** The article's headline, embedded in front of the text. */
	readonly headline: string;
}
