import { fileRange, type MappedText } from '../text/mapped.js';
import { sentencesOf } from '../text/sentences.js';
import { titleBefore } from './mentions.js';
import type { PersonFact } from './types.js';

/** What a tagger makes of a text; offsets are UTF-16 units of it. */
export interface PeopleTags {
	/** Names of people who took part in what the text reports, in text order; the score is from 0 to 1. */
	readonly names: readonly { readonly start: number; readonly end: number; readonly score: number }[];
	/** How likely it is that [start, end) names somebody who took part, 0 to 1; null where nothing was read. */
	likelihood(start: number, end: number): number | null;
}

// Both from the held-out reports of training/people.py; anything from .6 to .95, or to .2, gives the same F1 within .3 points.
const SURE = 0.9;
const HARDLY = 0.02;
const NAME = /^(?:\p{Script=Han}{2,4}|\p{Script=Han}{1,8}(?:[·•]\p{Script=Han}{1,8})+)$/u;

/**
 * The people of an article, the grammar's and the tagger's, in the article's order. The grammar gives titles and
 * roles and reads lines of names run together; the tagger knows names that no surname gives away, and words that only
 * look like names. `tags` are those of the body's beginning.
 */
export function joinPeople(grammar: readonly PersonFact[], body: MappedText, tags: PeopleTags): readonly PersonFact[] {
	const { text } = body;
	const sentences = sentencesOf(text);
	const kept = grammar.map((person) => (isUnlikely(person, text, tags) ? { ...person, roles: [] } : person));
	const present = kept.filter(({ roles }) => roles.length > 0).map(({ name }) => name);
	const seen = new Set(grammar.map(({ name }) => name));
	for (const { start, end, score } of tags.names) {
		const name = text.slice(start, end);
		if (score < SURE || !NAME.test(name) || [...seen].some((other) => other.includes(name) || name.includes(other)))
			continue;
		const sentence = sentences.find((one) => one.start <= start && end <= one.end);
		if (!sentence) continue;
		const titled = titleBefore(text.slice(sentence.start, start));
		// Whom the text only tells of, it tells of without a title, and not among those who came.
		if (!titled.title && !isListedWith(present, text, start, end)) continue;
		seen.add(name);
		const proof = fileRange(body, sentence.start, sentence.end);
		const person: PersonFact = { name, ...titled, roles: ['attend'], ...fileRange(body, start, end), proof };
		// Whoever is listed keeps the order of the list.
		const next = kept.findIndex((other) => other.roles.length > 0 && other.start > person.start);
		kept.splice(next < 0 ? kept.length : next, 0, person);
	}
	return kept;
}

/** Whether the tagger saw every place where a name stands, and took it for nobody who came at each. */
function isUnlikely({ name, roles }: PersonFact, text: string, tags: PeopleTags): boolean {
	let places = 0;
	for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
		if ((tags.likelihood(at, at + name.length) ?? 1) >= HARDLY) return false;
		places++;
	}
	return places > 0 && roles.length > 0;
}

/** Whether the names of people who came stand right before or behind, as in a list. */
function isListedWith(present: readonly string[], text: string, start: number, end: number): boolean {
	const before = text.slice(0, start);
	const after = text.slice(end);
	return present.some((name) =>
		['、', '和', '与', '及'].some((and) => before.endsWith(name + and) || after.startsWith(and + name)),
	);
}
