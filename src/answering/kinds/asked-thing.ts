import { leadingWords } from '../../text/words.js';
import { partsOf, type Stretch } from '../enumeration.js';

/** What stands in front of the thing that is asked for: `哪处旧居`, `什么节目`. */
const WHICH =
	/(?:哪[一两俩几三四五六七八九十]?[个处家所座条支本部份首场届项种位块片栋类批]?|什么|啥)(\p{Script=Han}{2,8})/u;
/** One such thing is asked for. */
const SINGLE = /哪[一]?[个处家所座条支本部份首场届项种块片栋]/u;
/** Printed works: their title stands between title marks. */
const WORK =
	/文件|材料|方案|意见|办法|条例|规划|规定|细则|书|歌|曲|片|剧|报告|通知|协议|手册|指南|清单|公约|著作|作品|节目|栏目|标准|计划|倡议|法$|诗|小说|杂志|报$/u;
const TITLE = /《[^《》]{2,60}》/gu;

/** Parts of speech that a thing is made of. */
const THING = /^(?:n(?!r)|s$|vn$|b$)/u;

/** A span with the thing that the question asks for, where the text goes on with it (`卢家` and `旧居`), or narrowed to the one member, or the title, that is such a thing. */
export function withThing(question: string, text: string, span: Stretch): Stretch {
	const thing = leadingWords(WHICH.exec(question)?.[1] ?? '', THING);
	if (thing.length < 2) return span;
	const titles = [...text.slice(span.start, span.end).matchAll(TITLE)];
	const [only] = titles;
	if (only && titles.length === 1 && WORK.test(thing)) {
		const start = span.start + only.index;
		return { start, end: start + only[0].length };
	}
	const whole = goingOn(thing, text, span);
	const parts = SINGLE.test(question) ? partsOf(text, whole) : [];
	const such = parts.filter(({ start, end }) => text.slice(start, end).endsWith(thing));
	return (parts.length > 1 && such.length === 1 && such[0]) || whole;
}

/** The span with the thing behind it, or the end of its name. */
function goingOn(thing: string, text: string, span: Stretch): Stretch {
	for (let length = thing.length; length >= 2; length--)
		if (text.startsWith(thing.slice(-length), span.end)) return { start: span.start, end: span.end + length };
	return span;
}
