import { fileRange } from '../../text/mapped.js';
import { overlap } from '../../text/overlap.js';
import { sentencesOf } from '../../text/sentences.js';
import { type Candidate, cite, type Desk } from '../desk.js';
import { answered, CitationList } from '../findings.js';
import type { Finding, Query } from '../types.js';

/** Two or three sentences that say most about the question, each quoted: for summaries. */
export function answerSummary(query: Query, candidate: Candidate, desk: Desk): Finding {
	const { text } = candidate.body;
	const ranked = sentencesOf(text)
		.filter((sentence) => sentence.end - sentence.start >= 15)
		.map((sentence, n) => ({
			...sentence,
			score: overlap(query.topic, text.slice(sentence.start, sentence.end)) + 1 / (n + 2),
		}))
		.sort((a, b) => b.score - a.score || a.start - b.start)
		.slice(0, 3)
		.sort((a, b) => a.start - b.start);
	const citations = new CitationList();
	for (const sentence of ranked)
		citations.add(cite(candidate.article, fileRange(candidate.body, sentence.start, sentence.end)));
	const answer = ranked.map((sentence) => text.slice(sentence.start, sentence.end)).join('');
	return answered(desk.wording.say('span', { text: answer }), [], citations.all);
}
