import { jieba } from '../text/jieba.js';
import { isGlue, KIND_OF_EVENT, sameAs, saysTookPlace } from './glue.js';

/** What turns a statement into its opposite or into a plan, and the longer words in which the same characters mean nothing of the kind. */
const QUALIFIERS =
	/不(?!断|仅|少|久|只|但|止|过|同)|没有?|未(?!来|央)|无(?!偿|锡|人机|线|障碍|论)|非(?!常|遗|公|洲|物质)|拒绝|取消|否认|禁止|暂停|停止|推迟|避免|防止|谣|将(?!军|来|士)|拟|计划|力争|争取|预计|有望|可能|如果|假如|若(?!干)|据说|传闻|并非/gu;

/** What may hang on to a word of the quote: `定为`, `设有`. None of them turns a meaning round. */
const ENDINGS = /[有了着过中上里的地得到为于]$/u;

/** Words of the sentence that neither the quote nor, for the kind of event, the headline has; all folded, without blanks. */
export function newWords(sentence: string, quote: string, headline: string): readonly string[] {
	const isKnown = (word: string): boolean =>
		isGlue(word) ||
		isIn(word, quote) ||
		saysTookPlace(word, quote) ||
		(KIND_OF_EVENT.test(word) && headline.includes(word)) ||
		(word.length > 1 && ENDINGS.test(word) && quote.includes(word.slice(0, -1))) ||
		isMadeOf(word, quote);
	return jieba()
		.cut(sentence, true)
		.filter((word) => !isKnown(word));
}

function isIn(word: string, quote: string): boolean {
	return quote.includes(word) || sameAs(word).some((other) => quote.includes(other));
}

/** `银行行长` where the quote has both words apart. */
function isMadeOf(word: string, quote: string): boolean {
	for (let at = 2; at <= word.length - 2; at++)
		if (quote.includes(word.slice(0, at)) && quote.includes(word.slice(at))) return true;
	return false;
}

/** Verbs and other words of a sentence on which it hangs whether it is true. */
function heavyWords(sentence: string): readonly string[] {
	return jieba()
		.tag(sentence)
		.filter(({ word, tag }) => word.length >= 2 && /^[vnail]/u.test(tag) && !isGlue(word))
		.map(({ word }) => word);
}

/** Whether the sentence leaves out a `not` or a `will` under which the quote says the same words. */
export function dropsQualifier(sentence: string, quote: string): boolean {
	const kept = new Set(sentence.match(QUALIFIERS) ?? []);
	return heavyWords(sentence).some((word) => {
		const places = placesOf(word, quote);
		return places.length > 0 && places.every((at) => qualifiersBefore(at, quote).some((one) => !kept.has(one)));
	});
}

function placesOf(word: string, text: string): readonly number[] {
	const places: number[] = [];
	for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) places.push(at);
	return places;
}

/** The qualifiers between the head of the clause and a place in it. */
function qualifiersBefore(at: number, text: string): readonly string[] {
	const clause = /[^，。；！？：,;!?:]*$/u.exec(text.slice(0, at))?.[0] ?? '';
	return clause.match(QUALIFIERS) ?? [];
}
