import { pagesFor } from '../reading/excerpts.js';
import type { Reader } from '../reading/types.js';
import { topicOf } from '../text/asking.js';

/** What is read of an article. */
export interface Readable {
	readonly headline: string;
	readonly text: string;
}

/** What the reader found on the page of an article that fits the question best. */
export interface Glance {
	/** Log-odds of its best span, 0 to 12. Below 0 nothing was found, which tells nothing: the page is not all of the article. */
	readonly span: number;
	/** How likely the page answers at all, 0 to 1. */
	readonly answerable: number;
}

/** What a glance weighs beside the log-odds by features. */
export interface GlanceWeights {
	readonly span: number;
	readonly answerable: number;
}

/** So many articles are read, best first. Eight find as many as six: docs/performance.md. */
const MOST = 6;
/** Only those are read that the best is ahead of by at most so much: else reading changes little about who comes first. */
const CLOSE = 1;
/** 110 and 140 characters find fewer, 260 no more. */
const CHARACTERS = 180;
const SUREST = 12;
/** How far the best that was not read stays behind. */
const APART = 0.01;

/** The best page of a text for a question, read. */
export async function glance(question: string, { headline, text }: Readable, reader: Reader): Promise<Glance> {
	const [page] = pagesFor(topicOf(question), headline, text, CHARACTERS);
	const { spans, answerable } = await reader.read(question, page?.text ?? '', headline);
	return { span: Math.max(0, Math.min(SUREST, spans[0]?.score ?? 0)), answerable };
}

/** A day, month or year. */
const DATE = /[0-9]{1,4}(?:年|月(?:[0-9]{1,2}日)?)/gu;

/** Which of the articles are so close to the best that reading may tell them apart; none where it stands alone. */
export function close(question: string, articles: readonly Readable[], logits: readonly number[]): readonly number[] {
	const order = logits.map((logit, n) => ({ logit, n })).sort((a, b) => b.logit - a.logit || a.n - b.n);
	const [first] = order;
	if (!first) return [];
	const holds = (n: number, date: string): boolean => articles[n]?.text.includes(date) ?? false;
	// Which of two like events is meant, a date says better than what is told of either.
	const dates = (question.match(DATE) ?? []).filter((date) => holds(first.n, date));
	const near = order
		.slice(0, MOST)
		.filter(({ logit, n }) => first.logit - logit <= CLOSE && dates.every((date) => holds(n, date)));
	return near.length > 1 ? near.map(({ n }) => n) : [];
}

/**
 * Log-odds with what was read in them. Those that were read stay ahead of the others, and the best as good as it was:
 * a reading tells which of them it is, not whether one of them is.
 */
export function withGlances(
	logits: readonly number[],
	glances: ReadonlyMap<number, Glance>,
	weights: GlanceWeights,
): readonly number[] {
	if (glances.size === 0) return logits;
	const told = logits.map((logit, n) => {
		const { span, answerable } = glances.get(n) ?? { span: 0, answerable: 0 };
		return logit + weights.span * span + weights.answerable * answerable;
	});
	const read = told.filter((_, n) => glances.has(n));
	const rest = highest(logits.filter((_, n) => !glances.has(n)));
	const up = highest(logits) - highest(read);
	const down = Math.max(0, rest - (Math.min(...read) + up) + APART);
	return told.map((logit, n) => (glances.has(n) ? logit + up : logit - down));
}

function highest(values: readonly number[]): number {
	return values.reduce((high, value) => Math.max(high, value), Number.NEGATIVE_INFINITY);
}
