import { cite } from '../answering/desk.js';
import type { Citation } from '../answering/types.js';
import { fold } from '../text/fold.js';
import { fileRange } from '../text/mapped.js';
import { hasNewDate, hasNewForeignWord, hasNewNumber, isForeign } from './claims.js';
import { personFault } from './deeds.js';
import { locate } from './locate.js';
import type { ShownPassage } from './passages.js';
import type { SaidSentence } from './reply.js';
import { dropsQualifier, newWords } from './words.js';

/** Why a sentence was dropped. */
export type Fault =
	| 'no_passage'
	| 'no_quote'
	| 'foreign'
	| 'number'
	| 'date'
	| 'name'
	| 'title'
	| 'deed'
	| 'word'
	| 'qualifier';

/** A sentence that holds, with the quote that proves it. */
export interface ProvenSentence {
	readonly text: string;
	readonly citation: Citation;
}

/**
 * Holds one sentence of a model against the passages that it was shown. Its quote must stand in the passage it names,
 * and the sentence may say nothing that is not in the quote: no other name, number, date, title or doer, no address,
 * and no word but those that join.
 */
export function prove(
	said: SaidSentence,
	passages: readonly ShownPassage[],
	people: ReadonlySet<string>,
): ProvenSentence | Fault {
	const passage = passages.find((one) => one.number === said.passage);
	if (!passage) return 'no_passage';
	const place = locate(said.quote, passage.text.text);
	if (!place) return 'no_quote';
	const text = finished(said.text);
	const fault = faultOf(text, passage.text.text.slice(place.start, place.end), passage.article.headline, people);
	if (fault) return fault;
	return {
		text,
		citation: cite(passage.article, fileRange(passage.text, place.start, place.end)),
	};
}

/** What a sentence says beyond its quote; null where it says nothing beyond. */
function faultOf(text: string, quoted: string, headline: string, people: ReadonlySet<string>): Fault | null {
	if (isForeign(text)) return 'foreign';
	const [sentence, quote] = [text, quoted].map((one) => fold(one).replace(/\s/gu, '')) as [string, string];
	if (hasNewForeignWord(sentence, quote)) return 'foreign';
	if (hasNewDate(sentence, quote)) return 'date';
	if (hasNewNumber(sentence, quote)) return 'number';
	const person = personFault(sentence, quote, people);
	if (person) return person;
	if (newWords(sentence, quote, headline).length > 0) return 'word';
	return dropsQualifier(sentence, quote) ? 'qualifier' : null;
}

const BYLINE = /^本报讯\s*(?:[(（]\s*(?:本报)?(?:记者|通讯员)[^()（）]{1,40}[)）])?\s*/u;

/** One line that ends like a sentence, without the reporter's name in front of it. */
function finished(text: string): string {
	const line = text
		.replace(/\s*\n\s*/gu, '')
		.trim()
		.replace(BYLINE, '');
	return /[。！？；…”]$/u.test(line) ? line : `${line.replace(/[,，、;:：.]$/u, '')}。`;
}
