import { between, CLAUSE_END } from '../../text/between.js';
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
	const ofPart = allOfPart(query.text, text, inAskedPart(query.text, text, wide));
	const isThing = query.kind === 'what' || query.kind === 'where';
	const whole = isThing ? withThing(query.text, text, wholePhrase(query.text, text, ofPart)) : ofPart;
	return balanced(text, bareQuantity(query, text, withCounted(query, text, oneQuantity(query, text, whole))));
}

/** The parts in an event that a question may ask for. */
const ASKED_PART = /主办|承办|协办|指导/u;
/** Who has which part in an event is said in one breath: `甲指导，乙、丙主办`. */
const PART = /^.*(?:主办|承办|协办|指导|支持)[，,；;、](?=.)/su;

/** Of those who have parts in an event the ones whose part is asked for. */
function inAskedPart(question: string, text: string, { start, end }: Stretch): Stretch {
	const asked = ASKED_PART.exec(question)?.[0];
	const others = asked && PART.exec(text.slice(start, end))?.[0];
	return { start: others && !others.includes(asked) ? start + others.length : start, end };
}

/** What may stand between those who share a part, and between the last of them and its verb. */
const JOINED = /(?:、|和|与|及|以及|暨|联合|携手|会同)$/u;
const TOGETHER = /(?:等|联合|共同|携手|联手|倾力)+$/u;
/** How far the verb of a part may stand behind one who shares it. */
const NEAR = 60;

/** All who share the part that is asked for: `由甲联合乙主办`. */
function allOfPart(question: string, text: string, span: Stretch): Stretch {
	const asked = ASKED_PART.exec(question)?.[0];
	const verb = asked ? text.indexOf(asked, span.end) : -1;
	if (verb < 0 || verb - span.end > NEAR || CLAUSE_END.test(text.slice(span.end, verb))) return span;
	const end = span.end + text.slice(span.end, verb).replace(TOGETHER, '').length;
	const clause = between(text, span, CLAUSE_END, { back: NEAR, ahead: 0 });
	const before = text.slice(clause.start, span.start).replace(/^.*由/u, '');
	return { start: JOINED.test(before) ? span.start - before.length : span.start, end };
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
