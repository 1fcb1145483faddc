/** Nouns that end a title and may stand directly in front of a name. Longest first where one holds another. */
const TITLE_NOUNS = `
总书记 书记处书记 副书记 书记 委员长 检察长 审判长 秘书长 理事长 监事长 董事长 参谋长 护士长 首席执行官 首席运营官
首席技术官 首席专家 首席代表 执行官 部长 局长 主任 主席 院长 市长 区长 县长 旗长 盟长 镇长 乡长 村长 省长 州长 会长
组长 处长 科长 股长 所长 站长 队长 校长 园长 馆长 台长 行长 厂长 店长 社长 班长 团长 司长 厅长 署长 庭长 政委 司令员
司令 军长 师长 旅长 连长 排长 营长 社区长 关长 总长 船长 机长 警长 街长 河长 片长 总队长 支队长 大队长 中队长 领队
教导员 指导员 总经理 经理 总裁 总监 总工程师 工程师 总会计师 会计师 设计师 规划师 建筑师 总师 董事 监事 理事 合伙人
创始人 董秘 总干事 干事 主管 主播 总编辑 总编 主编 主笔 常委 委员 主委 党委成员 党组成员 成员 领导 代表 负责人 负责同志
联系人 法定代表人 发言人 主持人 召集人 传承人 当事人 经办人 带头人 候选人 获得者 志愿者 设计者 创作者 运动员 裁判员 教练员
教练 巡视员 调研员 督学 督导 专员 特派员 联络员 辅导员 讲解员 宣讲员 协管员 网格员 营养师 研究员 助理 秘书 顾问 参赞
公使 大使 总领事 领事 特使 武官 总统 总理 首相 国王 女王 王储 外长 外相 财长 防长 议长 议员 参议员 众议员 国务卿
国务委员 部长会议主席 特别代表 院士 教授 副教授 讲师 教师 老师 班主任 博士 博士后 硕士 导师 学者 专家 科学家 医师 医生
大夫 护士 药师 律师 公证员 调解员 法官 检察官 审判员 书记员 民警 警官 交警 消防员 导演 编剧 制片人 演员 歌手 歌唱家
作家 诗人 画家 书法家 艺术家 音乐家 影星 明星 冠军 队员 选手 球员 企业家 店主 业主 户主 村民 居民 市民 农户 种植户
养殖户 学生 学员 同学 家长 党员 老党员 职工 员工 工人 司机 游客 读者 观众 会员 委员会主任 村主任 一级调研员 四级调研员
股骨干 政治部主任 政委兼 夫人 女儿 儿子 妻子 丈夫 母亲 父亲 楷模 劳模 模范 英雄 烈士 老兵 军嫂 老人 青年 姑娘 小伙
女孩 男孩 儿童 外孙 孙女 农艺师 园艺师 畜牧师 技师 厨师 乘警 协警 辅警 高管 火炬手 旗手 主演 值班员 财务官 商务官 官员
创办人 高手 大校 上校 中校 少校 少将 中将 上将 战士 书记长`
	.trim()
	.split(/\s+/u);

/** Titles that name a reporter or an editor: those who made the report are not those who took part in it. */
export const REPORTING =
	/(?:本报|首席|实习|见习|融媒|全媒体?)?(?:记者|通讯员|特约记者|摄影报道|摄影|责任编辑|责编|编辑|校对|美编|设计|组版|撰稿|供稿|报道|供图|图文|作者|监制|统筹|出品|终审|审核|一审|二审|三审|来源|编审|指导教师|指导老师)[：:]?$/u;

const nouns = [...new Set(TITLE_NOUNS)].sort((a, b) => b.length - a.length);

/** Finds title nouns; sticky scans set `lastIndex`. */
export const TITLE_NOUN = new RegExp(nouns.join('|'), 'gu');
export const ENDS_WITH_TITLE = new RegExp(`(?:${nouns.join('|')})(?:[（(][^（）()]{1,12}[）)])?$`, 'u');
export const STARTS_WITH_TITLE = new RegExp(`^(?:副|常务副|原|前|代|总|第一|执行|名誉)?(?:${nouns.join('|')})`, 'u');

const ORGANISATION_END =
	/(?:银行|公司|集团|大学|学院|学校|中学|小学|一中|医院|研究院|研究所|协会|学会|联合会|商会|基金会|委员会|办公室|管委会|指挥部|工作委员会|总工会|工会|妇联|团委|科协|文联|残联|侨联|工商联|法院|检察院|公安局|分局|总局|支局|[^党]局|厅|公署|总署|部队|支队|大队|总队|中心|园区|开发区|示范区|高新区|街道|社区|居委会|村委会|电视台|总台|出版社|报社|杂志社|剧院|剧团|文化馆|图书馆|博物馆|酒店|合作社|事务所|俱乐部|队|科技|传媒|资本|[^军]区|市|县|省|自治区|自治州|州|旗|镇|乡|村|国)/gu;

/** What the name of an organisation ends with. */
export const ENDS_WITH_ORGANISATION = new RegExp(`${ORGANISATION_END.source}$`, 'u');

/** A title that the Party or the state names by level: its first part is no organisation of its own. */
const TITLE_START =
	/^(?:党委|党组|党总支|党支部|党工委|党支|纪委|团委|常务|常委|副|总|董事|首席|执行|书记|主任|主席|行长|院长|校长|局长|部长|领导|代表|负责|政治|行政|联席|轮值|原|前|代|高级|一级|二级|三级|四级|女|青年|分管|主要|有关|相关|资深|著名|知名|优秀|教师|教授|学生|医生|护士|居民|村民|成员|委员|秘书|助理|理事|监事|工程|创始|合伙|人力|市场|业务|办公室主任|总工|联合|机关|科长|处长|经理|导师)/u;

/**
 * Parts a printed title (`北京银行党委书记、董事长`) into organisation (`北京银行`) and title (`党委书记、董事长`).
 * The organisation is the longest beginning that ends like one and leaves a title behind.
 */
export function partTitle(printed: string): { readonly organisation: string | null; readonly title: string } {
	let best = 0;
	const first = printed.split('、')[0] ?? printed;
	for (const match of first.matchAll(ORGANISATION_END)) {
		const end = match.index + match[0].length;
		const rest = printed.slice(end);
		if (end >= 3 && (TITLE_START.test(rest) || STARTS_WITH_TITLE.test(rest))) best = end;
	}
	if (best === 0) return { organisation: null, title: printed };
	return { organisation: printed.slice(0, best), title: printed.slice(best) };
}
