import type { Answer, Citation } from './types.js';

/** Gives an issue file's text as it is now, or null where it cannot be read any more. */
export type SourceText = (file: string) => Promise<string | null>;

/** Whether a quote is exactly what stands in the issue file. */
export async function holdsIn(citation: Citation, source: SourceText): Promise<boolean> {
	const text = await source(citation.file);
	return text !== null && citation.quote.length > 0 && text.slice(citation.start, citation.end) === citation.quote;
}

/** The gate that every answer passes: true when each of its quotes is what the file says. */
export async function proven(
	answer: Pick<Answer, 'citations' | 'items' | 'status'>,
	source: SourceText,
): Promise<boolean> {
	if (answer.status === 'answered' && answer.citations.length === 0) return false;
	if (answer.items.some((item) => !answer.citations[item.citation])) return false;
	for (const citation of answer.citations) if (!(await holdsIn(citation, source))) return false;
	return true;
}
