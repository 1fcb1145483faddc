import { topicOf } from '../text/asking.js';
import { askedName } from './kinds/stranger.js';
import type { Answer } from './types.js';
import { personsIn } from './understand.js';

/** What is remembered of a conversation: enough to resolve the next question, nothing else. */
export interface Turn {
	/** The last question as resolved. */
	readonly question: string;
	/** Numbers of the articles cited, best first. */
	readonly articles: readonly number[];
	/** The one person the last turn was about, if it was one. */
	readonly person: string | null;
	readonly items: readonly string[];
	/** Choices offered when the last answer was unclear: what to show, and which article each is. */
	readonly choices: readonly { readonly label: string; readonly article: number }[];
}

/** A question with its references replaced, and the articles it must be answered from, where the conversation says so. */
export interface Resolved {
	readonly text: string;
	readonly pinned: readonly number[];
	readonly changed: boolean;
}

const PRONOUN = /他|她|此人|该(?:同志|负责人|领导|书记|区长|人)|这(?:个|位)(?:人|领导|书记|同志)/u;
const SAME_EVENT =
	/该(?:会议|活动|仪式|座谈会|大会|项目|比赛|展览|论坛|文章|报道)|(?:这|那|此)(?:个|次|场|项|届)?(?:会议?|活动|仪式|座谈会|大会|项目|比赛|展览|论坛|文章|报道|事)|会上|当时|那里|那儿|现场|^还有|^那|其中|上面|刚才/u;
const SAME_ORGANISATION = /该(?:银行|公司|集团|企业|单位|学校|医院|机构|街道|镇|乡|村|社区|区|市)/u;
const ORDINAL = /^(?:选|就|要)?(?:第)?([一二三四五六七八九]|\d{1,2})(?:个|项|条|件|场|位)?(?:吧|的)?[。.!！]?$/u;
const ORDINAL_ITEM = /第([一二三四五六七八九]|\d{1,2})(?:个|项|条|件|场|位|名)(?:人|活动|会)?/u;
const HAN = '一二三四五六七八九';

/** Resolves a question against the turn before; a question that stands alone is left as it is. */
export function resolve(question: string, last: Turn | null, people: ReadonlySet<string>): Resolved {
	const alone: Resolved = { text: question, pinned: [], changed: false };
	if (!last) return alone;
	const chosen = choice(question, last);
	if (chosen !== null) return { text: last.question, pinned: [chosen], changed: true };
	let text = question;
	const nth = ORDINAL_ITEM.exec(text);
	const item = nth && !/名[^次]*(?:是|谁)/u.test(text) ? last.items[place(nth[1] ?? '') - 1] : undefined;
	if (nth && item) return { text: text.replace(nth[0], item), pinned: last.articles.slice(0, 1), changed: true };
	if (PRONOUN.test(text) && last.person) {
		text = text.replace(PRONOUN, last.person);
		return { text, pinned: last.articles.slice(0, 1), changed: true };
	}
	if (SAME_ORGANISATION.test(text))
		return { text: `${eventOf(last.question)}：${text}`, pinned: last.articles.slice(0, 1), changed: true };
	const ownTopic = topicOf(text).replace(/[\s的了在是时间地点举行召开参加出席主持人]/gu, '');
	const refers = SAME_EVENT.test(text) && ownTopic.length <= 12;
	// A name stands for itself, also one that no issue holds (`某某是谁`).
	const names = personsIn(text, people).length > 0 || askedName(text) !== null;
	if ((refers || ownTopic.length <= 2) && !names) {
		const rest = text.replace(/^(?:那么?|还有|请问)[，,]?/u, (lead) => (lead.startsWith('还有') ? '还有' : ''));
		return { text: `${eventOf(last.question)}${rest}`, pinned: last.articles.slice(0, 1), changed: true };
	}
	return alone;
}

function place(text: string): number {
	return /\d/u.test(text) ? Number(text) : HAN.indexOf(text) + 1;
}

function choice(question: string, last: Turn): number | null {
	if (last.choices.length === 0) return null;
	const nth = ORDINAL.exec(question.trim());
	if (nth) return last.choices[place(nth[1] ?? '') - 1]?.article ?? null;
	const bare = question.trim().replace(/[《》。？?]/gu, '');
	return bare.length >= 2 ? (last.choices.find((one) => one.label.includes(bare))?.article ?? null) : null;
}

/** The event that a question names: what is left without the words that ask about it. */
export function eventOf(question: string): string {
	return topicOf(question)
		.replace(/^(?:参加|出席|主持|来|去)(?:了|过)?(?:的)?/u, '')
		.replace(/^(?:了|的)/u, '')
		.replace(/(?:都)?(?:有|的)?(?:参加|出席|主持|举行|召开|到场|讲话|致辞|来|去)(?:的|了|过)*$/u, '')
		.replace(/(?:上|的|在|由|是)+$/u, '')
		.replace(/\s+/gu, '')
		.trim();
}

/** What to remember of an answer for the next question. */
export function remember(
	answer: Answer,
	articles: readonly number[],
	choices: Turn['choices'],
	people: ReadonlySet<string>,
): Turn {
	const question = answer.understood ?? answer.question;
	const named = personsIn(question, people);
	const single =
		answer.items.length === 1 && people.has(answer.items[0]?.text ?? '') ? (answer.items[0]?.text ?? null) : null;
	return {
		question,
		articles,
		person: single ?? (named.length === 1 ? (named[0] ?? null) : null),
		items: answer.items.map((item) => item.text),
		choices,
	};
}
