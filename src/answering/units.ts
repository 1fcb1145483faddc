/** Units that count the same things; a question in one may be answered in another of its row. */
const ROWS: readonly (readonly string[])[] = [
	['人', '名', '位', '人次', '个'],
	['家', '个', '所', '户'],
	['项', '个', '条', '种', '件', '款', '类', '样', '方面', '大'],
	['场', '次', '期', '届', '回', '站', '节', '堂'],
	['幅', '件', '张', '组'],
	['辆', '台', '架', '艘', '部'],
	['篇', '册', '本', '部', '种', '套'],
	['支', '个', '队'],
	['起', '件', '宗', '例', '个'],
	['户', '家', '个'],
	['天', '日'],
	['年', '周年', '岁', '载'],
	['元', '钱', '亿', '万', '块', '免费'],
	['亩', '公顷', '平方', '平米'],
	['米', '公里', '千米', '里'],
	['小时', '分钟', '时'],
	['吨', '公斤', '斤'],
	['个', '处', '座', '项', '名', '家', '种', '条'],
];
const UNIT =
	/(?:多少|几)(?:亿|万|千|百)?(元|块?钱|人次|人|名|位|岁|亩|家|所|支|场|次|条|件|种|部|台|辆|幅|篇|册|本|项|户|公里|千米|米|平方|吨|天|周年|年|小时|分钟|倍|层|栋|套|间|张|类|届|期|批|组|起|例|处|座|站|节|方面|个)/u;

/** The unit in which a question counts, as it stands there; null where it names none. */
export function unitAsked(question: string): string | null {
	return UNIT.exec(question)?.[1] ?? null;
}

/** Whether an answer counts in a unit that the question's own allows; true where the question names none. */
export function unitFits(question: string, answer: string): boolean {
	if (/百分之几|占比|比例|百分比|[^效]率(?:是|为|达)|[涨跌升降增减].{0,4}(?:几|多少)个?(?:百分)?点/u.test(question))
		return /[%％‰成]|百分|点/u.test(answer);
	if (/面积|占地/u.test(question)) return /平方|亩|公顷|平米|[㎡]/u.test(answer);
	// A ground's or somebody's age.
	if (/多大(?!年纪|岁)/u.test(question)) return /平方|亩|公顷|平米|[㎡岁]/u.test(answer);
	if (/多少钱|价格|票价|金额/u.test(question)) return /元|免费|万|亿/u.test(answer);
	const unit = UNIT.exec(question)?.[1];
	if (!unit) return true;
	const allowed = new Set([
		unit.replace('块钱', '元').replace('钱', '元'),
		...ROWS.filter((row) => row[0] === unit || (row.includes(unit) && unit !== '个')).flat(),
	]);
	return [...allowed].some((one) => answer.includes(one)) || (unit === '个' && /[\p{Script=Han}]/u.test(answer));
}
