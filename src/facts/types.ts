import type { Range } from '../text/mapped.js';

/** What somebody did at an event; whoever chairs or speaks attends too. */
export type Role = 'attend' | 'chair' | 'speak' | 'sign' | 'accompany';

/** A person whom an article names as taking part (or, with no roles, only names), where its name stands. */
export interface PersonFact extends Range {
	/** Bare name, no title, no spaces. */
	readonly name: string;
	readonly title: string | null;
	readonly organisation: string | null;
	/** Empty for a person who is named with a title but took no part (quoted, absent, profiled). */
	readonly roles: readonly Role[];
	/** The sentence that proves it. */
	readonly proof: Range;
}

/** A cell of a table, as printed. */
export interface Cell extends Range {
	readonly text: string;
}

/** A table as printed: a header row, and rows with the group they stand in (for example 街道组). */
export interface TableFact {
	readonly title: string | null;
	readonly header: readonly Cell[];
	readonly rows: readonly { readonly group: string | null; readonly cells: readonly Cell[]; readonly line: Range }[];
}

/** What an article states, extracted once when it is indexed; all ranges count in the issue file. */
export interface ArticleFacts {
	readonly people: readonly PersonFact[];
	/** The article's own list of participants ends with 等 or unnamed others. */
	readonly listIsOpen: boolean;
	readonly tables: readonly TableFact[];
}
