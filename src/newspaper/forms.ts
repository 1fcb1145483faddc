import { surnameLength } from '../text/surnames.js';

/**
 * What a line looks like by itself. `heading` bears a mark (`##`), `title` is short and unmarked, `tail` is what
 * websites leave at the end of a report (返回搜狐 …); all but `body` may turn out to be something else by their place.
 */
export type Form =
	| 'heading'
	| 'title'
	| 'attendance'
	| 'byline'
	| 'caption'
	| 'footer'
	| 'dateline'
	| 'tail'
	| 'table'
	| 'body';

const MARK = /^(#{1,6})\s*(?=\S)/u;
const EMPHASIS = /^\*\*([^*]{2,60})\*\*$/u;

const CREDIT = '(?:责任编辑|责编|编辑|校对|设计|美编|版式|组版|排版|制图|审核|审读|值班编委|执行主编|值班主任)';
const FOOTER = new RegExp(
	`^(?:本版(?:编辑|责编|责任|主编|校对|图片|稿件|文图)|(?:${CREDIT}[\\s:：/]*\\p{Script=Han}{2,4}[\\s·|，,、;；]*){2,}$|(?:[(（][^（）()]{2,24}[)）])?\\s*(?:总)?第\\s*\\d{1,5}\\s*期\\s*(?:[(（]\\p{Script=Han}{2,4}[)）])?\\s*\\p{Script=Han}{0,3}$|第?\\s*[A-D]?\\d{1,2}\\s*版|版权(?:侵权|所有)|(?:投稿|热线|新闻热线|广告热线|联系电话|地址|邮编|国内统一)[^。]{0,40}$)`,
	'u',
);

const DATE =
	'(?:(?:19|20)\\d\\d|[〇零一二三四五六七八九]{4})\\s*[年./-]\\s*[\\d〇零一二三四五六七八九十]{1,3}\\s*[月./-]\\s*[\\d〇零一二三四五六七八九十]{1,3}\\s*日?';
const DATELINE = new RegExp(
	`^(?:日期\\s*[:：]\\s*)?[^。，]{0,14}?${DATE}\\s*(?:[(（]?(?:星期|周|礼拜)[一二三四五六日天][)）]?)?[^。，]{0,24}$`,
	'u',
);

const CAPTION =
	/^(?:[▲△▼◀▶◆●↑↓←→]|(?:上|下|左|右|本|题)?图(?:为|[:：一二三①②③\d]|片说明)|资料图)|(?:[\s/／(（]|记者|通讯员)摄(?:影)?[)）]?$|(?:供图|摄影报道|图片由[^。]{2,20}提供)[)）]?$/u;

const TAIL =
	/^(?:[(（\s—-]*(?:完|全文完|本文完|结束)[)）]?$|[】\]\s]*返回搜狐|查看更多|责任编辑|责编|分享让更多人看到|点击(?:进入|查看)|更多(?:精彩)?内容|原标题\s*[:：《]|[(（]?(?:来源|文章来源|转自|编辑|作者|审核|监制|原文链接)\s*[:：]|[(（][^（）()]{0,10}(?:来源|编辑|作者|记者|通讯员)[:：\s][^（）()]{1,40}[)）]|\S{0,12}(?:微信|微博|客户端)\S{0,6}(?:发布|文案)|新闻线索|(?:声明|免责声明)\s*[:：]|[-—\s]*END|\p{Script=Han}{0,4}\s?(?:编辑|审核|校对|责编)[:：]\s*\p{Script=Han}{2,4}$)/u;

const BYLINE =
	/^[□■◎○●◇☆\s(（]*(?:本报|本刊)?(?:首席|见习|实习|全媒体|融媒体?)?(?:记者|通讯员|特约记者|文[/／]图?|文图|摄影|图[/／]文?|撰文)[\s:：/／]*\p{Script=Han}{2,4}(?:[\s、/／]+(?:(?:本报)?(?:见习|实习)?(?:记者|通讯员|文|图|摄影|摄)[\s:：/／]*)?\p{Script=Han}{1,4})*[\s)）]*(?:\p{Script=Han}{2,6}报道|新华社[^。]{2,14}电|文[/／]?|摄)?$/u;

const ATTENDING =
	/(?:分别)?(?:参加|出席|列席|陪同|主持|讲话|致辞|致词|讲话|点评|宣布|宣布开幕|见证|会见|调研)(?:(?:并|和|、)?(?:参加|出席|主持|讲话|致辞|致词|点评|调研|会见|发言|揭牌|宣布开幕|活动|会议|座谈))*/u;

/** Mark and text of a heading line; null for a line without a mark. */
export function markOf(text: string): { readonly level: number; readonly skip: number; readonly end: number } | null {
	const mark = MARK.exec(text);
	if (mark) {
		const trailing = /[\s*#]+$/u.exec(text)?.[0].length ?? 0;
		const bold = /^\*{1,3}/u.exec(text.slice(mark[0].length))?.[0].length ?? 0;
		return { level: mark[1]?.length ?? 1, skip: mark[0].length + bold, end: text.length - trailing };
	}
	return EMPHASIS.test(text) ? { level: 3, skip: 2, end: text.length - 2 } : null;
}

/** Whether a line is a row of a table: cells with tabs between (or behind) them, or a row of a Markdown table. */
function isTableRow(text: string, raw: string): boolean {
	if (text.startsWith('|') && text.endsWith('|') && text.length > 2) return true;
	if (!raw.includes('\t')) return false;
	const inner = text.split('\t');
	if (inner.length < 2) return /\t\s*\t\s*$/u.test(raw) && text.length <= 20;
	return text.length / inner.length <= 30;
}

/** Whether a line names people who took part and nothing else (`孟景伟霍学文郑皓参加`). */
function isAttendance(text: string): boolean {
	if (text.length > 80 || /[。，,；;：:“”《》]/u.test(text)) return false;
	const verbs = new RegExp(`${ATTENDING.source}[。.]?$`, 'u');
	if (!verbs.test(text)) return false;
	const names = text
		.replace(new RegExp(ATTENDING.source, 'gu'), ' ')
		.replace(/[。.]$/u, '')
		.replace(/等$|等(?=\s)/gu, ' ');
	const pieces = names.split(/[\s、]+/u).filter((piece) => piece !== '');
	if (pieces.length === 0) return false;
	const known = pieces.filter(isRunOfNames).length;
	if (known === pieces.length) return true;
	// Transcribed names begin with no surname: names of a length, apart, one of them well known, are enough.
	return pieces.length >= 2 && known >= 1 && pieces.every((piece) => /^[\p{Script=Han}·]{2,8}$/u.test(piece));
}

function isRunOfNames(run: string): boolean {
	if (!/^\p{Script=Han}+(?:·\p{Script=Han}+)*$/u.test(run)) return false;
	const reached = new Set([0]);
	for (let i = 0; i < run.length; i++) {
		if (!reached.has(i)) continue;
		const surname = surnameLength(run, i);
		if (surname === 0) continue;
		reached.add(i + surname + 1);
		reached.add(i + surname + 2);
	}
	return reached.has(run.length);
}

/** Whether a text ends where a sentence ends. */
export function endsSentence(text: string): boolean {
	if (/[。！？!?…；;~～]$/u.test(text)) return true;
	if (/[。！？!?…][”’"'」』）)】\]》]+$/u.test(text)) return true;
	if (/[：:]$/u.test(text)) return true;
	return endsWithCredit(text);
}

const ENDING_CREDIT =
	/(?:[(（][^（）()]{0,30}(?:记者|通讯员|来源|完|编辑|摄|供图|供稿|文|图|作者)[^（）()]{0,30}[)）]|[(（]\s*\p{Script=Han}{2,4}(?:[\s、]+\p{Script=Han}{2,4}){0,3}\s*[)）]|返回搜狐，?(?:查看更多)?|责任编辑[:：]?\s*\p{Script=Han}{0,4}|分享让更多人看到|进入\p{Script=Han}{2}(?:新闻|频道)|[\s/／]摄|日电|热线[:：]?[\d-]{5,}|(?:编辑|审核|来源)\s*[|:：]\s*\p{Script=Han}{2,10}|】|>|→|[。”]\s*(?:记者|通讯员|文[/／]|图[/／])[^。]{2,30})$/u;

/** Whether a text ends with what is printed below a report: its source, its editor, its end. */
export function endsWithCredit(text: string): boolean {
	return ENDING_CREDIT.test(text.slice(-70));
}

/** Whether a line could be a headline by its shape: short, no full stop, no clause left open. */
export function isTitleShaped(text: string): boolean {
	if (text.length < 2 || text.length > 52) return false;
	if (/[。；;，,、…~～]$/u.test(text) || /[。；;][”’」』）)]?/u.test(text)) return false;
	if (/[：:]$/u.test(text) && text.length > 16) return false;
	if (/[！？!?]$/u.test(text) && text.length > 30) return false;
	return (text.match(/[，,]/gu)?.length ?? 0) <= 2;
}

/** What a line looks like by itself. `raw` is the line with its blanks. */
export function formOf(text: string, raw: string): Form {
	if (text.length > 400 && !raw.includes('\t')) return 'body';
	if (markOf(text)) return 'heading';
	if (isTableRow(text, raw)) return 'table';
	if (text.length > 120) return 'body';
	if (text.length <= 60 && TAIL.test(text) && !/[，,、]$/u.test(text.replace(/返回搜狐[，,]$/u, ''))) return 'tail';
	if (text.length <= 60 && FOOTER.test(text)) return 'footer';
	if (text.length <= 50 && DATELINE.test(text)) return 'dateline';
	if (text.length <= 80 && CAPTION.test(text)) return 'caption';
	if (BYLINE.test(text)) return 'byline';
	if (isAttendance(text)) return 'attendance';
	return isTitleShaped(text) ? 'title' : 'body';
}
