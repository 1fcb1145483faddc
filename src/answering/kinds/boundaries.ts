import { jieba } from '../../text/jieba.js';
import type { Stretch } from '../enumeration.js';
import { overlap } from '../overlap.js';
import { fits, shapesIn, widen } from '../shapes.js';
import type { Query } from '../types.js';
import { unitAsked } from '../units.js';
import { wholePhrase } from './noun-phrase.js';

/** What is said of a guess: the whole clause, quantity, time or name that it lies in. Offsets in `text`, UTF-16. */
export function spanSaid(query: Query, text: string, guess: Stretch): Stretch {
	if (query.kind === 'why' || query.kind === 'how') return balanced(text, clauseAround(text, guess));
	const wide = widen(query.kind, text, guess.start, guess.end);
	const whole = query.kind === 'what' || query.kind === 'where' ? wholePhrase(query.text, text, wide) : wide;
	return balanced(text, withCounted(query, text, oneQuantity(query, text, whole)));
}

/** Of several quantities in a span (`44个大项、1232个小项`) the one that counts what the question asks for. */
function oneQuantity(query: Query, text: string, span: Stretch): Stretch {
	if (query.kind !== 'howmany') return span;
	if (/多少.*多少|几.*几/u.test(query.text)) return withNeighbour(text, span);
	const unit = unitAsked(query.text);
	const inside = shapesIn('howmany', text)
		.filter(
			({ start, end }) =>
				start >= span.start && start < span.end && fits('howmany', text.slice(start, end), query.text),
		)
		.map((shape) => ({
			...shape,
			score: overlap(query.text, text.slice(shape.start, shape.end + 5)) + (sameUnit(text, shape, unit) ? 1 : 0),
		}));
	if (inside.length < 2) return span;
	return inside.reduce((best, shape) => (shape.score > best.score ? shape : best));
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

/** A quantity with the thing that it counts, where the question names it in the same words: `28个` and `分会场`. */
function withCounted(query: Query, text: string, span: Stretch): Stretch {
	if (query.kind !== 'howmany' || !/[\p{Script=Han}%％]$/u.test(text.slice(span.start, span.end))) return span;
	const asked = nounAt(/(?:多少|几)\p{Script=Han}?(\p{Script=Han}{2,6})/u.exec(query.text)?.[1] ?? '');
	for (let length = asked.length; length >= 2; length--)
		if (text.startsWith(asked.slice(0, length), span.end)) return { start: span.start, end: span.end + length };
	return span;
}

/** The nouns that a stretch of a question begins with: `队伍` of `队伍参加比赛`. */
function nounAt(words: string): string {
	let length = 0;
	for (const { word, tag } of jieba().tag(words)) {
		if (!/^(?:n|j|b$|vn$)/u.test(tag)) break;
		length += word.length;
	}
	return words.slice(0, length);
}

function sameUnit(text: string, { start, end }: Stretch, unit: string | null): boolean {
	return unit !== null && text.slice(start, end).includes(unit);
}

/** Two figures are asked for: where the span holds one, the next one in the same clause is the other. */
function withNeighbour(text: string, span: Stretch): Stretch {
	const shapes = shapesIn('howmany', text);
	if (shapes.filter(({ start, end }) => start >= span.start && end <= span.end).length > 1) return span;
	const next = shapes.find(({ start }) => start >= span.end);
	return next && /^\p{Script=Han}{0,4}[、，,及和共\s]*$/u.test(text.slice(span.end, next.start))
		? { start: span.start, end: next.end }
		: span;
}

/** Reasons and ways are clauses: the span is widened to the marks around it. */
function clauseAround(text: string, guess: Stretch): Stretch {
	let { start, end } = guess;
	while (start > 0 && guess.start - start < 40 && !/[，,；;：:。！？“”\n]/u.test(text[start - 1] ?? '')) start--;
	while (end < text.length && end - guess.end < 40 && !/[，,；;：:。！？“”\n]/u.test(text[end] ?? '')) end++;
	return { start, end };
}
