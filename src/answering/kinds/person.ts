import type { PersonFact } from '../../facts/types.js';
import { nameLengthAt, occurrencesIn } from '../../text/names.js';
import { type Candidate, type cite, citeSentence, type Desk } from '../desk.js';
import { answered, CitationList, plainItem, refused } from '../findings.js';
import { overlap } from '../overlap.js';
import { widen } from '../shapes.js';
import type { Finding, Query } from '../types.js';
import { belongs, fullTitle, holdsOffice, officeAsked, titleAsked, titleFit } from './office.js';
import { described, itemOf } from './people.js';
import type { Guess } from './spans.js';

/** Who somebody is: title and organisation from every article that names the person. */
export function answerWhoIs(name: string, desk: Desk): Finding {
	const facts = desk.snapshot.articlesNaming(name).flatMap((number) => {
		const article = desk.snapshot.article(number);
		return article.facts.people.filter((person) => person.name === name).map((person) => ({ person, article }));
	});
	const titled = facts
		.filter(({ person }) => person.title)
		.sort((a, b) => fullTitle(b.person).length - fullTitle(a.person).length);
	const best = titled[0] ?? facts[0];
	if (!best) return refused(desk, 'no_such_person', null, { name });
	const citations = new CitationList();
	const titles = distinct(titled.map(({ person }) => person));
	const items = (titles.length > 0 ? titles : [best.person]).map((person) => {
		const { article } = facts.find((one) => one.person === person) ?? best;
		return itemOf(person, article, citations);
	});
	const said = titles.map(fullTitle).join('；');
	if (!said) return answered(desk.wording.say('person_plain', { name }), items, citations.all);
	return answered(desk.wording.say('person', { name, title: said }), items.slice(0, 1), citations.all.slice(0, 3));
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

/** The name that a question like `张三是谁` asks about, whether the issues hold it or not; null where it holds none. */
export function askedName(text: string): string | null {
	const evidence = occurrencesIn(text);
	const plain = text.replace(/^(?:请问|那|那么|你知道)[，,]?/u, '');
	const length = nameLengthAt(plain, 0, evidence);
	if (
		length > 0 &&
		/^(?:同志|先生|女士)?(?:是|的|担任|今年|什么|现任|任|有|在|做|去|参加|出席)/u.test(plain.slice(length))
	)
		return plain.slice(0, length);
	return null;
}

/** Names of the index that differ in one character from the one asked for. */
export function similarNames(name: string, people: readonly string[]): readonly string[] {
	return people
		.filter((other) => other.length === name.length && [...other].filter((char, i) => char !== name[i]).length === 1)
		.slice(0, 3);
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
	const scored = candidates
		.flatMap((candidate) => {
			const people = candidate.article.facts.people.filter((person) => !query.persons.includes(person.name));
			const told = toldByTitle(query.text, people);
			return people.map((person, n) => ({
				person,
				candidate,
				score: personScore(query, person, candidate, guesses) + TITLE_WEIGHT * (told[n] ?? 0),
			}));
		})
		.sort((a, b) => b.score - a.score || a.person.start - b.person.start);
	const best = scored[0];
	const read = guesses.find((guess) => guess.answerable !== null);
	const unknown =
		read && !scored.some(({ person, candidate }) => candidate === read.candidate && spanHolds(read, person.name))
			? unnamed(read)
			: null;
	if (read && unknown && (!best || best.score < read.score)) {
		const citations = new CitationList();
		const at = citations.add(citeSentence(read.candidate, read.start, read.end));
		return answered(desk.wording.say('span', { text: unknown }), [plainItem(unknown, at)], citations.all);
	}
	if (!best || !holdsOffice(query, best.person)) return null;
	const chosen = query.plural ? together(query, scored, read) : [best];
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

interface Scored {
	readonly person: PersonFact;
	readonly candidate: Candidate;
	readonly score: number;
}

/** The name in a span that holds none of the names known as taking part: titles in front are left out. */
function unnamed(guess: Guess): string | null {
	const { text: body } = guess.candidate.body;
	const whole = widen('person', body, guess.start, guess.end);
	const text = body.slice(whole.start, whole.end);
	const name = text.replace(
		/^.*(?:长|书记|主任|主席|教授|经理|委员|代表|老师|同学|选手|先生|女士)(?=[\p{Script=Han}·]{2,8}$)/u,
		'',
	);
	return /^[\p{Script=Han}·A-Za-z ]{2,16}$/u.test(name) ? name : null;
}

/** Several are asked for: as many as the question counts (哪两位), else those whom the best span or its neighbours name. */
function together(query: Query, scored: readonly Scored[], read: Guess | undefined): readonly Scored[] {
	const [best] = scored;
	if (!best) return [];
	const count = '两二三四五六七八'.indexOf(/(?:哪|这|那)?([两二三四五六七八])[位个名人]/u.exec(query.text)?.[1] ?? '?');
	const same = scored.filter(({ candidate }) => candidate === best.candidate);
	const inSpan = read ? same.filter(({ person }) => spanHolds(read, person.name)) : [];
	const wanted =
		count >= 0
			? Math.max(2, count + 1)
			: Math.max(inSpan.length, same.filter(({ score }) => score > best.score - 3).length);
	return [...same.slice(0, wanted)].sort((a, b) => a.person.start - b.person.start);
}

function spanHolds(guess: Guess, name: string): boolean {
	return guess.candidate.body.text.slice(guess.start, guess.end).includes(name);
}

/** What a title that the question alone fits is worth beside the reader's log-odds. */
const TITLE_WEIGHT = 3;

/**
 * How far each person's title is told apart from the others' by the question: character pairs that the question shares
 * with few titles weigh most (`妇联` names one of three leaders, `主席` none). The best of all is 1.
 */
function toldByTitle(question: string, people: readonly PersonFact[]): readonly number[] {
	const titles = people.map(fullTitle);
	const pairs = [...question].map((_, i) => question.slice(i, i + 2)).filter((pair) => pair.length === 2);
	const weights = [...new Set(pairs)]
		.map((pair) => ({ pair, holders: titles.filter((title) => title.includes(pair)).length }))
		.filter(({ holders }) => holders > 0 && holders < Math.max(2, people.length));
	const scores = titles.map((title) =>
		weights.reduce((sum, { pair, holders }) => sum + (title.includes(pair) ? 1 / holders : 0), 0),
	);
	const most = Math.max(1, ...scores);
	return scores.map((score) => score / most);
}

/** What a person lacks who stands in none of the reader's spans, in the reader's log-odds. */
const UNREAD = 4;

function personScore(query: Query, person: PersonFact, candidate: Candidate, guesses: readonly Guess[]): number {
	const title = fullTitle(person);
	const asked = titleAsked(query.text);
	let score =
		2 * overlap(query.topic, deedsOf(candidate.body.text, person.name)) +
		2 * overlap(title, query.text) * (title ? 1 : 0);
	if (asked) score += 2 * titleFit(title, asked);
	const office = officeAsked(query);
	if (office && !belongs(person, office)) score -= 2;
	const spans = guesses.filter((guess) => guess.candidate === candidate && guess.answerable !== null);
	if (spans.length === 0) return score + candidate.score;
	const holding = spans.find((guess) => spanHolds(guess, person.name));
	const least = spans.at(-1)?.score ?? 0;
	return score + (holding ? holding.score : least - UNREAD);
}

/** What the sentences around a person's name say, up to 40 characters each side. */
function deedsOf(text: string, name: string): string {
	const around: string[] = [];
	for (let at = text.indexOf(name); at >= 0 && around.length < 6; at = text.indexOf(name, at + 1)) {
		const before =
			text
				.slice(Math.max(0, at - 30), at)
				.split(/[。！？\n]/u)
				.at(-1) ?? '';
		const after = text.slice(at + name.length, at + name.length + 50).split(/[。！？\n]/u)[0] ?? '';
		around.push(before + after);
	}
	return around.join('\n');
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
