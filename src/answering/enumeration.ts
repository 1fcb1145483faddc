import { between, SENTENCE_MARK } from '../text/between.js';
import { wordsIn } from '../text/words.js';
import { widen } from './shapes.js';

/** A stretch of a text, UTF-16 offsets in it. */
export interface Stretch {
	readonly start: number;
	readonly end: number;
}

/** Where somebody goes stands behind these. */
const GOING = '走访了?|考察了?|参观了?|赴|前往';
/** Words that lead into an enumeration and belong to none of its members. */
const LEAD_IN = new RegExp(
	`^.*(?:${GOING}|包括了?|包含|涵盖|设置了?|设有|分为|分别[为是]|主要[为是有]|共有|就是|即|如|授予|来自|对|由|在|给|向|通过|凭|持|支持|推出了?|举办了?|开展了?|进行了?|审议了?|[:：])(?=.{2})`,
	'u',
);
/** What may follow the last member: 等, a count, or the noun that sums the members up. */
const TAIL =
	/(?:(?<![高中初平同优均])等(?!级)|[一二三四五六七八九十两\d]+(?:个|项|大|种|类|家|位|名|场|部|块|方面|部分|者)|共同|联合|参加|参与|出席|作(?:了|交流|表态|经验)|进行|完成|的(?=.)|主办|承办|协办|指导).*$/u;

/** Runs of members parted by `、` (the last one also by 和, 及 …) inside a sentence, in order. */
export function runsIn(text: string, sentence: Stretch): readonly (readonly Stretch[])[] {
	const runs: Stretch[][] = [];
	for (const clause of clausesOf(text, sentence)) {
		const said = text.slice(clause.start, clause.end);
		if (!said.includes('、') && !/[》”](?:和|与|及)?[《“]/u.test(said)) continue;
		const run: Stretch[] = [];
		let at = 0;
		for (const mark of [...said.matchAll(/、|(?<=[》”])(?=[《“])|(?:以及|和|与|及|暨)(?=[^、]*$)/gu), null]) {
			const end = mark?.index ?? said.length;
			// 和 parts members only behind the last 、; in front of it it may stand inside a name.
			if (mark && !/[、]/u.test(mark[0]) && mark[0] !== '' && (run.length === 0 || !isWord(said, at, end))) continue;
			if (mark && WITHIN.test(mark[0]) && LAST.test(said.slice(Math.max(0, at - 2), at))) continue;
			if (end > at) run.push({ start: clause.start + at, end: clause.start + end });
			at = end + (mark?.[0].length ?? 0);
		}
		if (run.length > 1) runs.push(run);
	}
	return runs;
}

/** Behind the word that leads up to the last member these stand within it: `总裁、董事及战略与投资委员会委员`. */
const LAST = /[及暨]$/u;
const WITHIN = /^[和与]$/u;

/** Whether a word begins at `at`, reckoned from `from` on: the 与 of `生死与共` parts nothing. */
function isWord(text: string, from: number, at: number): boolean {
	return wordsIn(text, { start: from, end: text.length }).some(({ start }) => start === at);
}

/** All that stands between two members. */
export const JOINT = /^(?:、|和|与|及|以及|暨)$/u;

/** A stretch parted at the marks and words between its members (`甲厂和乙厂`); itself where there are none. */
export function partsOf(text: string, stretch: Stretch): readonly Stretch[] {
	const parts: Stretch[] = [];
	let from = stretch.start;
	let depth = 0;
	for (const { word, start, end } of wordsIn(text, stretch)) {
		if (/[（(《“]/u.test(word)) depth++;
		if (/[）)》”]/u.test(word)) depth--;
		if (depth !== 0 || !JOINT.test(word)) continue;
		if (start > from) parts.push({ start: from, end: start });
		from = end;
	}
	if (stretch.end > from) parts.push({ start: from, end: stretch.end });
	return parts;
}

function clausesOf(text: string, { start, end }: Stretch): Stretch[] {
	const clauses: Stretch[] = [];
	let from = start;
	let depth = 0;
	for (let i = start; i <= end; i++) {
		const char = text[i] ?? '';
		if (/[（(《“]/u.test(char)) depth++;
		else if (/[）)》”]/u.test(char)) depth = Math.max(0, depth - 1);
		if (i === end || (depth === 0 && /[，,；;]/u.test(char))) {
			if (i > from) clauses.push({ start: from, end: i });
			from = i + 1;
		}
	}
	return clauses;
}

function overlaps(a: Stretch, b: Stretch): boolean {
	return a.start < b.end && b.start < a.end;
}

/**
 * The members of the enumeration that the evidence (the reader's span and pieces) points at: whole members of one
 * run, the first freed of the words that lead in, the last of those that follow. Null where no run is pointed at.
 */
export function membersOf(text: string, span: Stretch, pieces: readonly Stretch[]): readonly Stretch[] | null {
	const sentence = between(text, span, SENTENCE_MARK);
	const evidence = [span, ...pieces.filter((piece) => overlaps(piece, sentence))];
	const runs = runsIn(text, sentence);
	const support = (run: readonly Stretch[]): number =>
		run.filter((member) => evidence.some((one) => overlaps(one, member))).length;
	const best = runs.reduce<readonly Stretch[] | null>(
		(most, run) => (support(run) > (most ? support(most) : 0) ? run : most),
		null,
	);
	// The span decides; several pieces in another run outweigh it.
	if (!best || (!best.some((member) => overlaps(member, span)) && support(best) < 3)) return null;
	const led = best.findLastIndex(
		(member, n) => n > 0 && n < best.length - 1 && GOES_TO.test(text.slice(member.start, member.end)),
	);
	const own = led > 0 ? best.slice(led) : best;
	const counted = own.findIndex((member) => COUNT.test(text.slice(member.start, member.end)));
	const run = counted > 0 ? cutAt(text, own, counted) : own;
	const members = run.map((member, n) => trim(text, member, n === 0, n === run.length - 1, evidence));
	return alike(
		text,
		members.filter((member) => member.end > member.start),
	);
}

/** Members after the first that begin with one character tell where the first begins: `早开工、早竣工`. */
function alike(text: string, members: readonly Stretch[]): readonly Stretch[] {
	const [first, second, ...rest] = members;
	const head = second && text[second.start];
	if (!first || !head || text[first.start - 1] !== head || text[first.start] === head) return members;
	if (rest.some(({ start }) => text[start] !== head)) return members;
	return [{ start: first.start - 1, end: first.end }, second, ...rest];
}

/** Who goes stands in front of where: `县委副书记、县长张三前往甲村、乙村`. */
const GOES_TO = new RegExp(`(?:${GOING}|慰问了?)\\p{Script=Han}{2}`, 'u');

/** A count that sums the members up ends them: `甲省、乙省2省派出工作组、专家组`. */
const COUNT = /(?<=\p{Script=Han}{2})[一二三四五六七八九十两\d]+(?:省|市|县|区|国|地|家|所)/u;

function cutAt(text: string, run: readonly Stretch[], last: number): readonly Stretch[] {
	const { start, end } = run[last] ?? { start: 0, end: 0 };
	const length = COUNT.exec(text.slice(start, end))?.index ?? end - start;
	return [...run.slice(0, last), { start, end: start + length }];
}

function trim(text: string, member: Stretch, first: boolean, last: boolean, evidence: readonly Stretch[]): Stretch {
	let { start, end } = member;
	const over = evidence.filter((one) => overlaps(one, member));
	const said = over.reduce<Stretch | undefined>(
		(first, one) => (first && first.start <= one.start ? first : one),
		undefined,
	);
	if (first) {
		const lead = LEAD_IN.exec(text.slice(start, end))?.[0].length ?? 0;
		start =
			said && said.start > start && said.start < end ? wordStart(text, start + lead, said.start, end) : start + lead;
	}
	if (last) {
		const tail = TAIL.exec(text.slice(start + 1, end));
		if (tail) end = start + 1 + tail.index;
		else if (said && said.end > start && said.end < end && over.length === 1)
			end = wordEnd(text, start, widen('list', text, start, said.end).end);
	}
	while (start < end && /[\s，、；：]/u.test(text[start] ?? '')) start++;
	while (end > start && /[\s，、；：]/u.test(text[end - 1] ?? '')) end--;
	return { start, end };
}

/** Where the word ends that `at` stands in; words are reckoned from `from` on. */
function wordEnd(text: string, from: number, at: number): number {
	return wordsIn(text, { start: from, end: at + 6 }).find((word) => word.end >= at)?.end ?? at;
}

/** Where the word begins that `at` stands in: the reader may begin within one. Words are reckoned from `from` on. */
function wordStart(text: string, from: number, at: number, end: number): number {
	const within = wordsIn(text, { start: from, end }).find((word) => word.end > at);
	return Math.min(within?.start ?? at, at);
}
