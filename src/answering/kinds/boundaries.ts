import { between } from '../../text/between.js';
import type { Stretch } from '../enumeration.js';
import { widen } from '../shapes.js';
import type { Query } from '../types.js';
import { withThing } from './asked-thing.js';
import { wholePhrase } from './noun-phrase.js';
import { bareQuantity, oneQuantity, withCounted } from './quantities.js';

/** What is said of a guess: the whole clause, quantity, time or name that it lies in. Offsets in `text`, UTF-16. */
export function spanSaid(query: Query, text: string, guess: Stretch): Stretch {
	// Reasons and ways are clauses.
	if (query.kind === 'why' || query.kind === 'how') return balanced(text, between(text, guess, CLAUSE_MARK, REACH));
	const wide = widen(query.kind, text, guess.start, guess.end);
	const isThing = query.kind === 'what' || query.kind === 'where';
	const whole = isThing ? withThing(query.text, text, wholePhrase(query.text, text, wide)) : wide;
	return balanced(text, bareQuantity(query, text, withCounted(query, text, oneQuantity(query, text, whole))));
}

const MARKS = ['“”', '《》', '（）', '「」', '()'] as const;

/** A span that holds one of a pair of marks, with the other where it stands right beside it. */
function balanced(text: string, span: Stretch): Stretch {
	let { start, end } = span;
	const said = text.slice(start, end);
	for (const [open, close] of MARKS.map((pair) => [pair[0] ?? '', pair[1] ?? ''] as const)) {
		const depth = said.split(open).length - said.split(close).length;
		if (depth > 0 && text[end] === close) end++;
		if (depth < 0 && text[start - 1] === open) start--;
	}
	return { start, end };
}

/** Marks around a clause, and how far a span is widened to them. */
const CLAUSE_MARK = /[，,；;：:。！？“”\n]/u;
const REACH = { back: 40, ahead: 40 };
