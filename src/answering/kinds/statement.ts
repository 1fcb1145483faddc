import { fileRange } from '../../text/mapped.js';
import { sentencesOf } from '../../text/sentences.js';
import { type Candidate, cite, type Desk } from '../desk.js';
import { answered, CitationList, plainItem } from '../findings.js';
import { overlap } from '../overlap.js';
import type { Finding, Query } from '../types.js';

const ASKS_WORDS =
	/评价|看法|怎么看|怎么说|说了?(?:些)?什么|(?:有|提)(?:出)?(?:了)?(?:什么|哪些)(?:要求|希望|建议|表态|意见)|谈到什么|表示什么/u;
const SAYS = /表示|指出|强调|认为|介绍|要求|希望|提出|说[，：:“]|谈到|评价/u;
const LONGEST = 160;

/** What somebody said: the sentence of the person's own words that shares most with the question; null where it asks for no words. */
export function answerStatement(query: Query, candidate: Candidate, desk: Desk): Finding | null {
	const [name] = query.persons;
	if (!name || !ASKS_WORDS.test(query.text)) return null;
	const topic = query.topic.split(name).join(' ');
	const said = wordsOf(name, candidate.body.text)
		.map((sentence) => ({
			...sentence,
			score: overlap(topic, candidate.body.text.slice(sentence.start, sentence.end)),
		}))
		.sort((a, b) => b.score - a.score || a.start - b.start)[0];
	if (!said) return null;
	const end = Math.min(said.end, said.start + LONGEST);
	const citations = new CitationList();
	const at = citations.add(cite(candidate.article, fileRange(candidate.body, said.start, said.end)));
	const text = candidate.body.text.slice(said.start, end);
	return answered(desk.wording.say('span', { text }), [plainItem(text, at)], citations.all);
}

/** Sentences in which the person, or 他 or 她 after the person, says something. */
function wordsOf(name: string, text: string): { readonly start: number; readonly end: number }[] {
	const found = [];
	let speaking = false;
	for (const { start, end } of sentencesOf(text)) {
		const sentence = text.slice(start, end);
		const named = sentence.includes(name);
		if (text[start - 1] === '\n' || start === 0) speaking = named;
		else if (named) speaking = true;
		if (speaking && SAYS.test(sentence) && (named || /^[“"]?(?:他|她)/u.test(sentence))) found.push({ start, end });
	}
	return found;
}
