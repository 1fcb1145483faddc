import { fullTitle } from '../../facts/full-title.js';
import { between } from '../../text/between.js';
import { fileRange, type Range } from '../../text/mapped.js';
import { overlap } from '../../text/overlap.js';
import { sentencesOf } from '../../text/sentences.js';
import { ENDS_WITH_TITLE } from '../../text/titles.js';
import { type Candidate, cite, type Desk } from '../desk.js';
import { answered, CitationList, plainItem } from '../findings.js';
import type { Finding, Query } from '../types.js';
import { titleFit } from './office.js';
import { readGuesses } from './spans.js';

const ASKS_WORDS =
	/评价|看法|怎么看|怎么说|说了?(?:些)?什么|(?:有|提)(?:出)?(?:了)?(?:什么|哪些)(?:要求|希望|建议|表态|意见)|谈到什么|(?:强调|指出|表示|要求|希望)(?:了|说|道)?(?:些)?(?:什么|啥)[？?]?$/u;
const SAYS = /表示|指出|强调|认为|介绍|要求|希望|提出|说[，：:“]|谈到|评价/u;
/** What somebody thinks of something: it is said first, and grounds and plans follow. */
const ASKS_VIEW = /评价|看法|怎么看|态度/u;
const LONGEST = 160;

/** What a sentence gains that says who speaks, beside the share of the question that it holds. */
const OPENS = 0.15;
/** What stands in front of a clause of speech. */
const CLAUSE_MARK = /[，,；;：:。！？“]/u;
/** Least chance, by the reader, at which the answer begins with its clause. */
const SURE = 0.5;

/**
 * What somebody said, in the first of these articles that tells it: from the reader's clause on, where it is sure and the words are the person's own, else the sentence of the
 * person's words that shares most with the question; null where it asks for no words or there are none.
 */
export async function answerStatement(
	query: Query,
	candidates: readonly Candidate[],
	desk: Desk,
): Promise<Finding | null> {
	const name = speakerAsked(query, candidates[0]);
	if (!name) return null;
	// Where the first article only names the person, the second may hold the words.
	const speaking = candidates
		.map((candidate) => ({ candidate, own: wordsOf(name, candidate.body.text) }))
		.find(({ own }) => own.length > 0);
	if (!speaking) return null;
	const { candidate, own } = speaking;
	const { text } = candidate.body;
	const [read] = await readGuesses(query, [candidate], desk);
	const around = read && own.find(({ start, end }) => read.start >= start && read.end <= end);
	const topic = query.topic.split(name).join(' ');
	const said =
		around && (read.answerable ?? 0) >= SURE
			? saidFrom(text, own, own.indexOf(around), read, { text: query.text, topic })
			: own
					.map((words) => ({
						...words,
						score: overlap(topic, text.slice(words.start, words.end)) + (words.opens ? OPENS : 0),
					}))
					.sort((a, b) => b.score - a.score || a.start - b.start)[0];
	if (!said) return null;
	const citations = new CitationList();
	const at = citations.add(cite(candidate.article, fileRange(candidate.body, said.start, said.end)));
	const words = text.slice(said.start, Math.min(said.end, said.start + LONGEST));
	return answered(desk.wording.say('span', { text: words }), [plainItem(words, at)], citations.all);
}

/**
 * The words from the reader's clause on; the whole sentence, or for a view the one that began the speech, where what it
 * says before is no less about the question's topic.
 */
function saidFrom(
	text: string,
	own: readonly Words[],
	at: number,
	read: Range,
	{ text: question, topic }: { readonly text: string; readonly topic: string },
): Range {
	const words = own[at] as Words;
	const { start } = between(text, read, CLAUSE_MARK, { back: read.start - words.start });
	const rest = { start, end: words.end };
	const about = (said: Range): number => overlap(topic, text.slice(said.start, said.end));
	const opening = (ASKS_VIEW.test(question) && own.slice(0, at + 1).findLast(({ opens }) => opens)) || words;
	const before = opening === words ? { start: words.start, end: start } : opening;
	return about(before) > 0 && about(before) >= about(rest) ? { start: opening.start, end: opening.end } : rest;
}

/** Whose words a question asks for, by name or by office; undefined where it asks for no words or nobody's. */
export function speakerAsked(query: Query, best: Candidate | undefined): string | undefined {
	return ASKS_WORDS.test(query.text) ? (query.persons[0] ?? holderAsked(query.text, best)) : undefined;
}

/** How much of the body in front of an office a title must hold. */
const SAME_BODY = 0.5;

/** The one whose words are asked for by office: 歌华传媒董事长对…怎么看. Undefined where none or several hold it. */
function holderAsked(question: string, candidate: Candidate | undefined): string | undefined {
	const speaker = /^(?:请问)?(.{3,16}?)(?:对|怎么|在|说|表示|强调|指出|认为|谈到|提)/u.exec(question)?.[1] ?? '';
	const office = ENDS_WITH_TITLE.exec(speaker)?.[0];
	if (!office || !candidate) return undefined;
	const body = speaker.slice(0, -office.length);
	const [holder, other] = candidate.article.facts.people.filter((person) => {
		const title = fullTitle(person);
		return titleFit(title, office) === 1 && overlap(body, title) >= SAME_BODY;
	});
	return other ? undefined : holder?.name;
}

/** A sentence of somebody's words. */
interface Words extends Range {
	/** Whether it says who speaks; else it goes on with what the sentence before began. */
	readonly opens: boolean;
}

/**
 * Sentences in which the person, or 他 or 她 after the person, says something, from the clause on that names the person,
 * and those behind them in the same paragraph until somebody else speaks.
 */
function wordsOf(name: string, text: string): readonly Words[] {
	const found: Words[] = [];
	let known = false;
	let speaking = false;
	for (const { start, end } of sentencesOf(text)) {
		const sentence = text.slice(start, end);
		const named = sentence.includes(name);
		const isNew = start === 0 || text[start - 1] === '\n';
		known = named || (known && !isNew);
		const at = start + sentence.indexOf(name);
		const from = named ? between(text, { start: at, end: at }, /[，,]/u, { back: at - start }).start : start;
		const says = SAYS.test(text.slice(from, end));
		const opens = known && says && (named || /^[“"]?(?:他|她)/u.test(sentence));
		speaking = opens || (speaking && !isNew && !named && !says);
		if (speaking) found.push({ start: from, end, opens });
	}
	return found;
}
