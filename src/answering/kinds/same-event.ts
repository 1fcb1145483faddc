import { overlap } from '../../text/overlap.js';
import { type Candidate, mainHeadline } from '../desk.js';
import { coverage, missingNames } from '../relevance.js';
import type { Query } from '../types.js';

/** How much two headlines must share to tell of one event, and how much of the question the second article may lack beside the first. */
const SAME_HEADLINE = 0.3;
const LESS_COVERED = 0.05;

/** Whether a second article tells of the event of the first, as far as headline and question tell. */
export function sameEvent(query: Query, one: Candidate, other: Candidate): boolean {
	return (
		overlap(mainHeadline(one.article), mainHeadline(other.article)) >= SAME_HEADLINE &&
		missingNames(query, other.article).length === 0 &&
		coverage(query, other.article) >= coverage(query, one.article) - LESS_COVERED
	);
}
