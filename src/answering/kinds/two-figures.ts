import { citeSentence, type Desk } from '../desk.js';
import { answered, CitationList, plainItem } from '../findings.js';
import { shapesIn } from '../shapes.js';
import type { Finding, Query } from '../types.js';
import { spanSaid } from './boundaries.js';
import { TWO_FIGURES } from './quantities.js';
import { type Guess, hasForm } from './spans.js';

/** How far the second figure's span may stand behind the first one's, in the reader's log-odds. */
const BESIDE = 8;

/** Both figures, where two are asked for (`先扩到多少亩，后来要到多少`) and the best span holds one; null else. */
export function answerTwoFigures(query: Query, guesses: readonly Guess[], desk: Desk): Finding | null {
	const [first] = guesses;
	if (!first || query.kind !== 'howmany' || !TWO_FIGURES.test(query.text)) return null;
	const { candidate } = first;
	const { text } = candidate.body;
	const one = spanSaid(query, text, first);
	if (shapesIn('howmany', text.slice(one.start, one.end)).length !== 1) return null;
	const second = guesses.find(
		(other) =>
			other.candidate === candidate &&
			other.score > first.score - BESIDE &&
			(other.start >= one.end || other.end <= one.start) &&
			hasForm(query, other),
	);
	if (!second) return null;
	const citations = new CitationList();
	const items = [one, spanSaid(query, text, second)]
		.sort((a, b) => a.start - b.start)
		.map(({ start, end }) => plainItem(text.slice(start, end), citations.add(citeSentence(candidate, start, end))));
	const answer = desk.wording.say('list', { items: items.map((item) => item.text).join('、') });
	return answered(answer, items, citations.all);
}
