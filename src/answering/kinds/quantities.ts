import { overlap } from '../../text/overlap.js';
import { leadingWords } from '../../text/words.js';
import type { Stretch } from '../enumeration.js';
import { fits, shapesIn } from '../shapes.js';
import type { Query } from '../types.js';
import { unitAsked } from '../units.js';

/** Two figures are asked for: `多少家医院、多少位专家`, `增了多少，排第几`. */
export const TWO_FIGURES = /(?:多少|几).*(?:多少|几)|多少.*第几/u;

/** One word of asking for the figures of two things: `多少个大项和小项`. */
const TWO_COUNTED = /(?:多少|几)\p{Script=Han}{2,7}[和及与、](\p{Script=Han}{1,6})[？?]?$/u;

/** The figures of two things are asked for in one word: `门票和停车各多少钱`, `批捕和起诉了多少人`. */
const OF_EACH = /(?:各|分别)(?:是|要|有|为)?(?:多少|几)|\p{Script=Han}{2}[和与及、]\p{Script=Han}{2}了(?:多少|几)/u;

/** By how much something changed is asked, and what then stands in front of the figure. */
const CHANGES = [
	{
		asked: /多了|增(?:加|长|了|多)|涨|新(?:增|成立|建|添|设|开)|提高|上升/u,
		said: /(?:增|多|涨|升|新|高|添)[^，。；、]{0,4}$/u,
	},
	{ asked: /少了|减(?:少|了)|降|跌|下降|缩短/u, said: /(?:少|减|降|跌|低|缩短)[^，。；、]{0,4}$/u },
] as const;

/** What a quantity gains that tells of the very change that is asked for, or that counts the very thing, in the reader's log-odds. */
const TELLING = 3;

/** What a quantity gains by the words around it. */
export function quantityBonus(query: Query, text: string, { start, end }: Stretch): number {
	if (query.kind !== 'howmany') return 0;
	const isChange = tellsChange(query.text, text, start);
	const noun = countedNoun(query.text);
	const isCounted = noun.length > 1 && (text.startsWith(noun, end) || text.slice(start, end).endsWith(noun));
	return isChange || isCounted ? TELLING : 0;
}

function tellsChange(question: string, text: string, start: number): boolean {
	const before = text.slice(Math.max(0, start - 8), start);
	return CHANGES.some(({ asked, said }) => asked.test(question) && said.test(before));
}

/** Of several quantities in a span (`44个大项、1232个小项`) the one that counts what the question asks for. */
export function oneQuantity(query: Query, text: string, span: Stretch): Stretch {
	if (query.kind !== 'howmany') return span;
	if (TWO_FIGURES.test(query.text)) return withNext(text, span) ?? span;
	if (TWO_COUNTED.test(query.text)) return withNext(text, span) ?? withLast(text, span) ?? span;
	const unit = unitAsked(query.text);
	const noun = countedNoun(query.text);
	const inside = shapesIn('howmany', text)
		.filter(
			({ start, end }) =>
				start >= span.start && start < span.end && fits('howmany', text.slice(start, end), query.text),
		)
		.map((shape) => ({
			...shape,
			score:
				overlap(query.text, text.slice(shape.start, shape.end + 5)) +
				(sameUnit(text, shape, unit) ? 1 : 0) +
				(noun.length > 1 && text.startsWith(noun, shape.end) ? 1 : 0) +
				(tellsChange(query.text, text, shape.start) ? 2 : 0),
		}));
	if (inside.length < 2 || (inside.length === 2 && OF_EACH.test(query.text))) return span;
	return inside.reduce((best, shape) => (shape.score > best.score ? shape : best));
}

/** A quantity without the verb that leads up to it: `达1.5万人次`. */
export function bareQuantity(query: Query, text: string, span: Stretch): Stretch {
	if (query.kind !== 'howmany') return span;
	const lead = LEADS_UP.exec(text.slice(span.start, span.end))?.[0] ?? '';
	return { start: span.start + lead.length, end: span.end };
}

const LEADS_UP = /^(?:达到?|共有?|共计|合计|为|是|有)(?=[\d一二三四五六七八九十百千万两近约超])/u;

/** A quantity with the thing that it counts, where the question names it in the same words: `28个` and `分会场`. */
export function withCounted(query: Query, text: string, span: Stretch): Stretch {
	if (query.kind !== 'howmany' || !/[\p{Script=Han}%％]$/u.test(text.slice(span.start, span.end))) return span;
	for (const asked of countedNouns(query.text))
		for (let length = asked.length; length >= 2; length--)
			if (text.startsWith(asked.slice(0, length), span.end)) return { start: span.start, end: span.end + length };
	return span;
}

/** What a question counts: `队伍` of `多少支队伍参加比赛`; empty where it names none. */
function countedNoun(question: string): string {
	return countedNouns(question)[0] ?? '';
}

function countedNouns(question: string): string[] {
	const asked = [...question.matchAll(/(?:多少|几)\p{Script=Han}?(\p{Script=Han}{2,6})/gu), TWO_COUNTED.exec(question)];
	return asked.map((match) => leadingWords(match?.[1] ?? '', COUNTED)).filter((noun) => noun !== '');
}

/** Parts of speech that what is counted is made of. */
const COUNTED = /^(?:n|j|b$|vn$)/u;

function sameUnit(text: string, { start, end }: Stretch, unit: string | null): boolean {
	return unit !== null && text.slice(start, end).includes(unit);
}

/** Where the span holds one figure of two, the next one in the same clause is the other. */
function withNext(text: string, span: Stretch): Stretch | null {
	const shapes = shapesIn('howmany', text);
	if (shapes.filter(({ start, end }) => start >= span.start && end <= span.end).length > 1) return span;
	const next = shapes.find(({ start }) => start >= span.end);
	return next && BESIDE.test(text.slice(span.end, next.start)) ? { start: span.start, end: next.end } : null;
}

/** The same for the figure before it. */
function withLast(text: string, span: Stretch): Stretch | null {
	const last = shapesIn('howmany', text).findLast(({ end }) => end <= span.start);
	return last && BESIDE.test(text.slice(last.end, span.start)) ? { start: last.start, end: span.end } : null;
}

/** What stands between two figures of one clause: the thing that the first counts, and a mark. */
const BESIDE = /^\p{Script=Han}{0,4}[、，,及和共\s]*$/u;
