import type { Role } from '../facts/types.js';
import type { LlmTrace, LlmUse } from './llm-use.js';

/** What a question asks for; decides which file of kinds/ answers it. */
export type Kind =
	| 'who'
	| 'chair'
	| 'speak'
	| 'person'
	| 'when'
	| 'where'
	| 'howmany'
	| 'what'
	| 'list'
	| 'table'
	| 'aggregate'
	| 'why'
	| 'how';

export type Status = 'answered' | 'not_found' | 'unclear';

/** Why nothing is answered: the sentence in `answer` says it, this says it to programs. */
export type Reason = 'no_such_event' | 'no_such_person' | 'not_stated' | 'outside_dates' | 'not_about_issues';

/** A member of the answer: a person with title and roles, or a plain text (place, project, row). */
export interface AnswerItem {
	readonly text: string;
	readonly title: string | null;
	readonly organisation: string | null;
	readonly roles: readonly Role[];
	/** Index into `citations` of the quote that holds it. */
	readonly citation: number;
}

/** A quote: exactly the issue file's text at [start, end), UTF-16 units. */
export interface Citation {
	readonly file: string;
	readonly issueDate: string | null;
	readonly headline: string;
	readonly quote: string;
	readonly start: number;
	readonly end: number;
}

/** What one kind of question found, before it is proven and worded. */
export interface Finding {
	readonly status: Status;
	readonly answer: string;
	readonly items: readonly AnswerItem[];
	readonly complete: boolean;
	readonly citations: readonly Citation[];
	readonly reason: Reason | null;
}

/** An answer as the contract prints it. */
export interface Answer extends Finding {
	readonly id: string | null;
	readonly question: string;
	readonly kind: Kind;
	/** The question as it was resolved, where that differs from what was typed. */
	readonly understood: string | null;
	readonly ms: number;
	/** What a language model did for it; absent where none is switched on. */
	readonly llm?: LlmUse;
	/** What it was made with; absent unless that is asked for. */
	readonly explain?: Explanation;
}

/** What an answer was made with. */
export interface Explanation {
	/** The files of prompts/ that were used, with their hashes. */
	readonly prompts: Readonly<Record<string, string>>;
	/** Null where no language model is switched on. */
	readonly llm: LlmTrace | null;
}

/** A question, understood. */
export interface Query {
	readonly kind: Kind;
	/** The question as resolved: references replaced, politeness dropped. */
	readonly text: string;
	/** Names of people in the index that the question holds, longest first. */
	readonly persons: readonly string[];
	/** Asked-for role at an event, for questions on people. */
	readonly role: Role | null;
	/** Only leaders are asked for (领导, 干部). */
	readonly leadersOnly: boolean;
	/** What names one thing only: quoted titles, numbers with ordinal, organisations, places; the article must hold them. */
	readonly insisted: readonly string[];
	/** What the question is about, its interrogative words taken out. */
	readonly topic: string;
	/** Nouns, names and verbs of the topic. */
	readonly words: readonly string[];
	/** Several answers are asked for. */
	readonly plural: boolean;
}
