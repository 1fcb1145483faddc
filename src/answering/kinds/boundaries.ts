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
	const ofPart = inAskedPart(query.text, text, wide);
	const isThing = query.kind === 'what' || query.kind === 'where';
	const whole = isThing ? withThing(query.text, text, wholePhrase(query.text, text, ofPart)) : ofPart;
	return balanced(text, bareQuantity(query, text, withCounted(query, text, oneQuantity(query, text, whole))));
}

/** Who has which part in an event is said in one breath: `甲指导，乙、丙主办`. */
const PART = /^.*(?:主办|承办|协办|指导|支持)[，,；;、](?=.)/su;

/** Of those who have parts in an event the ones whose part is asked for. */
function inAskedPart(question: string, text: string, { start, end }: Stretch): Stretch {
	const asked = /主办|承办|协办|指导/u.exec(question)?.[0];
	const others = asked && PART.exec(text.slice(start, end))?.[0];
	return { start: others && !others.includes(asked) ? start + others.length : start, end };
}

const MARKS = ['“”', '《》', '（）', '「」', '()'] as const;

/** A span that holds one of a pair of marks, with the other where it stands right beside it. */
function balanced(text: string, span: Stretch): Stretch {
	let { start, end } = span;
	for (const [open = '', close = ''] of MARKS) {
		let depth = 0;
		let lowest = 0;
		for (const mark of text.slice(start, end)) {
			if (mark === open) depth++;
			else if (mark === close) lowest = Math.min(lowest, --depth);
		}
		if (depth > lowest && text[end] === close) end++;
		if (lowest < 0 && text[start - 1] === open) start--;
	}
	return { start, end };
}

/** Marks around a clause, and how far a span is widened to them. */
const CLAUSE_MARK = /[，,；;：:。！？“”\n]/u;
const REACH = { back: 40, ahead: 40 };
