import { pagesFor } from '../../reading/excerpts.js';
import type { Span } from '../../reading/types.js';
import { calendarOf } from '../../text/dates.js';
import { jieba } from '../../text/jieba.js';
import { fileRange, type MappedText } from '../../text/mapped.js';
import { overlap } from '../../text/overlap.js';
import { sentencesOf } from '../../text/sentences.js';
import { type Candidate, citeSentence, type Desk } from '../desk.js';
import { answered, CitationList, plainItem } from '../findings.js';
import { fits, shapesIn, widen } from '../shapes.js';
import type { Finding, Query } from '../types.js';
import { spanSaid } from './boundaries.js';
import { quantityBonus } from './quantities.js';
import { sameEvent } from './same-event.js';
import { sentenceFit } from './surroundings.js';

/** A stretch of an article's body that may answer, and how sure its finder is. */
export interface Guess {
	readonly candidate: Candidate;
	readonly start: number;
	readonly end: number;
	readonly score: number;
	/** How likely the article answers the question at all, 0 to 1; null where no reader said. */
	readonly answerable: number | null;
	readonly pieces: readonly { readonly start: number; readonly end: number; readonly score: number }[];
	/** Whether it stands in another clause of an enumeration than the question is about. */
	readonly isAside: boolean;
}

/** So many characters of an article are read: 99 of 100 answers stand in them, on two pages of one window each. */
const CHARACTERS = 600;
/** Of a second article one page is enough: on 1,400 questions no answer changed, and its reading takes half as long. */
const CHARACTERS_OF_SECOND = 260;
/** What the article's rank is worth beside the reader's span score, and what a span loses that lacks the form of its kind. */
const RANK_WEIGHT = 6;
const WRONG_FORM = -4;
/** What a day loses where from which to which is asked for. */
const HALF_OF_RANGE = -6;
/** What it gains whose form tells that it is what is asked for. */
const TELLING_FORM = 2;
/** What a span loses that runs over the end of a sentence: it is two answers, or none. */
const ACROSS_SENTENCES = -5;

/** `…座谈会在什么时间？`: the event's own time, not that of something told about it. */
const ASKS_EVENT_TIME =
	/(?:会议?|仪式|活动|大会|论坛|比赛|大赛|展览?|开幕式?|调研|讲座|培训|启动|签约)(?:是|在|于|定在)?(?:什么|啥|哪|几|何)[^，。]{0,6}(?:举行|召开|举办|开幕|开的?|办的?)?[的？?]*$|(?:什么时候|啥时候?|哪天|何时)(?:开幕|开的?|召开|举行|举办|到.{2,10}调研)[的？?]*$/u;
/** Its end, its deadline or a span of it is another time. */
const ASKS_OTHER_TIME = /几[号日月]|从.*到|闭幕|落幕|结束|截止|截至|为止|报名|完工|竣工/u;
/** Behind the day on which a report was sent, which is not the event's. */
const DATELINE = /^(?:\s*[（(]记者|讯|电|消息|报道)/u;
/** How much of the question the lead must share for its time to be the event's. */
const SAME_EVENT = 0.5;

/** The time in the lead, where the time of the very event of the report is asked for: reports open with it. */
export function leadTime(query: Query, candidate: Candidate): Guess | null {
	if (query.kind !== 'when' || !ASKS_EVENT_TIME.test(query.text) || ASKS_OTHER_TIME.test(query.text)) return null;
	const { text } = candidate.body;
	for (const { start, end } of sentencesOf(text)
		.filter((sentence) => text[sentence.end - 1] === '。')
		.slice(0, 2)) {
		const said = text.slice(start, end);
		const shape = shapesIn('when', said).find(
			({ start: from, end: to }) =>
				/[年月日天晚]/u.test(said.slice(from, to)) &&
				!DATELINE.test(said.slice(to)) &&
				fits('when', said.slice(from, to), query.text),
		);
		if (!shape || overlap(query.topic, said) < SAME_EVENT) continue;
		return {
			candidate,
			start: start + shape.start,
			end: start + shape.end,
			score: 0,
			answerable: 1,
			pieces: [],
			isAside: false,
		};
	}
	return null;
}

/** Spans of a page as stretches of the body; what runs over a gap between its pieces stands nowhere. */
function inBody(page: MappedText, spans: readonly Span[]): readonly Span[] {
	return spans.flatMap((span) => {
		const { start, end } = fileRange(page, span.start, span.end);
		return end - start === span.end - span.start ? [{ ...span, start, end }] : [];
	});
}

/**
 * Whether another article need not be read: the one before says enough to be answered from, and this one cannot state
 * another figure for the same event. On 232 questions over 9,000 reports one in twelve reads on.
 */
function isEnough(query: Query, guesses: readonly Guess[], next: Candidate, { thresholds }: Desk): boolean {
	const sure = guesses.find((guess) => (guess.answerable ?? 0) >= thresholds.answerable);
	if (!sure) return false;
	return !((query.kind === 'when' || query.kind === 'howmany') && sameEvent(query, sure.candidate, next));
}

/** Guesses of the reader over the best candidates, best first. */
export async function readGuesses(
	query: Query,
	candidates: readonly Candidate[],
	desk: Desk,
): Promise<readonly Guess[]> {
	const reader = await desk.reader();
	if (!reader) return [];
	const guesses: Guess[] = [];
	for (const [n, candidate] of candidates.entries()) {
		if (isEnough(query, guesses, candidate, desk)) continue;
		const { text } = candidate.body;
		const readings = await Promise.all(
			pagesFor(query.topic, candidate.article.headline, text, n === 0 ? CHARACTERS : CHARACTERS_OF_SECOND).map(
				async (page) => {
					const reading = await reader.read(query.text, page.text, candidate.article.headline);
					return { ...reading, spans: inBody(page, reading.spans), pieces: inBody(page, reading.pieces) };
				},
			),
		);
		const answerable = Math.max(0, ...readings.map((reading) => reading.answerable));
		for (const { spans, pieces } of readings) {
			for (const { start, end, score } of spans) {
				const half = isHalfOfRange(query, text, start, end) ? HALF_OF_RANGE : 0;
				const form = (formFits(query, text, start, end) ? 0 : WRONG_FORM) + half + across(text.slice(start, end));
				const sentence = sentenceFit(query, text, start);
				const around = sentence.score + quantityBonus(query, text, { start, end });
				const telling = hasTellingForm(query, { candidate, start, end }) ? TELLING_FORM : 0;
				guesses.push({
					candidate,
					start,
					end,
					score: score + RANK_WEIGHT * candidate.score + form + around + telling,
					answerable,
					pieces,
					isAside: sentence.isAside,
				});
			}
		}
	}
	return guesses.sort(
		(a, b) => b.score - a.score || a.candidate.article.number - b.candidate.article.number || a.start - b.start,
	);
}

/** Guesses by form and by the words around, for when there is no reader. */
export function typedGuesses(query: Query, candidates: readonly Candidate[]): readonly Guess[] {
	const guesses: Guess[] = [];
	for (const candidate of candidates) {
		const { text } = candidate.body;
		for (const sentence of sentencesOf(text)) {
			const said = text.slice(sentence.start, sentence.end);
			const near = overlap(query.topic, said);
			const shapes = shapesIn(query.kind, said);
			const base = { candidate, answerable: null, pieces: [], isAside: false };
			if (shapes.length === 0)
				guesses.push({
					...base,
					...bestClause(query, said, sentence.start),
					score: near + candidate.score - (query.kind === 'when' || query.kind === 'howmany' ? 1 : 0),
				});
			for (const shape of shapes) {
				const window = said.slice(Math.max(0, shape.start - 18), shape.end + 14);
				const start = sentence.start + shape.start;
				guesses.push({
					...base,
					start,
					end: sentence.start + shape.end,
					score: near + overlap(query.topic, window) + candidate.score,
				});
			}
		}
	}
	return guesses.sort(
		(a, b) => b.score - a.score || a.candidate.article.number - b.candidate.article.number || a.start - b.start,
	);
}

/** Whether a guess, widened to the whole time or quantity, has the form that the question asks for. */
export function hasForm(query: Query, guess: Guess): boolean {
	return formFits(query, guess.candidate.body.text, guess.start, guess.end);
}

/** Whether a guess can be a title, a name or an enumeration of names, with titles: no mark of a clause stands in it. */
export function isPhrase({ candidate, start, end }: Guess): boolean {
	return !/[，。；：,;:！？]/u.test(candidate.body.text.slice(start, end));
}

/** Asks when something ends. */
const ASKS_END = /结束|截止|闭幕|落幕|为止|到(?:什么时候|何时|哪[一]?天|几[号月])/u;

/** Whether the form of a guess tells that it is what is asked for: the name of a place where a city is, a time behind 至 or 到 where an end is. */
export function hasTellingForm(
	query: Query,
	{ candidate, start, end }: Pick<Guess, 'candidate' | 'start' | 'end'>,
): boolean {
	const { text } = candidate.body;
	if (query.kind === 'when')
		return ASKS_END.test(query.text) && /[至到]$|截[止至]于?$/u.test(text.slice(start - 3, start));
	return (
		/哪[一]?[个座](?:城市|市|城)/u.test(query.text) &&
		jieba()
			.tag(text.slice(start, end))
			.every(({ tag }) => tag === 'ns')
	);
}

const ASKS_RANGE = /从(?:哪|几|何时|什么时候).*到|(?:哪天|几[号日点月])到(?:哪天|几[号日点月])/u;

/** Whether a stretch of time is asked for and only a point of it told. */
function isHalfOfRange(query: Query, text: string, from: number, to: number): boolean {
	if (query.kind !== 'when' || !ASKS_RANGE.test(query.text)) return false;
	const { start, end } = widen(query.kind, text, from, to);
	return !/[至到—－~～-]/u.test(text.slice(start, end));
}

function across(said: string): number {
	return /[。！？\n]./u.test(said) ? ACROSS_SENTENCES : 0;
}

function formFits(query: Query, text: string, from: number, to: number): boolean {
	const { start, end } = widen(query.kind, text, from, to);
	return fits(query.kind, text.slice(start, end), query.text);
}

/** The clause of a sentence that shares most with the question, with the clause after it where it is short. */
function bestClause(query: Query, said: string, offset: number): { readonly start: number; readonly end: number } {
	let best = { start: 0, end: said.length };
	let most = -1;
	for (const clause of said.matchAll(/[^，,；;：:。！？]+[，,；;：:。！？]?/gu)) {
		const score = overlap(query.topic, clause[0]);
		if (score > most) {
			most = score;
			best = { start: clause.index, end: clause.index + clause[0].length };
		}
	}
	const text = said.slice(best.start, best.end).replace(/[，,；;：:。！？]+$/u, '');
	return { start: offset + best.start, end: offset + best.start + text.length };
}

/** Words the chosen span as an answer with the sentence around it as proof. */
export function answerSpan(query: Query, guess: Guess, desk: Desk): Finding {
	const { candidate } = guess;
	const { text } = candidate.body;
	const { start, end } = spanSaid(query, text, guess);
	const said = text.slice(start, end).trim();
	const citations = new CitationList();
	const at = citations.add(citeSentence(candidate, start, end));
	const date = query.kind === 'when' ? calendarOf(said, candidate.article.issueDate) : null;
	const answer = date ? desk.wording.say('when_dated', { text: said, date }) : desk.wording.say('span', { text: said });
	return answered(answer, [plainItem(said, at)], citations.all);
}
