import type { StoredArticle } from '../store/types.js';
import { wholeText } from './relevance.js';
import type { Query } from './types.js';

const COUNTERS = '届期次号批轮课讲季';
const DIGITS = '零一二三四五六七八九';
const NUMBERED = `(?:第([零〇一二三四五六七八九十百\\d０-９]+)|(首))([${COUNTERS}])`;
const ANY = new RegExp(NUMBERED, 'gu');
/** A body's meetings are numbered by the way: `第五次会议` is no edition of an event. */
const EDITION = new RegExp(`${NUMBERED}(?!会议|全会)`, 'gu');
const NEXT = new RegExp(`下一?[${COUNTERS}]|下一[场站回]|明年|下(?:个|一)?(?:月|周|季度)`, 'u');

/** Chinese or Arabic digits of a number below a thousand as a number. */
function countOf(digits: string): number {
	const plain = digits.normalize('NFKC').replace(/〇/gu, '零');
	if (/^\d+$/u.test(plain)) return Number(plain);
	if (!/[十百]/u.test(plain)) return Number([...plain].map((digit) => DIGITS.indexOf(digit)).join(''));
	const [, hundreds, tens, ones] = /^(?:(.)百)?零?(?:(.?)十)?(.?)$/u.exec(plain) ?? [];
	const ten = tens === undefined ? 0 : tens === '' ? 1 : DIGITS.indexOf(tens);
	return 100 * (hundreds ? DIGITS.indexOf(hundreds) : 0) + 10 * ten + (ones ? DIGITS.indexOf(ones) : 0);
}

/** Editions that a text names, each as number and counter: `第二十届` and `第20届` are both `20届`, `首届` is `1届`. */
function editionsIn(text: string, pattern = EDITION): ReadonlySet<string> {
	return new Set([...text.matchAll(pattern)].map((m) => `${m[2] ? 1 : countOf(m[1] ?? '')}${m[3]}`));
}

/**
 * Whether a question is about another edition of what a text tells: it names a number that the text does not (`第二十一届`
 * where the text has `第二十届`), or the next one of which the text says nothing.
 */
export function otherEdition(question: string, text: string): boolean {
	const held = editionsIn(text);
	const told = editionsIn(text, ANY);
	const missing = [...editionsIn(question)].filter((one) => !told.has(one));
	if (missing.some((one) => [...held].some((other) => other.endsWith(one.slice(-1))))) return true;
	const next = NEXT.exec(question)?.[0];
	if (!next) return false;
	return next.startsWith('明年')
		? !/明年|次年|来年|20\d\d年/u.test(text)
		: !/下一?(?:届|期|次|批|轮|课|讲|季|场|站|回|个|阶段)|下[周月]|将于|定于/u.test(text);
}

/** Whether a question is about another edition of what an article tells. */
export function isOtherEdition(query: Query, article: StoredArticle): boolean {
	return otherEdition(query.text, wholeText(article));
}
