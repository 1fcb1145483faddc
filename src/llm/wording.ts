import { CitationList } from '../answering/findings.js';
import type { Citation, Finding, Query } from '../answering/types.js';
import { personsIn } from '../answering/understand.js';
import type { ProvenSentence } from './leash.js';

/** A rewording may be this much longer than the answer it words. */
const LONGER = 1.6;
const LONGER_BY = 30;

/** Proven sentences as one text. */
export function textOf(sentences: readonly ProvenSentence[]): string {
	return sentences.map((one) => one.text).join('');
}

/** Each sentence once. */
export function once(sentences: readonly ProvenSentence[]): readonly ProvenSentence[] {
	return sentences.filter((one, n) => sentences.findIndex((other) => other.text === one.text) === n);
}

/**
 * A finding in other words. `incomplete` where a member of the answer, its day, or that there are more, got lost on the
 * way; `padded` where it names people whom nobody asked about, or has grown long: true, but no answer to the question.
 */
export function reworded(
	query: Query,
	finding: Finding,
	said: readonly ProvenSentence[],
	people: ReadonlySet<string>,
): Finding | 'incomplete' | 'padded' {
	const answer = textOf(said);
	const bare = answer.replace(/\s/gu, '');
	if (finding.items.some((item) => !bare.includes(item.text.replace(/\s/gu, '')))) return 'incomplete';
	const day = /（([^（）]*月[^（）]*日)）$/u.exec(finding.answer)?.[1];
	if ((!finding.complete && !/等|另有|其他/u.test(answer)) || (day && !answer.includes(day))) return 'incomplete';
	const meant = `${query.text}\n${finding.answer}\n${finding.items.map((item) => item.text).join('\n')}`;
	if (personsIn(answer, people).some((name) => !meant.includes(name))) return 'padded';
	if (answer.length > finding.answer.length * LONGER + LONGER_BY) return 'padded';
	const citations = new CitationList();
	for (const citation of finding.citations) citations.add(citation);
	for (const { citation } of said) if (!citations.all.some((one) => isIn(citation, one))) citations.add(citation);
	return { ...finding, answer, citations: citations.all };
}

function isIn(inner: Citation, outer: Citation): boolean {
	return inner.file === outer.file && outer.start <= inner.start && inner.end <= outer.end;
}

/** An answer made of nothing but proven sentences. */
export function composed(said: readonly ProvenSentence[]): Finding {
	const citations = new CitationList();
	for (const { citation } of said) citations.add(citation);
	return {
		status: 'answered',
		answer: textOf(said),
		items: [],
		complete: true,
		citations: citations.all,
		reason: null,
	};
}
