import { between } from '../../text/between.js';
import { overlap } from '../../text/overlap.js';
import type { Query } from '../types.js';

/** What a span loses that stands beside another clause of an enumeration than the question is about, in the reader's log-odds. */
const OTHER_CLAUSE = -6;
/** What a span gains that stands in that clause itself. */
const ASKED_CLAUSE = 2;
/** What it loses in a sentence that shares nothing with the question. */
const STRANGE = -3;

const LABELLED = /^\p{Script=Han}{1,4}(?:为|是|设)(?=.{2})/u;

/** How well the sentence around a span fits the question. */
export interface SentenceFit {
	/** In the reader's log-odds; 0 where nothing speaks against it. */
	readonly score: number;
	/** Whether another clause of the sentence is the one that the question is about. */
	readonly isAside: boolean;
}

export function sentenceFit(query: Query, text: string, start: number): SentenceFit {
	const around = between(text, { start, end: start }, /[。\n]/u);
	const sentence = text.slice(around.start, around.end);
	const isStrange = overlap(query.topic, sentence) === 0;
	const isAsked = isAskedClause(query.words, sentence, start - around.start);
	const byClause = isAsked === null ? 0 : isAsked ? ASKED_CLAUSE : OTHER_CLAUSE;
	return { score: (isStrange ? STRANGE : 0) + byClause, isAside: isAsked === false };
}

/**
 * A sentence may tell of several things in clauses of one build (`6月足球赛闭幕，甲队夺冠；7月象棋赛…；8月…`), whose answers look
 * alike. Where the question has a word that only one of them holds, an answer out of another is the wrong one's. Null where no
 * word tells the clauses apart.
 */
function isAskedClause(words: readonly string[], sentence: string, at: number): boolean | null {
	const isParted = /[；;]/u.test(sentence);
	const mark = isParted ? /[；;]/u : /[，,]/u;
	const all = sentence.split(mark);
	const own = all[sentence.slice(0, at).split(mark).length - 1] ?? '';
	// Commas part clauses of one build only where each begins with a label: `一楼为书店，二楼为茶室`.
	const clauses = isParted ? all : all.filter((clause) => LABELLED.test(clause));
	if (clauses.length < 2 || !clauses.includes(own)) return null;
	const telling = words.filter((word) => clauses.filter((clause) => clause.includes(word)).length === 1);
	return telling.length > 0 ? telling.some((word) => own.includes(word)) : null;
}
