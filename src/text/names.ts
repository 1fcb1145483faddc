import { isTransliteration, surnameLength } from './surnames.js';

/** Words that may follow a name directly: what the person does, is called, or stands beside. */
const FOLLOWERS =
	/^(?:等|出席|参加|列席|主持|致辞|致词|表示|介绍|说|在|分别|同志|先生|女士|老师|教授|院士|医生|主任|书记|局长|委员|博士|一行|率|带领|带队|领衔|将|代表|当选|和|与|及|以及|暨|会见|会谈|共同|一起|一同|作|做|作为|宣读|宣布|为|担任|任|围绕|陪同|陪|深入|认为|到会|到|来到|前往|赴|走进|指出|强调|要求|告诉|向|对|从|就|把|被|是|也|还|曾|均|都|则|又|已|正|便|以|用|通过|结合|针对|根据|按|主讲|讲|发表|发言|提出|希望|感谢|回顾|汇报|通报|总结|部署|传达|解读|点评|检查|调研|视察|走访|慰问|看望|颁发|颁奖|授|揭牌|签署|签约|签订|代|亲自|现场|首先|最后|随后|透露|坦言|笑|回忆|参与|接受|获|荣获|夺|摘|随|牵头|组织|召集|召开|应邀|受邀|莅临|到场|见证|上台|领|点燃|点火|启动|按下|推杆|敲|朗诵|演唱|表演|展示|分享|建议|呼吁|勉励|鼓励|寄语|祝贺|祝愿|不仅|始终|积极|多次|经常|每天|今年|去年|当年|当天|当日|当场|再次|一直|一边|正在|正式|主动|专程|专门|全程|先后|依次|同时|同|给|让|使|带|看|听|问|谈|写|送|教|帮|打|拿|很|最|更|才|只|因|于|所|之|的|了|，|。|、|；|：|:|,|;|!|！|？|\?|（|\(|）|\)|“|”|"|《|》|…|—|\/|\s|$)/u;

/** Characters that stand in hardly any given name but often right behind one. */
const NOT_IN_NAMES =
	/[的了在是和与及或把被让给从向对等都也还就才只又很最更没不未已于之其该此这那我你他她它们个位名人者会员说讲问看见听做作为将要能可以请到去来并且而但因所由则如若虽即使、，。；：“”‘’《》（）()【】\s0-9a-zA-Z·.,:;!?！？…—-]/u;

/** Two-character words that begin with a surname and stand where a name could. */
const WORDS = new Set(
	'主席主任书记领导代表成员同志负责相关有关单位部门人员全国全区全市全县全省全体全面国家国际国内国务市委市政区委区政省委省政县委县政党委党组党工纪委常委委员干部群众企业公司集团银行学校医院中心社区街道居民村民学生老师教师家长专家学者嘉宾来宾记者编辑平台项目活动会议工作农业农村和平时代应急安全应该方面方式方案方法文化文明文艺文旅公安公共公益公开水利水务司法石油石化温暖明确明年明显宣传宣讲高度高质高级高新向上向前成立成功成员时间时任平安平时平均安排原则原来强化强调花园马上任务任何任职万人万元金融金额全力全新全民海外海洋云南云端江苏江西江南安徽广东华北华东华南东北相互支持支部计划计算商务商会商业商户交通交流党建党员党支政协政府政法武警武装武汉常务关于关注关爱关键向导明星艺术家解放解决管理管委包括包含连续连接都是能源许多许可游客游戏阳光雷锋时尚信息信访信用展示展览富裕智能智慧丰富利用居家居委门诊门店路段平方连锁温馨平方宁夏宁波鲁迅冷链冷水喻为乐园乐队白天白酒黄河黄金黄海金牌金奖银奖铜奖单项单元单车官方官兵房屋房产房地强劲车辆车站米兰来自来到来源初心初步相信相当容易边防边境海关海警海军空军陆军双方各方各界各级各地井然尤其元首元旦元素查看查处商贸成果成绩成都成员索要练习计生隆重和谐和睦修复修订班子师生师傅师范时期查询相继花卉农民农户农产农场古城古镇景区景点池塘鹿城丰收通州杭州苏州郑州广州徐州常州温州台州柳州梅州惠州福州兰州贵州荆州连云石家齐鲁冀鲁'.match(
		/../gu,
	) ?? [],
);

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

function plausible(name: string, surname: number): boolean {
	const given = name.slice(surname);
	return given.length > 0 && !NOT_IN_NAMES.test(given) && !WORDS.has(name.slice(0, 2));
}

/**
 * Length in UTF-16 units of the personal name that begins at `i`, or 0. Two or three characters (one more after a
 * double surname), or a transcribed name (`艾尔肯·吐尼亚孜`); the end is the one best supported by what follows
 * and by how the article repeats the name. `foreign`: accept a transcribed name without a dot (after a title).
 */
export function nameLengthAt(text: string, i: number, article: Occurrences, foreign = false): number {
	const dotted = /^[\p{Script=Han}]{1,8}(?:[·•‧・][\p{Script=Han}]{1,9}){1,3}/u.exec(text.slice(i, i + 40));
	if (dotted) return dottedLength(text, i, dotted[0].length, article);
	const surname = surnameLength(text, i);
	let best = 0;
	let bestScore = 0;
	if (surname > 0) {
		for (const length of [surname + 1, surname + 2]) {
			const name = text.slice(i, i + length);
			if (name.length < length || !plausible(name, surname)) continue;
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

/** How well a name may end at this length: 0 is not at all. */
function endScore(text: string, i: number, length: number, article: Occurrences): number {
	const rest = text.slice(i + length, i + length + 3);
	const name = text.slice(i, i + length);
	let score = 0;
	if (rest === '' || /^[，。、；：:,;！!？?（(）)“”"《》…—/\s]/u.test(rest)) score = 4;
	else if (nameMayEndBefore(rest)) score = 2;
	const here = article.count(name);
	const longer = article.count(text.slice(i, i + length + 1));
	if (here > longer && here > 1) score += 1;
	return score;
}

function dottedLength(text: string, i: number, longest: number, article: Occurrences): number {
	const lastDot = Math.max(...['·', '•', '‧', '・'].map((dot) => text.lastIndexOf(dot, i + longest - 1))) - i;
	for (let length = longest; length > lastDot + 1; length--) {
		if (nameMayEndBefore(text.slice(i + length, i + length + 3)) && length - lastDot > 1) {
			const shorter = shortestRepeated(text, i, lastDot + 2, length, article);
			return shorter;
		}
	}
	return longest;
}

function shortestRepeated(text: string, i: number, from: number, to: number, article: Occurrences): number {
	for (let length = from; length < to; length++) {
		if (nameMayEndBefore(text.slice(i + length, i + length + 3)) && !isTransliteration(text[i + length])) return length;
	}
	void article;
	return to;
}

function transcribedLength(text: string, i: number, article: Occurrences): number {
	let longest = 0;
	while (longest < 8 && isTransliteration(text[i + longest])) longest++;
	for (let length = longest; length >= 2; length--) {
		const rest = text.slice(i + length, i + length + 3);
		if (nameMayEndBefore(rest) && (length > 2 || article.count(text.slice(i, i + length)) > 1)) return length;
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
