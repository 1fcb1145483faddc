import { calendarOf } from '../../text/dates.js';
import { type Candidate, type Desk, mainHeadline } from '../desk.js';
import { answered } from '../findings.js';
import type { Finding, Query } from '../types.js';
import { sameEvent } from './same-event.js';
import { answerSpan, type Guess, hasForm } from './spans.js';

/** Least chance, by the reader, that a second article answers too: a doubtful second voice would unsettle a right answer. */
const SURE = 0.7;

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

/** What is compared: the calendar day where there is one, else the digits, else the words. */
function comparable(said: string, candidate: Candidate): string {
	const digits = said.replace(/[^\d.]/gu, '');
	return calendarOf(said, candidate.article.issueDate) ?? (digits === '' ? said : digits);
}

function named({ article }: Candidate): string {
	return `《${mainHeadline(article)}》${article.issueDate ? `（${article.issueDate}）` : ''}`;
}
