import { isCommonWord, isDictionaryWord, isVerb } from './dictionary.js';
import { jieba } from './jieba.js';
import { isTransliteration, surnameLength } from './surnames.js';
import { ENDS_WITH_TITLE, STARTS_WITH_TITLE } from './titles.js';

/** Words that may follow a name directly: what the person does, is called, or stands beside. */
const FOLLOWERS =
	/^(?:等|出席|参加|列席|主持|致辞|致词|表示|介绍|说|在|分别|同志|先生|女士|老师|教授|院士|医生|主任|书记|局长|委员|博士|一行|率|带领|带队|领衔|将|代表|当选|和|与|及|以及|暨|会见|会谈|共同|一起|一同|作(?:了|的|题|为|出|.{0,8}(?:报告|动员|讲话|发言|交流|介绍|辅导|讲座|演讲|致辞|汇报|总结))|做(?:了|客|好)|宣读|宣布|为|担任|任|围绕|陪同|陪|深入|认为|到会|到|来到|前往|赴|赶赴|赶到|走进|指出|强调|要求|告诉|向|对|从|就|把|被|是|也|还|曾|均|都|则|又|已|正|便|以|用|通过|结合|针对|根据|按|主讲|讲|发表|发言|提出|希望|感谢|回顾|汇报|通报|总结|部署|传达|解读|点评|检查|调研|视察|走访|慰问|看望|颁发|颁奖|授|揭牌|签署|签约|签订|代|亲自|现场|首先|最后|随后|透露|坦言|笑|回忆|参与|接受|接待|获|荣获|夺|摘|随|牵头|组织|召集|召开|应邀|受邀|莅临|到场|见证|上台|领|点燃|点火|启动|按下|推杆|敲|朗诵|演唱|表演|展示|分享|建议|呼吁|勉励|鼓励|寄语|祝贺|祝愿|不仅|始终|积极|多次|经常|每天|今年|去年|当年|当天|当日|当场|再次|一直|一边|正在|正式|主动|专程|专门|全程|先后|依次|同时|同|给|让|使|带|看|听|问|谈|写|送|教|帮|打|拿|很|最|更|才|只|\d|因|于|抵达|接见|迎接|登|进行|领取|现场|到达|抵|离开|起身|汇总|开展|前来|赠|捐|建|获得|荣膺|加入|参选|竞选|发文|上午|下午|撰文|发布|连续|每日|逐一|一一|偕|纷纷|发来|高擎|欢迎|致|坚定|担忧|则|动情|自豪|高兴|激动|感慨|这样|代为|履|就任|履新|接任|转任|出任|获任|被|检|主任|摄|进一步|专题|开始|开讲|独奏|演奏|骑马|所|之|的|了|，|。|、|；|：|:|,|;|!|！|？|\?|（|\(|）|\)|“|”|"|《|》|…|—|\/|\s|$)/u;

/** Characters that stand in hardly any given name but often right behind one. */
const NOT_IN_NAMES =
	/[的了在是和与及或把被从等都也还就只很最没不未该此这那我你他她它们个位者员说讲问听做作将您并且但因所由虽即认、，。；：“”‘’《》（）()【】\s0-9a-zA-Z·.,:;!?！？…—-]/u;

/** Offices and groups that begin with a surname or end like none. */
const NOT_A_NAME =
	/^(?:关于|党[中组员支内外]|区[领党政监残委人民严分退建级里内域属直公检法司教卫工妇团科文体商发住财审水农林园城交应市场]|全[市国省区体县]|[相有]?关部|国政|各部|党委|贺信|干部|代表|嘉宾|管委|区政|区委|居民|群众|职工|员工|智库|党员|全力|班子|康复)|[市县府镇乡委局部组院厅处队省区村校团会门]$|(?:书记|主任|局长|区长|市长|院长|校长|女士|先生|院士|教授)$/u;

const SELDOM_IN_NAMES =
	/[之其则以更又于可为让向对要能可以请到去来会看见给使同就已在主参出致宣代率共分先作表指强介担当获调前赴一]/u;

/** How often strings occur in one article: evidence on where an unclear name ends. */
export interface Occurrences {
	count(text: string): number;
}

/** Counts occurrences in an article's text, remembering what was asked. */
export function occurrencesIn(text: string): Occurrences {
	const known = new Map<string, number>();
	return {
		count(part) {
			let n = known.get(part);
			if (n === undefined) {
				n = text.split(part).length - 1;
				known.set(part, n);
			}
			return n;
		},
	};
}

/** Whether a name may end in front of this. */
export function nameMayEndBefore(rest: string): boolean {
	return FOLLOWERS.test(rest);
}

function plausible(name: string, surname: number, listed = false): boolean {
	const given = name.slice(surname);
	return (
		given.length > 0 &&
		!NOT_IN_NAMES.test(given.replace('和平', '')) &&
		!NOT_A_NAME.test(name) &&
		(listed ? !isVerb(name) : !isDictionaryWord(name))
	);
}

/**
 * Length in UTF-16 units of the personal name that begins at `i`, or 0. Two or three characters (one more after a
 * double surname), or a transcribed name (`艾尔肯·吐尼亚孜`); the end is the one best supported by what follows
 * and by how the article repeats the name. `foreign`: accept a transcribed name without a dot (after a title).
 */
export function nameLengthAt(text: string, i: number, article: Occurrences, foreign = false): number {
	if (breaksWord(text, i)) return 0;
	const dotted = /^[\p{Script=Han}]{1,8}(?:[·•‧・][\p{Script=Han}]{1,9}){1,3}/u.exec(text.slice(i, i + 40));
	if (dotted) return CONTAINS_TITLE.test(dotted[0]) ? 0 : dottedLength(text, i, dotted[0].length);
	const listed = listedLength(text, i);
	if (listed > 0) return listed;
	const surname = surnameLength(text, i);
	let best = 0;
	let bestScore = 0;
	if (surname > 0) {
		for (const length of [surname + 1, surname + 2]) {
			const name = text.slice(i, i + length);
			if (name.length < length || !plausible(name, surname, text[i + length] === '、' || text[i - 1] === '、'))
				continue;
			const score = endScore(text, i, length, article);
			if (score > bestScore || (score === bestScore && score > 0)) {
				best = length;
				bestScore = score;
			}
		}
	}
	if (foreign) {
		const length = transcribedLength(text, i, article);
		if (length > best && (best === 0 || length > 3)) return length;
	}
	return best;
}

const CONTAINS_TITLE = /主席|委员|书记|主任|代表|导演|[^·]师(?=\p{Script=Han}{2})|总统|总理|部长|会长|教授/u;

/** Whether a word of the language runs over the place where a name would begin: `学习|李强`, `有关|领域`. */
export function breaksWord(text: string, i: number): boolean {
	const before = text[i - 1] ?? '';
	// 主任|何文 is no 任何.
	if (!/\p{Script=Han}/u.test(before) || ENDS_WITH_TITLE.test(text.slice(Math.max(0, i - 5), i))) return false;
	const from = Math.max(0, i - 4);
	let at = from;
	for (const { word, tag } of jieba().tag(text.slice(from, i + 3))) {
		if (at < i && at + word.length > i) return !/^nr/u.test(tag) && isDictionaryWord(word);
		at += word.length;
	}
	return false;
}

/** A name of usual length that stands alone between the marks of a list, whatever its characters. */
function listedLength(text: string, i: number): number {
	const alone = /^(\p{Script=Han}{2,4}?)(?=、|等|出席|参加|列席)/u.exec(text.slice(i, i + 8))?.[1] ?? '';
	const surname = surnameLength(text, i);
	const given = alone.length - surname;
	if (text[i - 1] !== '、' || surname === 0 || given < 1 || given > 2) return 0;
	return /[的了是]/u.test(alone) || NOT_A_NAME.test(alone) || isDictionaryWord(alone) ? 0 : alone.length;
}

/** How well a name may end at this length: 0 is not at all. */
function endScore(text: string, i: number, length: number, article: Occurrences): number {
	const rest = text.slice(i + length, i + length + 16);
	const name = text.slice(i, i + length);
	let score = 0;
	if (rest === '' || /^[，。、；：:,;！!？?)）”》…\s]/u.test(rest)) score = 4;
	// An opening mark follows a verb or preposition at least as often as a name.
	else if (/^[“《（(「『"—/]/u.test(rest)) score = 2;
	else if (/^(?:和|与|及|以及|暨|等|同志|先生|女士|教授|出席|参加|主持|致辞|讲话)/u.test(rest)) score = 3;
	else if (nameMayEndBefore(rest)) score = 2;
	const here = article.count(name);
	const longer = article.count(text.slice(i, i + length + 1));
	if (score > 0 && here > longer && here > 1) score += 1;
	// 让, 为, 向 … end some names, but begin a verb phrase more often.
	if (SELDOM_IN_NAMES.test(name.at(-1) ?? '') && score < 4) score -= score === 3 ? 1 : 2;
	return score;
}

/** Verbs and marks right behind which, and directly behind a title, hardly anything but a name stands in between. */
const CLEAR_END =
	/^(?:[、，,。；）)]|出席|参加|列席|主持|致辞|致词|讲话|陪同|分别|表示|宣读|宣布|接受|和\p{Script=Han}|等)/u;

/**
 * Length of a name that no surname and no usual characters give away (`扎西才让`, `彭作为`), directly behind a title
 * and in front of a clear end; 0 where the dictionary reads words in it.
 */
export function unusualNameAt(text: string, i: number): number {
	for (const length of [2, 3, 4, 5]) {
		const name = text.slice(i, i + length);
		if (!/^\p{Script=Han}+$/u.test(name) || /[的了在是对将被把向从等也之于与及其]|^[和为会就今当同赴去到]/u.test(name))
			return 0;
		if (!CLEAR_END.test(text.slice(i + length))) continue;
		if (NOT_A_NAME.test(name) || STARTS_WITH_TITLE.test(name) || ENDS_WITH_TITLE.test(name)) return 0;
		const words = jieba().tag(name);
		if (words[0]?.word.length === 1 && surnameLength(text, i) > 0 && length === 3) return length;
		return words.every(({ word, tag }) => word.length === 1 || /^(?:nr|nz|ns|x)/u.test(tag)) ? length : 0;
	}
	return 0;
}

function dottedLength(text: string, i: number, longest: number): number {
	const lastDot = Math.max(...['·', '•', '‧', '・'].map((dot) => text.lastIndexOf(dot, i + longest - 1))) - i;
	for (let length = longest; length > lastDot + 1; length--) {
		if (nameMayEndBefore(text.slice(i + length, i + length + 3)) && length - lastDot > 1) {
			const shorter = shortestRepeated(text, i, lastDot + 2, length);
			return shorter;
		}
	}
	return longest;
}

function shortestRepeated(text: string, i: number, from: number, to: number): number {
	for (let length = from; length < to; length++) {
		if (nameMayEndBefore(text.slice(i + length, i + length + 3)) && !isTransliteration(text[i + length])) return length;
	}
	return to;
}

function transcribedLength(text: string, i: number, article: Occurrences): number {
	let longest = 0;
	while (longest < 8 && isTransliteration(text[i + longest])) longest++;
	for (let length = longest; length >= 2; length--) {
		const rest = text.slice(i + length, i + length + 3);
		// A name that is a word too shows itself by how often it comes.
		const name = text.slice(i, i + length);
		if (isCommonWord(name) && article.count(name) < 3) continue;
		if (nameMayEndBefore(rest) && (length > 2 || article.count(name) > 1)) return length;
	}
	return 0;
}

/**
 * Parts a run of names without separators (`孟景伟霍学文郑皓`) into names; null when it cannot be read as names
 * alone. Names that the article writes elsewhere are preferred, then three characters over two.
 */
export function partRun(
	run: string,
	article: Occurrences,
): readonly { readonly start: number; readonly end: number }[] | null {
	type Path = { readonly cost: number; readonly names: readonly { start: number; end: number }[] };
	const best: (Path | undefined)[] = [{ cost: 0, names: [] }];
	for (let i = 0; i < run.length; i++) {
		const path = best[i];
		if (!path) continue;
		const surname = surnameLength(run, i);
		if (surname === 0) continue;
		for (const length of [surname + 1, surname + 2]) {
			const name = run.slice(i, i + length);
			if (name.length < length || !plausible(name, surname)) continue;
			const elsewhere = article.count(name) > article.count(run) ? 0 : 3;
			const cost = path.cost + 1 + elsewhere + (length - surname === 1 ? 0.5 : 0);
			const known = best[i + length];
			if (!known || cost < known.cost)
				best[i + length] = { cost, names: [...path.names, { start: i, end: i + length }] };
		}
	}
	return best[run.length]?.names ?? null;
}
