/** Where answering ends and refusing begins. Fitted by hand on the dev sets until a script of the repository fits them. */
export const THRESHOLDS = {
	/** Least share of the question's content words that the article must hold. */
	coverage: 0.3,
	/** The same where the article lacks a name of the question. */
	coverageWithoutName: 0.95,
	/** Keywords alone decide where the second article has at most this share of the first one's score … */
	aheadByKeywords: 0.75,
	/** … and the first holds at least this share of the question's content words. */
	decidedCoverage: 0.7,
	/** Least chance, by the reader, that the article answers the question. */
	answerable: 0.4,
	/** Least score of a guess by form and words alone, when there is no reader. */
	typed: 1.3,
	/** How close a second article's score must come to be read too. */
	secondArticle: 0.85,
} as const;
