import { CLAUSE_END } from '../../text/between.js';
import type { Query } from '../types.js';
import type { ScoredPerson } from './person-score.js';

/** `是谁接待的`, `谁接待了…`: the verb of which the one who did it is asked. */
const DEED = /谁(?:来|去|在会上)?(\p{Script=Han}{2})(?:了|的|过|[？?]|$)/u;
/** What may stand between the last of several who act and their verb. */
const ALL = '(?:等(?!级)|共同|一同|一起|一道|分别|先后)?';

/**
 * All who did together what one is asked for: `董事长甲、副董事长乙接待`. They stand in one breath in front of the verb, each
 * part of which ends in a known name; just the one where no others do.
 */
export function actingTogether(
	query: Query,
	one: ScoredPerson,
	known: readonly ScoredPerson[],
): readonly ScoredPerson[] {
	const verb = DEED.exec(query.text)?.[1];
	if (!verb) return [one];
	const { text } = one.candidate.body;
	const here = known.filter(({ candidate }) => candidate === one.candidate);
	for (const clause of text.split(CLAUSE_END)) {
		const said = new RegExp(`^(.*?)${ALL}${verb}`, 'u').exec(clause)?.[1];
		if (!said?.includes(one.person.name)) continue;
		const parts = said.split(/[、和与及]/u);
		const acting = parts.map((part) => here.find(({ person }) => part.endsWith(person.name)));
		const all = acting.filter((person) => person !== undefined);
		if (all.length === parts.length && all.includes(one)) return all;
	}
	return [one];
}
