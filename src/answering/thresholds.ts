/** Where answering ends and refusing begins. */
export interface Thresholds {
	/** Least share of the question's content words that the article must hold. */
	readonly coverage: number;
	/** The same where the article lacks a name of the question. */
	readonly coverageWithoutName: number;
	/** Least share of them at which an article that does not answer is still said to be about what was asked. */
	readonly sameEvent: number;
	/** Keywords alone decide where the second article has at most this share of the first one's score … */
	readonly aheadByKeywords: number;
	/** … and the first holds at least this share of the question's content words. */
	readonly decidedCoverage: number;
	/** Least chance, by the reader, that the article answers the question. */
	readonly answerable: number;
	/** The same where the form of what the reader found tells that it is what is asked for (see `hasTellingForm`). */
	readonly answerableByForm: number;
	/** Least score of a guess by form and words alone, when there is no reader. */
	readonly typed: number;
	/** How close a second article's score must come to be read too. */
	readonly secondArticle: number;
}

/** Origin: `bench/refusals.mjs` prints the curve of `answerable` and its spread over random halves of the questions; the others were set by hand. */
export const THRESHOLDS: Thresholds = {
	coverage: 0.2,
	sameEvent: 0.4,
	coverageWithoutName: 0.95,
	aheadByKeywords: 0.75,
	decidedCoverage: 0.7,
	answerable: 0.25,
	answerableByForm: 0.08,
	typed: 1.3,
	secondArticle: 0.85,
};
