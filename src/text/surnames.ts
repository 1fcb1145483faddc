/**
 * Surnames of the Chinese name grammar. The single ones are the Hundred Family Surnames as they occur in
 * today's household registers; a few that are far more often words than names (from, that, with …) are left out.
 */
const SINGLE =
	'王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤' +
	'常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫' +
	'费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平' +
	'计索习赖付代洪诸宓於丘拜洑舍苌荀庾萨盈充笃雪线么宣晋相初门云容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况那宿鲜印逯隆茹诺战慕危玉银亢嵇公哈湛宾戎勾茅利於呼居揭干但尉冶斯元束檀衣信展阴昝智幸奉植衡富尧闭由代啜种仉虢乃眭杲暴寿訚雒矫蹇怀慎竺咸郄笪绍隽鄂郏底谯苍巢邴靖';

const COMPOUND = [
	'欧阳',
	'上官',
	'司马',
	'诸葛',
	'东方',
	'皇甫',
	'尉迟',
	'公孙',
	'令狐',
	'慕容',
	'司徒',
	'司空',
	'夏侯',
	'南宫',
	'端木',
	'百里',
	'呼延',
	'轩辕',
	'宇文',
	'长孙',
	'鲜于',
	'闻人',
	'澹台',
	'拓跋',
	'独孤',
	'申屠',
	'太史',
	'赫连',
];

/** The characters with which foreign and minority names are written in Chinese news. */
const TRANSLITERATION =
	'措旦增次堆央嘎其额敦乙音朝娃娅妮茜璐迦薇嘎乍珀蓬甸阿埃艾爱安昂奥巴白班保贝本比彼毕别宾波博布策查昌茨达大代丹道德登邓迪蒂丁东杜顿多俄厄恩尔法凡范菲费芬丰冯佛弗夫福甫盖甘冈高戈哥格葛根贡古瓜圭果哈海汉豪赫黑亨洪侯胡华怀惠霍基吉季加嘉贾姜杰金津久卡凯坎康考柯科克肯孔库夸昆阔拉腊莱赖兰朗劳勒雷蕾黎里理丽利莉立廉良列林琳灵柳龙隆卢鲁路露吕伦罗洛马玛迈麦曼茂梅门蒙孟米密缅明缪摩莫默姆木穆拿纳娜乃奈南内能尼涅宁纽农努诺欧帕潘庞培佩彭蓬皮平泼普齐奇恰钱乔切琴丘曲让热仁日荣茹瑞若撒萨塞赛三桑瑟森沙莎山尚绍舍申圣施什石史士舒顺斯丝松苏素孙索塔泰坦汤唐陶特滕提廷图托瓦万汪旺威韦维魏温文翁沃乌吾武西锡希夏香向谢辛欣星兴姓休许雅亚延扬杨尧耶叶伊依易因英永尤于约云赞泽曾扎詹章赵哲珍芝治中珠朱卓兹宗祖尊佐岛崎村野田藤井泽川原木岸雄郎';

const singles = new Set(SINGLE);
const compounds = new Set(COMPOUND);
const transliterated = new Set(TRANSLITERATION);

/** Length of the surname at `i` (2 for a double-character one), 0 where none begins. */
export function surnameLength(text: string, i: number): number {
	if (compounds.has(text.slice(i, i + 2))) return 2;
	return singles.has(text[i] ?? '') ? 1 : 0;
}

/** Whether the character is one of those that transcribe foreign names. */
export function isTransliteration(char: string | undefined): boolean {
	return char !== undefined && transliterated.has(char);
}
