import { personsIn } from '../answering/understand.js';
import { findMentions, type Mention } from '../facts/mentions.js';
import { jieba } from '../text/jieba.js';
import { occurrencesIn } from '../text/names.js';
import { ENDS_WITH_TITLE, partTitle } from '../text/titles.js';
import { isGlue, PRESENCE, sameAs } from './glue.js';

/** The people of a text: those the index knows, and those that the text itself marks by a title or a deed. */
interface Cast {
	readonly names: readonly string[];
	readonly mentions: readonly Mention[];
}

function castOf(text: string, people: ReadonlySet<string>): Cast {
	const mentions = findMentions(text, 0, text.length, occurrencesIn(text));
	return { names: [...new Set([...personsIn(text, people), ...mentions.map((one) => one.name)])], mentions };
}

/** What a sentence says of people that its quote does not: a name, a title, or a deed of somebody else's. Null where all is in order. */
export function personFault(
	sentence: string,
	quote: string,
	people: ReadonlySet<string>,
): 'name' | 'title' | 'deed' | null {
	const said = castOf(sentence, people);
	const known = castOf(quote, people);
	const inQuote = (name: string): boolean => {
		if (known.names.includes(name)) return true;
		// Part of a longer name is another person.
		return quote.includes(name) && !known.names.some((longer) => longer.includes(name));
	};
	if (said.names.some((name) => !inQuote(name))) return 'name';
	if (said.mentions.some((one) => one.title !== null && !isTitleOf(one.title, one.name, quote, known))) return 'title';
	if (
		calledSomething(sentence, said.names).some(
			({ name, title, phrase }) => !quote.includes(phrase) && !isTitleOf(title, name, quote, known),
		)
	)
		return 'title';
	return deedsOf(sentence, said.names).some(({ name, verb }) => !didIn(name, verb, quote, known.names)) ? 'deed' : null;
}

function isTitleOf(title: string, name: string, quote: string, known: Cast): boolean {
	if (bare(quote).includes(bare(title + name)) || bare(quote).includes(bare(name + title))) return true;
	return known.mentions.some(
		(one) =>
			one.name === name &&
			one.title !== null &&
			[one.title, ...shorterForms(one.title)].some((whole) => isWithin(bare(title), bare(whole))),
	);
}

/** `北京银行行长` for `北京银行党委副书记、行长`. */
function shorterForms(printed: string): readonly string[] {
	const { organisation, title } = partTitle(printed);
	return organisation ? title.split('、').map((one) => organisation + one) : [];
}

function bare(text: string): string {
	return text.replace(/[\s、，,]/gu, '');
}

/** Whether a title says no more than another. Words that lead in to the first (`参加的有区长`) are no part of it. */
function isWithin(title: string, whole: string): boolean {
	if (whole.includes(title)) return true;
	let shared = 0;
	while (shared < whole.length && title.at(-1 - shared) === whole.at(-1 - shared)) shared++;
	const last = jieba()
		.cut(title.slice(0, title.length - shared))
		.at(-1);
	return ENDS_WITH_TITLE.test(title.slice(title.length - shared)) && last !== undefined && isGlue(last);
}

/** `霍学文是北京银行董事长`: titles that stand behind a name. */
function calledSomething(
	sentence: string,
	names: readonly string[],
): readonly { readonly name: string; readonly title: string; readonly phrase: string }[] {
	return names.flatMap((name) => {
		const behind = sentence.slice(sentence.indexOf(name) + name.length);
		const said = /^(?:就|还|也)?(?:是|为|任|担任|系|[（(])(?:的是)?([\p{Script=Han}、]{2,30})/u.exec(behind);
		const title = said?.[1] ?? '';
		return ENDS_WITH_TITLE.test(title) ? [{ name, title, phrase: name + said?.[0] }] : [];
	});
}

/** Who a sentence says did what: each verb with the name in front of it. */
function deedsOf(
	sentence: string,
	names: readonly string[],
): readonly { readonly name: string; readonly verb: string }[] {
	const places = names
		.flatMap((name) => placesOf(name, sentence).map((at) => ({ name, at })))
		.sort((a, b) => a.at - b.at);
	let at = 0;
	const deeds: { readonly name: string; readonly verb: string }[] = [];
	for (const { word, tag } of jieba().tag(sentence)) {
		const start = sentence.indexOf(word, at);
		at = Math.max(at, start + word.length);
		if (!/^v/u.test(tag) || word.length < 2 || PRESENCE.has(word)) continue;
		const doer = places.findLast((place) => place.at < start);
		if (doer) deeds.push({ name: doer.name, verb: word });
	}
	return deeds;
}

function placesOf(part: string, text: string): readonly number[] {
	const places: number[] = [];
	for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length)) places.push(at);
	return places;
}

/**
 * Whether somebody does something in a text: the name stands in front of the verb in one sentence, and between the two
 * nobody else takes over, that is, no other name stands behind another verb.
 */
function didIn(name: string, verb: string, text: string, names: readonly string[]): boolean {
	const places = [verb, ...sameAs(verb)].flatMap((one) => placesOf(one, text));
	// Whether the word may be used at all is asked elsewhere.
	if (places.length === 0) return true;
	return places.some((deed) =>
		placesOf(name, text).some((at) => {
			if (at >= deed) return false;
			const between = text.slice(at + name.length, deed);
			if (/[。！？]/u.test(between)) return false;
			const others = names.filter((other) => other !== name).flatMap((other) => placesOf(other, between));
			return !others.some((other) => hasVerb(between.slice(0, other)));
		}),
	);
}

function hasVerb(text: string): boolean {
	return jieba()
		.tag(text)
		.some(({ word, tag }) => /^v(?!n)/u.test(tag) && word.length >= 2 && !PRESENCE.has(word));
}
