/** A stretch of the text that was read. */
export interface Span {
	/** UTF-16 offsets in the text as given. */
	readonly start: number;
	readonly end: number;
	/** Log-odds of this span against "not answered here"; comparable across windows and passages. */
	readonly score: number;
}

/** What one text says to one question. */
export interface Reading {
	/** How sure the model is that the text answers the question at all, 0 to 1. */
	readonly answerable: number;
	/** The best spans, best first; none of them overlaps another. */
	readonly spans: readonly Span[];
	/** The members of an answer in several pieces (a list), in text order; often one, sometimes none. */
	readonly pieces: readonly Span[];
}

/** Takes answers out of a text, word for word. */
export interface Reader {
	/** Names the weights and their precision. */
	readonly id: string;
	/**
	 * Reads `text` with the question in mind. `context` (a headline) is read along but never answered from.
	 *
	 * @example
	 * const { spans } = await reader.read('捐了多少钱？', '8月，企业捐款30万元。', '企业助学');
	 * spans[0] // the offsets of 30万元
	 */
	read(question: string, text: string, context?: string): Promise<Reading>;
}
