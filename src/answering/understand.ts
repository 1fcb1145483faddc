import type { Role } from '../facts/types.js';
import { topicOf } from '../text/asking.js';
import { jieba } from '../text/jieba.js';
import type { Kind, Query } from './types.js';

const WHO =
	/谁|哪些人|哪几个?人|哪几位|哪位|哪一位|哪两位|哪三位|哪些?.{0,6}(?:领导|嘉宾|干部|代表|人士|名人|学者|专家|官员|同志|负责人|高管|成员|人物|医师|医生)|哪个(?:人|领导)|何人|什么人|啥人|有名有姓|具名|点了.{0,4}名|提到名字|名单(?:上|里)?(?:是(?!从)|都?有(?:谁|哪|什么)|[？?]?$)|(?:领导|嘉宾|代表|主持人|负责人).{0,3}(?:是|有)?哪(?:个|几)|(?:人|员|者|师|生|官|长|记|任|手|士|童|孩|女|男|民|夫|妻|儿|母|父|子|客|星|家|兵|警|友|们|主|他|她)(?:名字)?叫(?:什么|啥)(?:名字)?[？?]?$/u;
const TAKE_PART =
	/参加|出席|列席|到场|到会|与会|参会|在场|去了|来了|来参加|有谁|都有谁|陪同|参与|调研|考察|座谈|会见|会谈|审议|出面|慰问|看望|到访|点名|点了|点到|具名|有名有姓|提到(?:名字|哪些)|去的|出席的|带队|率队|请了?(?:谁|哪.{0,4}(?:嘉宾|领导|客人|代表))/u;
const CHAIR = /主持/u;
const SPEAK =
	/致辞|致词|致.{0,2}辞|讲(?:了.?)?话|发言|主讲|演讲|讲课|作.{0,8}报告|发表.{0,6}讲话|提.{0,6}要求|讲的|谁讲|上[来台](?:讲|说|分享)|说.{0,30}的(?:是|领导|人)/u;
const WHEN =
	/什么时候|何时|啥时候?|哪[一两几]?[天日]|几[号日月点]|哪[一]?[年月]|哪一?个?月|什么时间|多会儿|时间(?:是|安排|定|为)|什么日子|哪个?(?:日子|时段|时间|季度)|截止(?:到|日)/u;
const WHERE =
	/哪里|哪儿|在哪(?![些个几])|何处|什么(?:地方|场地|场所|位置)|啥地方|哪个(?:城市|地方|区|县|镇|村|市|省|街道|社区|学校|小区|场馆|场地|展馆|体育馆|体育场|国家(?![局队级标机])|景区|酒店|宾馆|广场|公园|校区|会场|地点)|哪(?:所|座|处|家)(?:学校|大学|中学|小学|城市|宾馆|酒店|医院|体育馆|场馆|景区|会场|村|广场)|地点|地址|位于|到哪/u;
const HOW_MANY =
	/多少|几(?:个|名|位|人|项|次|家|场|支|所|条|件|起|部|种|类|张|台|套|间|户|天|年|岁|幅|本|篇|万|亿|千|百|成|组|批|期|届|轮|方面|倍|辆|艘|架|块|处|座|顶|颗|棵|只|头|公里|平方米|小时|分钟|站|县|市|回|环|周|级|列|趟|遍|圈|桌|笔|门|道|堂|代|拨|步)|多(?:大|高|长|远|深|宽|重|久|快)|百分之几|第几|几分之/u;
const WHY =
	/为什么|为何|为啥|原因|缘由|因为什么|因为啥|怎么会|凭(?:什么|啥)|何以|图(?:的是|个)?(?:什么|啥)|为了(?:什么|啥)|目的(?:是|何在)/u;
const HOW = /怎么|怎样|如何|咋|(?:什么|啥)(?:方式|办法|法子|方法|措施|途径|手段|形式)|靠(?:什么|啥)|通过(?:什么|啥)/u;
const LIST =
	/哪些|哪几|哪[两俩二三四五六七八九十](?!位|天)|分别是|都有(?:什么|啥)|包括(?:什么|啥|哪)|各是|有什么.{0,6}(?:项目|奖|活动|内容)/u;
const AGGREGATE_THING = /(?:活动|会议|会|文章|报道|新闻|消息|稿子|事情|场合)/u;
const WHOSE_TITLE =
	/什么(?:职务|职位|身份|头衔|官|人物|来头|工作)|(?:职务|职位|身份|头衔)(?:是|叫)?(?:什么|啥)|(?:担任|出任|任|当)(?:的是)?(?:什么|啥)(?:职|官|$|？|\?)|是(?:谁|什么人|何许人|干什么的|做什么的)[？?]?$|干(?:什么|啥|嘛)的[？?]?$/u;
/** Groups and bodies, not people, are asked for. */
const GROUPS =
	/哪(?:些|几|两|三|四|五|六)?(?:所|家|个|支)?[^，。？谁]{0,2}?(?:代表团|代表队)|哪(?:些|几|两|三|四|五|六)(?:所|家|个|支)?(?:学校|单位|企业|公司|部门|街镇|街道|镇|乡|村|社区|机构|国家|城市|地方|区|县|市|代表团|队)(?!领导|干部|负责)/u;

/** A body is asked for in a person's words: 谁主办. */
const WHOSE_DOING = /谁(?:来|去)?(?:出资|投资|承建|兴建|建(?!议)|主办|承办|举办|协办|开发|运营|出品|发起|组织)/u;

/** The kind of a question that stands alone, and the role it asks for. */
export function kindOf(text: string): { readonly kind: Kind; readonly role: Role | null } {
	// 主办单位是谁, 谁家的公司: an organisation is asked for in a person's words.
	const who =
		WHO.test(text) &&
		!GROUPS.test(text) &&
		!/(?:领导|管理|主管|分管)着?哪[个些几](?!人|领导|同志|干部)/u.test(text) &&
		!WHOSE_DOING.test(text) &&
		!/(?:单位|机构|公司|企业|部门|协会|主办方|承办方|活动|项目|品牌|课|歌|书|节目|地方)(?:是谁(?!\p{Script=Han}{1,8}的)|叫(?:什么|啥))/u.test(
			text,
		);
	if (isAggregate(text)) return { kind: 'aggregate', role: null };
	if (who && CHAIR.test(text)) return { kind: 'chair', role: 'chair' };
	if (who && /签(?:署|约|字|订)/u.test(text)) return { kind: 'who', role: 'sign' };
	if (who && singular(text) && !CHAIR.test(text)) return { kind: 'person', role: null };
	if (who && SPEAK.test(text) && !/参加|出席|到场|都有谁/u.test(text)) return { kind: 'speak', role: 'speak' };
	if (
		who &&
		!/是(?:谁|什么人|何许人)[？?]?$/u.test(text.replace(/(?:领导|嘉宾|人|干部).{0,4}是谁/u, '')) &&
		(TAKE_PART.test(text) || /(?:参加|出席|参会|与会|到场).{0,12}(?:是谁|是哪)|领导.{0,4}哪几?[位个些]/u.test(text)) &&
		!/拿|获|夺|冠军|得了/u.test(text)
	)
		return { kind: singular(text) ? 'person' : 'who', role: 'attend' };
	if (WHOSE_TITLE.test(text) && (who || !/是谁/u.test(text))) return { kind: 'person', role: null };
	if (who) return { kind: LIST.test(text) ? 'list' : 'person', role: null };
	if (WHY.test(text)) return { kind: 'why', role: null };
	if (WHEN.test(text)) return { kind: 'when', role: null };
	if (WHERE.test(text)) return { kind: 'where', role: null };
	if (LIST.test(text) || (WHOSE_DOING.test(text) && /几(?:个|家)/u.test(text))) return { kind: 'list', role: null };
	if (HOW_MANY.test(text)) return { kind: 'howmany', role: null };
	if (HOW.test(text)) return { kind: 'how', role: null };
	return { kind: 'what', role: null };
}

/** Whether the rules know what kind of answer a question asks for, rather than take it for one on a thing because nothing else fits. */
export function isTyped(text: string): boolean {
	return kindOf(text).kind !== 'what' || /什么|啥|谁|[吗么][？?]?$/u.test(text);
}

/** One particular person among those there is asked for by a title or an act: `陪同考察的副部长是谁`. */
function singular(text: string): boolean {
	if (/是谁(?!参加|出席|到场|在场|到会)[^，。？谁]{1,12}的?[？?]?$/u.test(text)) return !SPEAK.test(text);
	if (/谁(?:来|做|作|负责)?(?:通报|汇报|介绍|宣读|念|点评|反馈|部署|传达|总结|解读|讲解|授课)了?的/u.test(text))
		return true;
	if (/[那这]一?位[^，。？位]{0,12}(?:领导|代表|嘉宾|专家|学者|干部|负责人)(?:是谁|叫什么|是哪位)/u.test(text))
		return true;
	return /(?:的|位)[^，。？的]{2,14}(?:长|书记|主任|主席|院士|教授|委员|部长)(?:是谁|叫什么|是哪位|是哪一位)|派了?(?:谁|哪位)|(?:^|[^有])(?:谁|哪位)(?:代表|陪着?|带队|率队|领队)|是谁(?:带队|率队|领队|来)|区领导是谁|哪位负责人|的是哪一?位[？?]?$/u.test(
		text,
	);
}

function isAggregate(text: string): boolean {
	if (/(?:哪些|哪一?篇|哪几篇|什么|几篇|多少篇)[^，。？]{0,8}(?:文章|报道|新闻(?!发布|中心|办)|消息|稿件)/u.test(text))
		return true;
	if (
		/(?:提到|提及|涉及|关于|有关|写到).{1,16}(?:文章|报道|新闻(?!发布|中心|办)|消息|稿件).{0,3}(?:哪些|哪几篇|什么|几篇|多少)/u.test(
			text,
		)
	)
		return true;
	if (asksContents(text)) return true;
	if (
		/(?:参加|出席|去|到|主持|调研)(?:了|过|的)?.{0,4}(?:哪些|什么|几[个次场]|多少[个次场]|啥).{0,4}(?:活动|会议|会|场合|仪式)/u.test(
			text,
		) &&
		!/(?:会|仪式|活动)上|个(?:什么|啥)|为了?参加|接着/u.test(text)
	)
		return true;
	if (
		/(?:谁|哪(?:一?位|个)(?:领导|人)?).{0,8}(?:最多|最频繁|最活跃)/u.test(text) &&
		/活动|会议|出席|参加|露面/u.test(text)
	)
		return true;
	if (
		/(?:一起|共同|同时)(?:出席|参加)过?(?:什么|哪些|啥)|还(?:出席|参加|主持)(?:了|过)?(?:什么|哪些|啥)[？?]?$/u.test(
			text,
		)
	)
		return true;
	if (
		AGGREGATE_THING.test(text) &&
		/(?:月|周|星期|昨[天日]|今[天日]|前天|本期|这期|报上|报纸上|期).{0,4}(?:有|开|办)(?:了|过)?(?:哪些|什么|啥)/u.test(
			text,
		)
	)
		return true;
	return /(?:[区镇乡街道市县]里?|最近|近期|近来|这几天)(?:最近|近期|都|区里|镇里|市里|县里)?(?:召开|举行|举办|[有开办])(?:了|过)?(?:哪些|什么|啥)(?:活动|会议|会)[？?]?$/u.test(
		text,
	);
}

/** Whether the contents of the paper itself are asked for: `今天报上登了什么`. */
export function asksContents(text: string): boolean {
	return /^(?:请问)?(?:最新一?期|[这本]一?期|[今昨][天日]|最近|近期|(?:\d{4}年)?\d{1,2}月\d{1,2}[日号])?的?(?:日?报纸?|报|新闻)?[上里]?(?:一共|总共|都|主要)?(?:登|刊登|刊载|报道|写|讲|说|有)(?:了|过|的)?(?:些)?(?:什么|啥|哪些|多少篇?|几篇)(?:新闻|内容|消息|文章|报道|稿件|事|大事|东西)?[？?]?$/u.test(
		text,
	);
}

/** Where somebody works is part of the title. */
const WORKPLACE = /在(?:哪|什么|啥).{0,6}(?:工作|上班|任职|供职)[的？?]*$/u;
/** Whom somebody met is one person, not all who took part. */
const WITH_WHOM = /^[^谁]*(?:和|与|跟|同)谁(?!一起|一同|共同)[^谁]*$/u;
const ONE_PERSON = { kind: 'person', role: null } as const;

/** Understands a question that stands alone. `people`: every bare name that the issues hold. */
export function understand(text: string, people: ReadonlySet<string>): Query {
	const persons = personsIn(text, people);
	const asksPerson = persons.length > 0 && (WORKPLACE.test(text) || WITH_WHOM.test(text));
	const { kind, role } = asksPerson ? ONE_PERSON : kindOf(text);
	const topic = topicOf(text);
	return {
		kind,
		role,
		text,
		persons,
		leadersOnly: /(?:领导|干部)(?!和|与|、|还有|以及)/u.test(text),
		insisted: insistedOf(text, persons),
		topic,
		words: contentWords(topic),
		plural:
			LIST.test(text) ||
			/哪[两三四五六七八九十]位|谁.{1,8}谁|都有谁|哪些|哪几|分别|各|有谁|两[边方地]|双方/u.test(text),
	};
}

/** Known names in a text, longest first, none inside another. */
export function personsIn(text: string, people: ReadonlySet<string>): readonly string[] {
	const found: string[] = [];
	for (let i = 0; i < text.length; i++) {
		for (let length = Math.min(12, text.length - i); length >= 2; length--) {
			const part = text.slice(i, i + length);
			if (!people.has(part)) continue;
			found.push(part);
			i += length - 1;
			break;
		}
	}
	return [...new Set(found)];
}

const ORGANISATION =
	/(?:银行|公司|集团|大学|学院|医院|协会|商会|法院|检察院|电视台|出版社|中学|小学|学校|医院|社区|街道|开发区|[镇乡村县])$/u;
const PART_OF_NAME = /^(?:n|j|zg|g|b$|a$)/u;
/** Words that the dictionary takes for places though they name none. */
const NO_PLACE =
	/^(?:城市|东西|上台|城镇|城乡|乡村|农村|山村|新村|全村|上门|登门|[省市区县镇乡村]里|县区|区县|县乡|村镇|乡镇|中国|全国|国内|嘉宾|山海|天地)$/u;

/** Quoted titles and the names of places and organisations that the question holds. */
function insistedOf(text: string, persons: readonly string[]): readonly string[] {
	// `“三早”` is said of three things that the article spells out; it names nothing by itself.
	const quoted = [...text.matchAll(/[“"《「『]([^”"》」』]{2,30})[”"》」』]/gu)]
		.map((match) => match[1] ?? '')
		.filter((words) => !/^[一二两三四五六七八九十双]\p{Script=Han}{1,2}$/u.test(words));
	const tokens = jieba().tag(text);
	const named = tokens.flatMap(({ word, tag }, n) => {
		if (tag === 'ns' && word.length >= 2 && !NO_PLACE.test(word) && !ORGANISATION.test(tokens[n + 1]?.word ?? ''))
			return [word];
		if (EVENT.test(word)) return subjectOf(tokens[n - 1]);
		return ORGANISATION.test(word) && !NO_PLACE.test(word) ? organisationAt(tokens, n) : [];
	});
	return [...new Set([...quoted, ...named])].filter((word) => !persons.includes(word));
}

const EVENT = /^(?:座谈会|座谈|论坛|签约仪式|展览|画展|书展|邀请展)$/u;

/** What an event is about, where it is one plain noun in front of it: `火星` of `火星座谈会`. */
function subjectOf(before: { readonly word: string; readonly tag: string } | undefined): readonly string[] {
	return before &&
		/^n$/u.test(before.tag) &&
		before.word.length === 2 &&
		!/干部|青年|企业|工作|专题|领导|代表/u.test(before.word)
		? [before.word]
		: [];
}

/** The name that ends in token `n`, with the word that tells it from others of its kind: `南洋` of `南洋银行`. */
function organisationAt(
	tokens: readonly { readonly word: string; readonly tag: string }[],
	n: number,
): readonly string[] {
	const word = tokens[n]?.word ?? '';
	if (word.length >= 4) return [word];
	const before = tokens[n - 1];
	if (!before || !PART_OF_NAME.test(before.tag) || /[的了在几]|^[哪一]|^[好新老大小同别各某]$/u.test(before.word))
		return [];
	const third = tokens[n - 2];
	const further =
		word.length === 1 && before.word.length === 1 && third && PART_OF_NAME.test(third.tag) ? third.word : '';
	const name = further + before.word + word;
	return name.length >= 3 && before.word !== word ? [name] : [];
}

/** Nouns, names and verbs of a question's topic. */
export function contentWords(topic: string): readonly string[] {
	return jieba()
		.tag(topic)
		.filter(({ word, tag }) => word.length >= 2 && /^(?:n|v|j|l|i|a|eng|m|t|z|s|f)/u.test(tag))
		.map(({ word }) => word);
}

/** How many people a question counts: `哪两位`, `由谁交给谁`; null where it does not. */
export function countAsked(text: string): number | null {
	if (/谁.{1,8}谁/u.test(text)) return 2;
	const digit = /(?:哪|这|那)([两二三四五六七八])[位个名人]/u.exec(text)?.[1];
	return digit ? Math.max(2, '两二三四五六七八'.indexOf(digit) + 1) : null;
}
