import { isDictionaryWord } from '../text/dictionary.js';
import { breaksWord, nameLengthAt, nameMayEndBefore, type Occurrences, unusualNameAt } from '../text/names.js';
import { isTransliteration } from '../text/surnames.js';
import { ENDS_WITH_TITLE, partTitle, REPORTING, TITLE_NOUN } from '../text/titles.js';
import { type Mention, MentionList } from './mention-list.js';

export type { Mention } from './mention-list.js';

const SEPARATOR = /^(?:[、，,\s]+|和|与|及|以及|暨)+/u;
const BARE_SEPARATOR = /^(?:\s*、\s*|\s+|和|与|及|以及|暨)/u;
const CLAUSE_END = /[，,。；：！？!?;:“”"（）()《》\n]/u;
/** Verbs that make a bare name at the head of a clause a person who acts. */
const ACTS =
	/^(?:等(?:[^，。；、]{0,8}(?=出席|参加|列席|到场|共同|代表))?)?(?:一行)?(?:分别|共同|先后|依次|在会上|在致辞中|在讲话中|还|也|首先|最后)?(?:出席|参加|列席|主持|致辞|致词|讲话|指出|强调|表示|要求|介绍|说[，：:“]|认为|宣布|宣读|代表|陪同|带领|率|带队|来到|调研|担任|当选|汇报|发言|作(?:了|题|报告|动员|表态|讲话|发言|交流|主题|为|专题|总结)|围绕|希望|告诉|及[^，。]{0,24}(?:参加|出席)|为|将|到|现场|到场|领取|获|当场|抵达|会见|接待|深入|赴)/u;

/** What several names at the head of a clause do together, with what they are in between: `等院士分别发言`, `4位代表分享经历`. */
const TOGETHER =
	/^(?:等|\d{0,2}[位名]|[两三四五六七八九十][位名])?[^，。；、]{0,14}(?:出席|参加|列席|到场|参会|发言|致辞|讲话|交流|建议|分享|介绍|汇报|领取|见证|观看|参与|陪同|接待|点评|宣读|提问|表演|朗诵|出演|诉求)/u;

/** Titles that one person holds; behind the name of a group stands more often a verb than a name. */
const STRONG = /[长]$|书记|主任|主席|主委|总裁|经理|总监|教授|院士|大使|总统|总理|常委|创始人/u;

/** What is longer is a clause that happens to end like a title. */
const LONGEST_TITLE = 30;

/** Nouns are looked for this far behind the stretch that is asked about: a title may look ahead, but not through a whole line. */
const NEAR = 20;

/** Finds the persons named between `from` and `to` of a line, in order. */
export function findMentions(line: string, from: number, to: number, article: Occurrences): Mention[] {
	const found = new MentionList();
	const near = line.slice(0, to + NEAR);
	TITLE_NOUN.lastIndex = from;
	for (let match = TITLE_NOUN.exec(near); match && match.index < to; match = TITLE_NOUN.exec(near)) {
		const after = match.index + match[0].length;
		if (after >= to || found.endAround(match.index) !== null) continue;
		const gap = /^(?:[（(][^（）()]{1,14}[）)])?[\s：:]{0,3}/u.exec(line.slice(after, to))?.[0] ?? '';
		const start = after + gap.length;
		const length = nameLengthAt(line, start, article, true) || (STRONG.test(match[0]) ? unusualNameAt(line, start) : 0);
		if (length === 0 || start + length > to || isWord(line, match.index, start, length)) continue;
		const titleStart = titleBegin(line, from, match.index, found.last, article);
		const title = line.slice(titleStart, after + (/^[（(]/u.test(gap) ? gap.trimEnd().length : 0)).trim();
		if (REPORTING.test(line.slice(Math.max(from, match.index - 8), after))) continue;
		found.add({ name: line.slice(start, start + length), start, end: start + length, titleStart, title });
		TITLE_NOUN.lastIndex = followList(line, to, article, found, title);
	}
	addTitledBehind(line, from, to, article, found);
	addBare(line, from, to, article, found);
	return found.inOrder();
}

/** `代表队`, `主席台`, `成员国`: the noun goes on instead of being followed by a name. */
function isWord(line: string, noun: number, start: number, length: number): boolean {
	const head = line.slice(start, start + 2);
	if (/^(?:团|队|会|台|国|单位|大会|作用|名单|们|组|处|室|办|性|院|席|部)/u.test(head) && length === 2) return true;
	return (
		/^(?:党员|干部|群众|居民|村民|学生|代表|领导|成员)$/u.test(line.slice(noun, start)) &&
		length === 2 &&
		!nameMayEndBefore(line.slice(start + length))
	);
}

/** Reads the names that follow in the same list under the same title: `副主任张三、李四和王五`. */
function followList(line: string, to: number, article: Occurrences, found: MentionList, title: string | null): number {
	let at = found.last?.end ?? to;
	for (;;) {
		const separator = BARE_SEPARATOR.exec(line.slice(at, to))?.[0];
		if (!separator) return at;
		const start = at + separator.length;
		const length = nameLengthAt(line, start, article) || transcribedIn(line, start, separator);
		if (length === 0 || start + length > to) return at;
		const rest = line.slice(start + length, to);
		if (
			!nameMayEndBefore(rest) ||
			(!separator.includes('、') && !/^(?:[、，。；\s]|等|$|出席|参加|列席|陪同)/u.test(rest))
		)
			return at;
		found.add({ name: line.slice(start, start + length), start, end: start + length, titleStart: start, title });
		at = start + length;
	}
}

/** A name of a minority language in a list, all of its characters such as transcribe names. */
function transcribedIn(line: string, start: number, separator: string): number {
	if (separator.includes('、')) {
		const unusual = unusualNameAt(line, start);
		if (unusual > 2 && /^(?:、|出席|参加|列席|等)/u.test(line.slice(start + unusual))) return unusual;
	}
	const part = /^\p{Script=Han}{2,6}(?=、|出席|参加|列席|等)/u.exec(line.slice(start, start + 10))?.[0] ?? '';
	return separator.includes('、') && part.length > 2 && [...part].every(isTransliteration) ? part.length : 0;
}

/** Nouns that stand behind an office or a group more often than behind a name. */
const GROUP_NOUN =
	/负责|领导|代表|成员|会员|委员$|学生|居民|村民|群众|干事|员工|职工|党员|青年|老人|儿童|家长|市民|明星|冠军/u;

/** `王小明警官`, `李大成委员长`: the title stands behind the name. */
function addTitledBehind(line: string, from: number, to: number, article: Occurrences, found: MentionList): void {
	const near = line.slice(0, to + NEAR);
	TITLE_NOUN.lastIndex = from;
	for (let match = TITLE_NOUN.exec(near); match && match.index < to; match = TITLE_NOUN.exec(near)) {
		const noun = line.slice(0, match.index).endsWith('副') ? match.index - 1 : match.index;
		const end = match.index + match[0].length;
		if (GROUP_NOUN.test(match[0])) continue;
		if (!nameMayEndBefore(line.slice(end)) || /^[、和与的]/u.test(line.slice(end))) continue;
		for (const length of [3, 2]) {
			const start = noun - length;
			if (start < from || found.touches(start, end)) continue;
			const name = line.slice(start, noun);
			if (nameLengthAt(`${name}，`, 0, article) !== length || breaksWord(line, start)) continue;
			const before = line.slice(Math.max(from, start - 1), start);
			// The tail of a longer transcribed name is no name.
			if (isTransliteration(before) && [...name].every(isTransliteration)) continue;
			if (
				before !== '' &&
				!/[，。；：、“”（(局办处院校部会室队心科学团司行厂社由]/u.test(before) &&
				article.count(name) < 2
			)
				continue;
			found.add({ name, start, end: noun, titleStart: start, title: line.slice(noun, end) });
			break;
		}
	}
}

/** Where the title begins whose last noun stands at `noun`: back over `、` and title-like parts to the clause's head or the last name. */
function titleBegin(line: string, from: number, noun: number, last: Mention | undefined, article: Occurrences): number {
	let at = noun;
	const floor = Math.max(from, last && last.end <= noun ? last.end : from);
	while (at > floor && !CLAUSE_END.test(line[at - 1] ?? '')) {
		at--;
		// `党校（行政学院）副校长`: a bracket inside a title is part of it.
		const open = /[）)]/u.test(line[at - 1] ?? '')
			? Math.max(line.lastIndexOf('（', at - 1), line.lastIndexOf('(', at - 1))
			: -1;
		if (open > floor && at - open < 14) at = open;
	}
	const printed = line.slice(at, noun);
	const cut = /^(?:[、，,\s]|以及|及|和|与|暨|等)+/u.exec(printed)?.[0].length ?? 0;
	const rest = printed.slice(cut);
	const lead = leadIn(rest);
	return at + cut + (lead || leadingName(rest, article));
}

/** `周正平与云州银行行长…`, `周正平、吴立新与…`: people in front of another one's title. */
function leadingName(printed: string, article: Occurrences): number {
	const match = /^((?:\p{Script=Han}{2,4}、)*\p{Script=Han}{2,4}?)(?:与|和|同|及其?)(?=\p{Script=Han}{3})/u.exec(
		printed,
	);
	const names = match?.[1]?.split('、') ?? [];
	const areNames = names.every((name) => nameLengthAt(`${name}，`, 0, article) === name.length);
	// One alone may be a word that looks like a name.
	return match && areNames && (names.length > 1 || article.count(names[0] ?? '') > 1) ? match[0].length : 0;
}

/** The title and the organisation that a clause ends with, right before a name; nulls where it ends with none. */
export function titleBefore(clause: string): { readonly title: string | null; readonly organisation: string | null } {
	const printed = /[^，,。；：、！？!?;:“”"（）()《》\s]*$/u.exec(clause)?.[0] ?? '';
	const title = printed.slice(leadIn(printed));
	return ENDS_WITH_TITLE.test(title) && title.length <= LONGEST_TITLE
		? partTitle(title)
		: { title: null, organisation: null };
}

/** Length of words in front of a title that are no part of it: `会议由`, `当天上午`, `在…上，`. */
function leadIn(printed: string): number {
	const lead =
		/^.*(?:正是|就是|是|会议由|仪式由|活动由|大会由|论坛由|讲座由|培训由|会由|式由|听取(?:和审议)?了|接受|会见了?|看望了?|慰问了?|走访|拜访|邀请了?|特邀|采访了?|陪同|带领|率领|宣读了?|感谢|吸引了|交给|按照|图为|首先|最后|会上|新任|出席|来自|供图\s*|记者从|同时|其中|随后|之后|期间|当天|当日|上午|下午|晚上?|\d+[日时分]许?|近日|日前|昨日|今日|昨天|今天)(?=.)/u.exec(
			printed,
		)?.[0] ?? '';
	const short =
		/^(?:由|据|经|为|向|对(?!外)|与|在|给|受|应|随|同|从|到)(?=..)|^该(?:院|公司|校|所|局|馆|园|厂|企业|中心|集团|协会|学会|医院|学院|社区|街道)?/u.exec(
			printed.slice(lead.length),
		)?.[0] ?? '';
	return lead.length + short.length;
}

/** Names without a title: lists that end in a verb of taking part, and single names that head a clause and act. */
function addBare(line: string, from: number, to: number, article: Occurrences, found: MentionList): void {
	// Where the names stand of lists that were read and do not act: read again from each, a long list takes hours.
	const idle = new Set<number>();
	for (let i = from; i < to; i++) {
		const inside = found.endAround(i);
		if (inside !== null) {
			i = inside - 1;
			continue;
		}
		const before = line[i - 1];
		const heads =
			i === from ||
			/[，。；：、\s“”"（(》的]/u.test(before ?? '') ||
			/(?:由|受|和|与|在)$/u.test(line.slice(Math.max(from, i - 1), i));
		if (!heads || idle.has(i)) continue;
		const list = bareList(line, i, to, article);
		if (list.length === 0) continue;
		const end = list.at(-1)?.end ?? i;
		const rest = line.slice(end, to);
		const acts =
			ACTS.test(rest) ||
			(list.length > 1 &&
				TOGETHER.test(rest) &&
				list.every((item) => !isDictionaryWord(line.slice(item.start, item.end)))) ||
			(i > from && before === '由' && /^.{0,4}主持/u.test(rest));
		if (!acts) for (const item of list) idle.add(item.start);
		const only = list.length === 1 ? line.slice(i, end) : '';
		// One bare name proves itself only where it begins like no word, or the article repeats it.
		if (only && isDictionaryWord(only.slice(0, 2)) && article.count(only) < 2) continue;
		const reported = REPORTING.test(line.slice(Math.max(from, i - 10), i).trimEnd());
		if (!acts || reported) continue;
		for (const item of list) {
			if (!found.touches(item.start, item.end)) {
				found.add({ name: line.slice(item.start, item.end), ...item, titleStart: item.start, title: null });
			}
		}
		i = end - 1;
	}
}

function bareList(line: string, at: number, to: number, article: Occurrences): { start: number; end: number }[] {
	const items: { start: number; end: number }[] = [];
	let start = at;
	for (;;) {
		const length = nameLengthAt(line, start, article) || actingForeigner(line, start, article);
		if (length === 0 || start + length > to) return items;
		items.push({ start, end: start + length });
		const separator = BARE_SEPARATOR.exec(line.slice(start + length, to))?.[0];
		if (!separator) return items;
		start += length + separator.length;
	}
}

/** A transcribed name at the head of a clause that the article repeats and that says or does something. */
function actingForeigner(line: string, start: number, article: Occurrences): number {
	const run =
		/^\p{Script=Han}{3,8}?(?=表示|说|指出|强调|认为|欢迎|感谢|宣布|致辞)/u.exec(line.slice(start, start + 12))?.[0] ??
		'';
	return run.length > 0 && [...run].every(isTransliteration) && article.count(run) > 1 ? run.length : 0;
}

/** Whether only list glue stands between two mentions, so that one verb serves both. */
export function sameList(between: string): boolean {
	return (
		between === '' ||
		(SEPARATOR.exec(between)?.[0].length ?? 0) === between.length ||
		/^[\s、，,；;（(）)]*$/u.test(between)
	);
}
