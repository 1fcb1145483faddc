import { fullTitle } from '../../facts/full-title.js';
import type { PersonFact } from '../../facts/types.js';
import { overlap } from '../../text/overlap.js';
import type { Candidate } from '../desk.js';
import type { Query } from '../types.js';
import { belongs, bodyAsked, officeAsked, titleAsked, titleFit } from './office.js';
import type { Guess } from './spans.js';

/** A person of an article as an answer, and how well he or she fits. */
export interface ScoredPerson {
	readonly person: PersonFact;
	readonly candidate: Candidate;
	/** In the reader's log-odds. */
	readonly score: number;
}

/** Everybody whom the articles name and the question does not, best fit first; ties in the order of the text. */
export function scorePeople(
	query: Query,
	candidates: readonly Candidate[],
	guesses: readonly Guess[],
): readonly ScoredPerson[] {
	return candidates
		.flatMap((candidate) => {
			const people = candidate.article.facts.people.filter((person) => !query.persons.includes(person.name));
			const told = toldByTitle(query, candidate.article.headline, people);
			return people.map((person, n) => ({
				person,
				candidate,
				score: personScore(query, person, candidate, guesses) + TITLE_WEIGHT * (told[n] ?? 0),
			}));
		})
		.sort((a, b) => b.score - a.score || a.person.start - b.person.start);
}

/** Whether a guess holds a name, or begins or ends within it. */
export function spanHolds({ candidate, start, end }: Guess, name: string): boolean {
	const rest = name.length - 1;
	return candidate.body.text.slice(Math.max(0, start - rest), end + rest).includes(name);
}

/** What a title that the question alone fits is worth beside the reader's log-odds. */
const TITLE_WEIGHT = 3;

/**
 * How far each person's title is told apart from the others' by the question: character pairs that the question shares
 * with few titles weigh most (`妇联` names one of three leaders, `主席` none). The best of all is 1.
 */
function toldByTitle({ text, insisted }: Query, headline: string, people: readonly PersonFact[]): readonly number[] {
	const titles = people.map(fullTitle);
	// What the headline has too, or what goes on from a name that it has (`州市` of `云州市`), names the event, not one of its people.
	const events = insisted.filter((word) => headline.includes(word));
	const pairs = [...text]
		.map((_, i) => text.slice(i, i + 2))
		.filter(
			(pair, i) =>
				pair.length === 2 && !headline.includes(pair) && !events.some((word) => text.slice(0, i + 1).endsWith(word)),
		);
	const weights = [...new Set(pairs)]
		.map((pair) => ({ pair, holders: titles.filter((title) => title.includes(pair)).length }))
		.filter(({ holders }) => holders > 0 && holders < Math.max(2, people.length));
	const scores = titles.map((title) =>
		weights.reduce((sum, { pair, holders }) => sum + (title.includes(pair) ? 1 / holders : 0), 0),
	);
	const most = Math.max(1, ...scores);
	return scores.map((score) => score / most);
}

/** What it is worth that a person is of the body whose people are asked for. */
const BODY_WEIGHT = 6;

/** What a person lacks who stands in none of the reader's spans, in the reader's log-odds. */
const UNREAD = 4;

/** How well a person answers the question, in the reader's log-odds. */
function personScore(query: Query, person: PersonFact, candidate: Candidate, guesses: readonly Guess[]): number {
	const title = fullTitle(person);
	const asked = titleAsked(query.text);
	let score =
		2 * overlap(query.topic, deedsOf(candidate.body.text, person.name)) +
		2 * overlap(title, query.text) * (title ? 1 : 0);
	if (asked) score += 2 * titleFit(title, asked);
	const office = officeAsked(query);
	if (office && !belongs(person, office, candidate.article.headline)) score -= 2;
	const body = bodyAsked(query.text);
	if (body) score += BODY_WEIGHT * overlap(body, title);
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
