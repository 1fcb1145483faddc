import { CLAUSE_END } from '../../text/between.js';
import { citeSentence, type Desk } from '../desk.js';
import { JOINT, membersOf, partsOf, type Stretch } from '../enumeration.js';
import { answered, CitationList, plainItem } from '../findings.js';
import type { Finding, Query } from '../types.js';
import { wholePhrase } from './noun-phrase.js';
import type { Guess } from './spans.js';

/** How far, in the reader's log-odds, a span in an enumeration may stand behind one that is in none: lists are asked for. */
const NEARLY_BEST = 3;

function enumerated(guess: Guess): readonly Stretch[] | null {
	const members = membersOf(guess.candidate.body.text, guess, guess.pieces);
	return members && members.length > 1 ? members : null;
}

/** Members as they are printed, with what parts them there. */
function printed({ candidate, start, end }: Guess, members: readonly Stretch[], desk: Desk): Finding {
	const { text } = candidate.body;
	const citations = new CitationList();
	const at = citations.add(citeSentence(candidate, start, end));
	const items = members.map((member) => plainItem(text.slice(member.start, member.end), at));
	return answered(desk.wording.say('span', { text: text.slice(start, end) }), items, citations.all);
}

/** `尊老爱幼，邻里和睦，清洁家园`: parts of one length between commas, all of the span. */
function sloganIn({ candidate, start, end }: Guess): readonly Stretch[] | null {
	const { text } = candidate.body;
	const said = text.slice(start, end);
	const length = said.search(/[，,]/u);
	if (length < 3 || length > 8 || said.includes('、')) return null;
	const parts = [...said.matchAll(/[^，,]+/gu)];
	if (!parts.every(([part]) => part.length === length)) return null;
	return parts.map(({ index }) => ({ start: start + index, end: start + index + length }));
}

/** The members of an enumeration: the reader's pieces, else the span or the sentence parted at its list marks. */
export function answerList(query: Query, first: Guess, guesses: readonly Guess[], desk: Desk): Finding {
	const slogan = sloganIn(first);
	if (slogan) return printed(first, slogan, desk);
	const guess = guesses.find((one) => one.score > first.score - NEARLY_BEST && enumerated(one)) ?? first;
	const { candidate } = guess;
	const { text } = candidate.body;
	const pieces =
		enumerated(guess) ??
		joined(guess, guesses) ??
		(guess.pieces.length > 1 ? wholePieces(guess) : partEnumeration(text, guess));
	// The reader may begin within the first one's name.
	const whole = pieces.map((piece, n) => (n === 0 ? wholePhrase(query.text, text, piece) : piece));
	const citations = new CitationList();
	const items = whole.map((piece) =>
		plainItem(text.slice(piece.start, piece.end), citations.add(citeSentence(candidate, piece.start, piece.end))),
	);
	const last = pieces.at(-1);
	const open = last ? /^[”》’」]?等/u.test(text.slice(last.end, last.end + 2)) : false;
	const answer = desk.wording.say(open ? 'list_open' : 'list', { items: items.map((item) => item.text).join('、') });
	return answered(answer, items, citations.all, !open);
}

/** What the span and another right beside it hold, parted where words join them: `甲厂和乙厂`. Null where that is one thing. */
function joined(guess: Guess, guesses: readonly Guess[]): readonly Stretch[] | null {
	const { text } = guess.candidate.body;
	const beside = guesses.find(
		(other) =>
			other.candidate === guess.candidate &&
			JOINT.test(text.slice(Math.min(guess.end, other.end), Math.max(guess.start, other.start))),
	);
	const whole = beside ? { start: Math.min(guess.start, beside.start), end: Math.max(guess.end, beside.end) } : guess;
	const parts = partsOf(text, whole);
	return parts.length > 1 && parts.every(({ start, end }) => end - start > 1) ? parts : null;
}

/** Pieces of at least two characters, and the span where no piece covers it. */
function wholePieces(guess: Guess): readonly { readonly start: number; readonly end: number }[] {
	const long = guess.pieces.filter((piece) => piece.end - piece.start > 1);
	return long.some((piece) => piece.start < guess.end && guess.start < piece.end) ? long : [guess];
}

/** Parts `足球、篮球和象棋` into its members, widening the span over the members it left out. */
export function partEnumeration(
	text: string,
	span: { readonly start: number; readonly end: number },
): readonly { start: number; end: number }[] {
	let { start, end } = span;
	while (
		start > 0 &&
		!CLAUSE_END.test(text[start - 1] ?? '') &&
		span.start - start < 40 &&
		/、/u.test(text.slice(Math.max(0, start - 12), start))
	)
		start--;
	while (
		end < text.length &&
		!CLAUSE_END.test(text[end] ?? '') &&
		end - span.end < 60 &&
		/^.{0,12}、|^、/u.test(text.slice(end, end + 14))
	)
		end++;
	const members: { start: number; end: number }[] = [];
	for (const match of text
		.slice(start, end)
		.matchAll(/[^、，；;\s]+?(?=[、，；;\s]|(?:和|以及|及|与)(?=[^、]{2,12}$)|$)/gu)) {
		const cut = /^(?:和|以及|及|与)/u.exec(match[0])?.[0].length ?? 0;
		if (match[0].length > cut)
			members.push({ start: start + match.index + cut, end: start + match.index + match[0].length });
	}
	return members.length > 0 ? members : [{ start: span.start, end: span.end }];
}
