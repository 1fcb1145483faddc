import type { StoredArticle } from '../store/types.js';
import { jieba } from '../text/jieba.js';
import type { Query } from './types.js';

/** What may stand between the characters of a short form in the full one: no conjunctions, which part two names. */
const WITHIN_A_NAME = '(?:(?![与和及的在暨同])\\p{Script=Han}){0,3}';

/** Whether a text holds a word, or the full form of which the word is a short one (工行 in 工商银行): its characters in order, close together. */
export function holds(text: string, word: string): boolean {
	if (text.includes(word)) return true;
	const bare = word.replace(/(?:省|市|区|县|镇|乡|街道|村|社区|公司|集团|法院|检察院|协会|商会)$/u, '');
	if (bare.length >= 2 && text.includes(bare)) return true;
	const short = /^(.).*(?:银(行)|(大)学)$/u.exec(word);
	if (short && text.includes(`${short[1]}${short[2] ?? short[3]}`)) return true;
	const city = ONE_CHARACTER.get(bare);
	if (city && new RegExp(`[在赴抵来驻离]${city}(?!\\p{Script=Han}[市区县])`, 'u').test(text)) return true;
	if (word.length < 2 || word.length > 6 || !/^[\p{Script=Han}]+$/u.test(word)) return false;
	const loose = new RegExp([...word].join(WITHIN_A_NAME), 'u');
	return loose.test(text);
}

/** Cities and provinces by the one character that stands for them behind 在, 赴 or 抵 (在京举行). */
const ONE_CHARACTER = new Map(
	'北京京 上海沪 天津津 重庆渝 广州穗 香港港 澳门澳 广东粤 山东鲁 山西晋 河北冀 河南豫 湖南湘 湖北鄂 江苏苏 浙江浙 安徽皖 福建闽 江西赣 四川川 贵州黔 云南滇 陕西陕 甘肃甘 青海青 西藏藏 新疆疆 内蒙古蒙 宁夏宁 广西桂 海南琼 辽宁辽 吉林吉'
		.split(' ')
		.map((pair) => [pair.slice(0, -1), pair.slice(-1)] as const),
);

/** Headline and printed text: all that an article may hold of a question. */
export function wholeText(article: StoredArticle): string {
	return `${article.headline}\n${article.source}`;
}

/** Quotes inside of quotes are printed in many ways. */
const MARKS = /[“”‘’"'「」『』·\s]/gu;

/** Names of one thing only (people, places, organisations, quoted titles) that the question holds and the article does not. */
export function missingNames(query: Query, article: StoredArticle): readonly string[] {
	const text = wholeText(article);
	const bare = text.replace(MARKS, '');
	return [...query.insisted, ...query.persons].filter(
		(word) =>
			!holds(text, word) && !bare.includes(word.replace(MARKS, '')) && !holdsPart(query.text, word, article.headline),
	);
}

/** Whether a place is named in front of one of its parts that the headline has: `云州青川` where it says 青川区. */
function holdsPart(question: string, place: string, headline: string): boolean {
	const tokens = jieba().tag(place);
	if (tokens.length > 1 || tokens[0]?.tag !== 'ns') return false;
	const rest = question.slice(question.indexOf(place) + place.length);
	const named = /^\p{Script=Han}{2,4}?(?:[市区县镇乡村]|街道|社区)/u.exec(rest)?.[0];
	if (named && headline.includes(named)) return true;
	const part = /^\p{Script=Han}{2}/u.exec(rest)?.[0];
	return part !== undefined && new RegExp(`${part}(?:[市区县镇乡村]|街道)`, 'u').test(headline);
}

/** Share of the question's content words that an article holds, by length; 1 where the question has none. */
export function coverage(query: Query, article: StoredArticle): number {
	const text = wholeText(article);
	const { words } = query;
	const weight = (word: string): number => word.length;
	const all = words.reduce((sum, word) => sum + weight(word), 0);
	if (all === 0) return 1;
	const held = words.filter((word) => holds(text, word)).reduce((sum, word) => sum + weight(word), 0);
	return held / all;
}
