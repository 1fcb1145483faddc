import { between } from '../../text/between.js';
import { type Word, wordsIn } from '../../text/words.js';
import type { Stretch } from '../enumeration.js';

/** Tags of words that a name or a thing is put together from. */
const NOUN = /^(?:n(?!r)|nrt$|j$|b$|s$|vn$|eng$)/u;
/** What ends the stretch in which words belong together. */
const MARK = /[，,。；;：:、！？!?\n“”‘’「」《》（）()\s]/u;
/** A phrase is made longer by no more than this. */
const MOST = 14;
/** Endings of names that the dictionary parts from what is in front of them: `盘锦|市`, `小龙虾|节`. */
const ENDING = /^[省市区县镇乡村街路站节洼湖河江山岛馆园厅楼院校局处科所队厂店港桥寺杯奖赛展周]$/u;

/** The words of the stretch between two marks that a span lies in. */
function tokensAround(text: string, span: Stretch): readonly Word[] {
	return wordsIn(text, between(text, span, MARK, { back: 40, ahead: 20 }));
}

/** A span with the nouns in front of it that belong to its first word, and with the ending of its name. Words of the question are left out: they need no saying. */
export function wholePhrase(question: string, text: string, span: Stretch): Stretch {
	const tokens = tokensAround(text, span);
	return { start: startOf(question, tokens, span), end: endOf(tokens, span) };
}

/** A street with a numeral in its name is tagged as a numeral. */
function isNoun({ word, tag }: Word): boolean {
	return NOUN.test(tag) || /^[一二三四五六七八九十].*[路街道]$/u.test(word);
}

function startOf(question: string, tokens: readonly Word[], span: Stretch): number {
	let n = tokens.findIndex((token) => token.start <= span.start && token.end > span.start);
	const first = tokens[n];
	if (!first || !(isNoun(first) || /^[\d０-９]+$/u.test(first.word))) return span.start;
	let { start } = first;
	for (n--; n >= 0; n--) {
		const before = tokens[n];
		if (!before || !isNoun(before) || question.includes(before.word) || span.start - before.start > MOST) break;
		start = before.start;
	}
	return start;
}

function endOf(tokens: readonly Word[], span: Stretch): number {
	const last = tokens.find((token) => token.start < span.end && token.end >= span.end);
	if (!last) return span.end;
	if (last.end > span.end) return NOUN.test(last.tag) || /^nr/u.test(last.tag) ? last.end : span.end;
	const next = tokens.find((token) => token.start === span.end);
	return next && ENDING.test(next.word) ? next.end : span.end;
}
