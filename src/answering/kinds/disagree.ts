import { calendarOf } from '../../text/dates.js';
import { type Candidate, type Desk, mainHeadline } from '../desk.js';
import { answered } from '../findings.js';
import { overlap } from '../overlap.js';
import { coverage, missingNames } from '../relevance.js';
import type { Finding, Query } from '../types.js';
import { answerSpan, type Guess, hasForm } from './spans.js';

/** Least chance, by the reader, that a second article answers too: a doubtful second voice would unsettle a right answer. */
const SURE = 0.7;
/** How much two headlines must share to tell of one event, and how much of the question the second article may lack beside the first. */
const SAME_HEADLINE = 0.3;
const LESS_COVERED = 0.05;

/**
 * Two articles tell of one event and state another figure or time: both are given, each with its date and proof. Null
 * where one alone speaks, or both say the same.
 */
export function answerBoth(query: Query, first: Guess, guesses: readonly Guess[], desk: Desk): Finding | null {
	if (query.kind !== 'when' && query.kind !== 'howmany') return null;
	const second = guesses.find((guess) => guess.candidate !== first.candidate && (guess.answerable ?? 0) >= SURE);
	if (!second || !hasForm(query, second) || !sameEvent(query, first.candidate, second.candidate)) return null;
	const [one, other] = [answerSpan(query, first, desk), answerSpan(query, second, desk)];
	const [said, saidToo] = [one.items[0]?.text ?? '', other.items[0]?.text ?? ''];
	if (comparable(said, first.candidate) === comparable(saidToo, second.candidate)) return null;
	const words = { first: named(first.candidate), a: said, second: named(second.candidate), b: saidToo };
	return answered(
		desk.wording.say('disagree', words),
		[...one.items, ...other.items.map((item) => ({ ...item, citation: one.citations.length }))],
		[...one.citations, ...other.citations],
	);
}

function sameEvent(query: Query, one: Candidate, other: Candidate): boolean {
	return (
		overlap(mainHeadline(one.article), mainHeadline(other.article)) >= SAME_HEADLINE &&
		missingNames(query, other.article).length === 0 &&
		coverage(query, other.article) >= coverage(query, one.article) - LESS_COVERED
	);
}

/** What is compared: the calendar day where there is one, else the digits, else the words. */
function comparable(said: string, candidate: Candidate): string {
	const digits = said.replace(/[^\d.]/gu, '');
	return calendarOf(said, candidate.article.issueDate) ?? (digits === '' ? said : digits);
}

function named({ article }: Candidate): string {
	return `《${mainHeadline(article)}》${article.issueDate ? `（${article.issueDate}）` : ''}`;
}
