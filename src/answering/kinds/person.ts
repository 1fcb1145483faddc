import { fullTitle } from '../../facts/full-title.js';
import type { PersonFact } from '../../facts/types.js';
import type { StoredArticle } from '../../store/types.js';
import { overlap } from '../../text/overlap.js';
import { ENDS_WITH_ORGANISATION } from '../../text/titles.js';
import { type Candidate, type cite, citeSentence, type Desk } from '../desk.js';
import type { Stretch } from '../enumeration.js';
import { answered, CitationList, plainItem } from '../findings.js';
import { widen } from '../shapes.js';
import type { Finding, Query } from '../types.js';
import { countAsked } from '../understand.js';
import { holdsOffice } from './office.js';
import { described, itemOf } from './people.js';
import { type ScoredPerson, scorePeople, spanHolds } from './person-score.js';
import { answerSpan, type Guess, isPhrase } from './spans.js';
import { actingTogether } from './together.js';

/** Asks who a person is that the question itself names. */
const ASKS_TITLE =
	/^(?:同志|先生|女士)?[，,]?(?:(?:本身|目前|现在|现任|这个人|此人|究竟|到底|又)?(?:是|算)(?:谁|什么人|哪位|何人|干(?:什么|啥|嘛)的|做什么的)|干(?:什么|啥|嘛)的|.{0,12}(?:什么|啥)(?:职务|职位|身份|头衔|官|角色)|.{0,12}(?<!把.{0,12})(?:担任|出任|任|当)(?:的是|着)?(?:什么|啥)|在(?:哪|什么|啥).{0,6}(?:工作|上班|任职|供职))/u;

/** The person whose title or office a question asks: the last name in it that what asks stands behind; null where it asks another thing. */
export function titleOf(query: Query): string | null {
	return (
		query.persons.findLast((name) => ASKS_TITLE.test(query.text.slice(query.text.lastIndexOf(name) + name.length))) ??
		null
	);
}

/** Whether a title or office is asked for, not a name. */
export function asksTitle(text: string): boolean {
	return (
		/(?:什么|啥)(?:职务|职位|身份|头衔|官|角色|级别|医生|医师|干部|老师)|干(?:什么|啥|嘛)的|是做(?:什么|啥)的|在(?:哪|什么|啥).{0,6}(?:工作|上班|任职|供职)[的？?]*$|(?<!把.{0,12})(?:担任|出任|任|当)(?:的是|着)?(?:什么|啥)/u.test(
			text,
		) && !/谁|哪[一两几]?位/u.test(text)
	);
}

/** What the articles' people facts hold of one name. */
async function factsOf(
	name: string,
	desk: Desk,
): Promise<readonly { readonly person: PersonFact; readonly article: StoredArticle }[]> {
	const articles = await desk.snapshot.articles(await desk.snapshot.articlesNaming(name));
	return articles.flatMap((article) =>
		article.facts.people.filter((person) => person.name === name).map((person) => ({ person, article })),
	);
}

/** Who somebody is: title and organisation from every article that names the person; null where the facts hold none. */
export async function answerWhoIs(name: string, desk: Desk): Promise<Finding | null> {
	const titled = (await factsOf(name, desk))
		.filter(({ person }) => person.title)
		.sort((a, b) => fullTitle(b.person).length - fullTitle(a.person).length);
	const citations = new CitationList();
	const titles = distinct(titled.map(({ person }) => person));
	const items = titles.flatMap((person) => {
		const found = titled.find((one) => one.person === person);
		return found ? [itemOf(person, found.article, citations)] : [];
	});
	if (items.length === 0) return null;
	const title = titles.map(fullTitle).join('；');
	return answered(desk.wording.say('person', { name, title }), items.slice(0, 1), citations.all.slice(0, 3));
}

/** Somebody whom an article names without a title; null where none does. */
export async function answerMention(name: string, desk: Desk): Promise<Finding | null> {
	const [first] = await factsOf(name, desk);
	if (!first) return null;
	const citations = new CitationList();
	const item = itemOf(first.person, first.article, citations);
	return answered(desk.wording.say('person_plain', { name }), [item], citations.all);
}

/** Titles that are no part of a fuller one. */
function distinct(people: readonly PersonFact[]): readonly PersonFact[] {
	const kept: PersonFact[] = [];
	for (const person of people) {
		if (
			!kept.some(
				(other) =>
					fullTitle(other).includes(fullTitle(person)) || fullTitle(other).endsWith((person.title ?? '').slice(-2)),
			)
		)
			kept.push(person);
	}
	return kept.slice(0, 3);
}

/**
 * One person among those whom an article names, by title or by deed. With the reader, the best of its spans that holds
 * the name counts most; the person's title against the question and the words around the name settle what is close.
 */
export function answerWhichPerson(
	query: Query,
	candidates: readonly Candidate[],
	guesses: readonly Guess[],
	desk: Desk,
): Finding | null {
	const scored = scorePeople(query, candidates, guesses);
	const best = scored[0];
	const readable = guesses.filter((guess) => guess.answerable !== null);
	const [first] = readable;
	const body = bodyThatActs(query, readable, scored);
	if (body) return answerSpan(query, body, desk);
	// A span that runs over half a sentence names nobody; the next one may.
	const read = readable.find((guess) => guess.score > (first?.score ?? 0) - CLOSE && isPhrase(guess)) ?? first;
	const said = read ? namesIn(read, scored, query) : [];
	const names = said.length === 1 ? filledUp(said, readable, scored, query) : said;
	if (read && names.length > 0 && (!best || best.score < read.score || names.length > 1)) {
		const citations = new CitationList();
		const at = citations.add(citeSentence(read.candidate, read.start, read.end));
		const text = names.join('、');
		return answered(
			desk.wording.say('span', { text }),
			names.map((name) => plainItem(name, at)),
			citations.all,
		);
	}
	if (!best || !(isSure(first, best.person) || holdsOffice(query, best.person, best.candidate.article.headline)))
		return null;
	const chosen = query.plural ? together(query, scored, read) : actingTogether(query, best, scored);
	const citations = new CitationList();
	const proof = citeName(best.candidate, best.person, query);
	if (chosen.length === 1 && proof) citations.add(proof);
	const items = chosen.map(({ person, candidate }) =>
		chosen.length === 1 && proof
			? { ...itemOf(person, candidate.article, new CitationList()), citation: 0 }
			: itemOf(person, candidate.article, citations),
	);
	return answered(
		desk.wording.say('span', { text: chosen.map(({ person }) => described(person)).join('，') }),
		items,
		citations.all,
	);
}

/** Least chance, by the reader, at which its name for an office counts though the facts do not hold the office. */
const SURE = 0.95;

/** Whether the reader's best span is this very name, and beyond doubt; the office may be told elsewhere than in front of it. */
function isSure(guess: Guess | undefined, { name, organisation }: PersonFact): boolean {
	if (!guess || organisation !== null || (guess.answerable ?? 0) < SURE) return false;
	return guess.candidate.body.text.slice(guess.start, guess.end) === name;
}

/** Bodies that are called by half of their name. */
const SHORT_BODY = /(?:局|委|部|办|院|校|政府|[支分]行|中心|[大总支分]队|会|社|站|所|馆|厂|厅|署|处)$/u;

function isBody(name: string): boolean {
	return ENDS_WITH_ORGANISATION.test(name) || SHORT_BODY.test(name);
}

/** The reader's span of a body in front of the very verb that is asked about (`谁汇报了…`), where no person stands in front of it. */
function bodyThatActs(query: Query, readable: readonly Guess[], scored: readonly ScoredPerson[]): Guess | null {
	const verb = /谁(?:来|去|在会上)?(\p{Script=Han}{2})了?/u.exec(query.text)?.[1];
	if (!verb) return null;
	const least = (readable[0]?.score ?? 0) - CLOSE;
	const acting = readable.find(({ candidate: { body }, start, end, score }) => {
		return score > least && isBody(body.text.slice(start, end)) && body.text.startsWith(verb, end);
	});
	const isPerson = scored.some(({ person, candidate }) => candidate.body.text.includes(person.name + verb));
	return acting && !isPerson ? acting : null;
}

/** As many names as the question counts (`由谁交给谁`), from the next spans in the order of their score. */
function filledUp(
	said: readonly string[],
	readable: readonly Guess[],
	scored: readonly ScoredPerson[],
	query: Query,
): readonly string[] {
	const names = [...said];
	for (const guess of readable) {
		if (names.length >= (countAsked(query.text) ?? 1)) break;
		const { text } = guess.candidate.body;
		const next = text.slice(guess.start, guess.end);
		const known = scored.find(({ person }) => person.name === next);
		if (known && !names.includes(next)) names.push(next);
	}
	return names;
}

/** How far, in the reader's log-odds, a span that is a name may stand behind one that is more than that. */
const CLOSE = 6;

/** The names in a span of which at least one is not among those known as taking part; several only where several are asked for. */
function namesIn(guess: Guess, known: readonly ScoredPerson[], query: Query): readonly string[] {
	const { text: body } = guess.candidate.body;
	const { start, end } = overNames(guess, known, widen('person', body, guess.start, guess.end));
	const parts = body.slice(start, end).split(/[、和与及]/u);
	const names = parts.map(
		(part) =>
			known.find(({ person, candidate }) => candidate === guess.candidate && part.includes(person.name))?.person.name ??
			bareName(part),
	);
	const strange = names.filter((name) => name !== null && !known.some(({ person }) => person.name === name));
	if (strange.length === 0 || names.includes(null) || (names.length > 1 && !query.plural)) return [];
	return names.filter((name) => name !== null);
}

/** A span with the whole of the known names that it begins or ends within. */
function overNames({ candidate }: Guess, known: readonly ScoredPerson[], span: Stretch): Stretch {
	const { text } = candidate.body;
	let { start, end } = span;
	for (const { person } of known.filter((one) => one.candidate === candidate)) {
		const { length } = person.name;
		for (let at = text.indexOf(person.name, Math.max(0, span.start - length + 1)); at >= 0 && at < span.end; ) {
			start = Math.min(start, at);
			end = Math.max(end, at + length);
			at = text.indexOf(person.name, at + 1);
		}
	}
	return { start, end };
}

/** A name freed of the title in front of it; null where what is left is none. */
function bareName(text: string): string | null {
	const name = text.replace(
		/^.*(?:长|书记|主任|主席|教授|经理|委员|代表|老师|同学|选手|先生|女士)(?=[\p{Script=Han}·]{2,8}$)/u,
		'',
	);
	return /^[\p{Script=Han}·A-Za-z ]{2,16}$/u.test(name) ? name : null;
}

/** Several are asked for: as many as the question counts (哪两位), else those whom the best span or its neighbours name. */
function together(query: Query, scored: readonly ScoredPerson[], read: Guess | undefined): readonly ScoredPerson[] {
	const [best] = scored;
	if (!best) return [];
	const count = countAsked(query.text);
	const same = scored.filter(({ candidate }) => candidate === best.candidate);
	const inSpan = read ? same.filter(({ person }) => spanHolds(read, person.name)) : [];
	const wanted =
		count !== null ? count : Math.max(inSpan.length, same.filter(({ score }) => score > best.score - 3).length);
	return [...same.slice(0, wanted)].sort((a, b) => a.person.start - b.person.start);
}

/** The sentence that holds the name and most of the question. */
function citeName(candidate: Candidate, person: PersonFact, query: Query): ReturnType<typeof cite> | null {
	const { text } = candidate.body;
	let best: ReturnType<typeof cite> | null = null;
	let most = -1;
	for (let at = text.indexOf(person.name); at >= 0; at = text.indexOf(person.name, at + 1)) {
		const citation = citeSentence(candidate, at, at + person.name.length);
		const score = overlap(query.topic, citation.quote);
		if (score > most) {
			most = score;
			best = citation;
		}
	}
	return best;
}
