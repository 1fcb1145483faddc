import type { PersonFact } from './types.js';

/** Organisation and title as printed, one behind the other; empty where the text gives neither. */
export function fullTitle(person: Pick<PersonFact, 'organisation' | 'title'>): string {
	return `${person.organisation ?? ''}${person.title ?? ''}`;
}
