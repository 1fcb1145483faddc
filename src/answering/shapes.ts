import type { Kind } from './types.js';
import { unitFits } from './units.js';

const NUMERAL = '[\\d０-９][\\d０-９,，.．]*|[零〇一二两三四五六七八九十百千万亿半]+|[Ⅰ-Ⅻ]';
/** Time expressions as news prints them: dates, clock times, relative days, years, ranges. */
const PART_OF_DAY = '(?:上午|下午|晚上?|凌晨|中午|傍晚|夜间?|清晨)';
const CLOCK = '(?:\\d{1,2}[时点:：](?:\\d{1,2}分?|半)?许?)';
const TIME = new RegExp(
	[
		`(?:\\d{4}年)?\\d{1,2}月\\d{1,2}[日号]?(?:\\s*[至到—–~-]\\s*(?:(?:\\d{4}年)?\\d{1,2}月)?\\d{1,2}[日号])?${PART_OF_DAY}?${CLOCK}?`,
		`\\d{1,2}(?:[至到—–~-]\\d{1,2})?[日号]${PART_OF_DAY}?${CLOCK}?`,
		'\\d{4}年(?:\\d{1,2}月(?:底|初|上旬|中旬|下旬)?|[上下]半年|[春夏秋冬]季?|底|初|年底)?(?:以来|前|底前)?',
		'\\d{1,2}月(?:份|底|初|上旬|中旬|下旬)?(?:底前|前|起)?',
		`(?:今|昨|前|明|当)(?:天|日|晚|晨)${PART_OF_DAY}?${CLOCK}?`,
		'(?:今|去|明|前)年(?:\\d{1,2}月(?:\\d{1,2}日)?|年?[底初]|[上下]半年|[春夏秋冬]季?)?',
		'(?:近|日)[日前]|近期',
		`${PART_OF_DAY}?${CLOCK}`,
		'(?:[上本下]个?(?:周|月|半年|季度)|周)[一二三四五六日末]',
		'[零〇一二三四五六七八九十]{1,4}[年月日](?:[零〇一二三四五六七八九十]{1,3}[月日])*',
	].join('|'),
	'gu',
);
const QUANTITY = new RegExp(
	`(?:近|约|超|超过|达|逾|第|共|累计|不低于|不少于|至少)?(?:百分之)?(?:${NUMERAL})(?:[至到—–~～-](?:${NUMERAL}))?(?:多|余|几)?(?:[万亿千百]?)(?:多|余)?(?:[%％‰]|个百分点|平方公里|平方米|公里|公顷|千米|毫米|厘米|毫升|立方米|千瓦时?|万元|亿元|元|美元|小时|分钟|人次|[个名位人项次家场支所条件起部种类张台套间户天年岁幅本篇组批期届轮倍辆艘架块处座顶颗棵只头亩吨米斤克升届成月日份段集册枚盏面道门片股层级株对双村镇县市区省国站点线章节款堂方样](?:次|月)?)?`,
	'gu',
);
const PLACE =
	/(?:省|市|区|县|镇|乡|村|街道|社区|路|街|中心|广场|公园|大厦|宾馆|酒店|饭店|学校|大学|中学|小学|一中|学院|医院|体育馆|体育场|剧院|剧场|会堂|礼堂|会议室|园区|基地|园|馆|场|厅|楼|院|站|港|湖|河|山|岛|州|城|寺|景区|办事处|总部|公司|网络安全产业园|国|京|沪|地)$/u;

/** Stretches of a text that have the form of an answer to this kind, best guess of a typed search. */
export function shapesIn(kind: Kind, text: string): readonly { readonly start: number; readonly end: number }[] {
	const pattern = kind === 'when' ? TIME : kind === 'howmany' ? QUANTITY : null;
	if (!pattern) return [];
	return [...text.matchAll(pattern)]
		.filter((m) => m[0].length > 1)
		.map((m) => ({ start: m.index, end: m.index + m[0].length }));
}

/** Whether a span has the form that the kind and the question's own words ask for; kinds without a form take any. */
export function fits(kind: Kind, span: string, question = ''): boolean {
	if (kind === 'when') return timeFits(span, question);
	if (kind === 'howmany')
		return /[\d０-９零〇一二两三四五六七八九十百千万亿半数几双Ⅰ-Ⅻ]/u.test(span) && unitFits(question, span);
	if (/(?:要钱|收费|免费|花钱|交钱|掏钱)(?:吗|么|不|没)/u.test(question)) return /[元费钱票]/u.test(span);
	// A clause that tells what was held somewhere is no place.
	if (kind === 'where')
		return (PLACE.test(span) || span.length >= 2) && !/(?:举行|召开|举办|开展)./u.test(span) && isHouse(span, question);
	return span.length > 0;
}

/** A school where a school is asked for, a hospital where a hospital is. */
function isHouse(span: string, question: string): boolean {
	if (/哪[一]?[个所](?:学校|大学|中学|小学|高校|院校)/u.test(question))
		return /[校学院班]|幼儿园|职教|[一二三四五六七八九十]中/u.test(span);
	return !/哪[一]?[个家所]医院/u.test(question) || /院|卫生/u.test(span);
}

/** A year where a year is asked for, a day where a day is; numbers of documents are no dates. */
function timeFits(span: string, question: string): boolean {
	if (/第\d+[号期]/u.test(span)) return false;
	if (/哪一?年/u.test(question)) return /年/u.test(span);
	if (/几[点时]/u.test(question)) return /[点时:：]/u.test(span);
	if (/几月/u.test(question) && !/几[号日]/u.test(question)) return /月/u.test(span);
	if (/哪[一两几]?天|几[号日]/u.test(question)) return /(?<![近])[日号天](?!前)|[昨今明前当][天晚晨]/u.test(span);
	return /\d|[今昨前明当近日][天日年晚前]|[年月日时点周]|[春夏秋冬]/u.test(span);
}

/** The rest of a name that a span breaks off: `永安镇` of `永安镇一队`. No verb and no mark may stand in between. */
const REST_OF_NAME =
	/^(?:(?![获夺捧摘拿在与和及的了是对向为将把被由从到等共联参出开举召赴进作])\p{Script=Han}){0,8}?(?:代表队|[一二三]?队|政府|委员会|公司|中心|学校|医院|合作社|产业园|园区|街道|办事处|党委|广场|大厦|宾馆|研究[院所]|学院|大学|协会|学会|商会|基金会|联合会|银行|集团|法院|检察院|项目|基地|工程|电视台|出版社|图书馆|博物馆|体育[馆场]|旧址|遗址|会址|原址|故居)(?!的?(?:书记|主任|院长|校长|会长|行长|主席|负责|领导))/u;

/** Widens a span to the whole time or quantity that it lies in (`7月20` → `7月20日上午`). */
export function widen(
	kind: Kind,
	text: string,
	start: number,
	end: number,
): { readonly start: number; readonly end: number } {
	if (kind === 'what' || kind === 'where' || kind === 'person' || kind === 'list') {
		const rest = REST_OF_NAME.exec(text.slice(end, end + 14));
		return rest && /\p{Script=Han}$/u.test(text.slice(start, end))
			? { start, end: end + rest[0].length }
			: { start, end };
	}
	const around = shapesIn(kind, text).find((shape) => shape.start <= start && shape.end >= end);
	if (around) return around;
	const crossing = shapesIn(kind, text).find((shape) => shape.start < end && shape.end > end && shape.start >= start);
	return crossing ? { start, end: crossing.end } : { start, end };
}
