import { type Candidate, cite, type Desk } from '../desk.js';
import { answered, CitationList, plainItem } from '../findings.js';
import type { Finding, Query } from '../types.js';

/** `这篇报道的记者是谁`, `谁写的`: who made the report, not who is told about in it. */
const ASKS_MAKER =
	/(记者|通讯员|摄影)(?:都)?(?:是|叫|有)(?:谁|哪|什么)|谁(?:采写|撰写|写)的.{0,20}(?:报道|文章|稿件?)[？?]?$|(?:报道|文章|新闻|消息|稿件?)的?(?:作者(?:是|叫)(?:谁|什么)|(?:是|由)?谁(?:采写|撰写|写|报道)的)[？?]?$/u;
/** `（记者 陶涛 李文）`, `记者 陶涛 摄`. */
const BYLINE =
	/(记者|通讯员|摄影)[\s:：]*(\p{Script=Han}{2,4}(?:[\s、]+(?!(?:记者|通讯员|摄影|摄|文|报道))\p{Script=Han}{2,4})*)/gu;

/** The names of an article's byline; null where another thing is asked for, or the article has none. */
export function answerByline(query: Query, candidate: Candidate, desk: Desk): Finding | null {
	const asked = ASKS_MAKER.exec(query.text);
	if (!asked) return null;
	const wanted = asked[1] === '通讯员' || asked[1] === '摄影' ? asked[1] : '记者';
	const { article } = candidate;
	const byline = [...article.source.matchAll(BYLINE)].find(([, office]) => office === wanted);
	if (!byline?.[2]) return null;
	const names = byline[2].split(/[\s、]+/u);
	const citations = new CitationList();
	const start = article.start + byline.index;
	const at = citations.add(cite(article, { start, end: start + byline[0].length }));
	const answer = desk.wording.say('span', { text: names.join('、') });
	return answered(
		answer,
		names.map((name) => plainItem(name, at)),
		citations.all,
	);
}
