/** How a report begins, when it begins with its paper or its reporter. */
export const REPORT_START = /(?:本报讯|本报\s*[(（]\s*记者|本报记者|本报通讯员)/u;

/** A date or a word for one, as first sentences of reports have it. */
const DAY = /(?:近日|日前|昨[日天]|今[日天]|近期|连日来|\d{1,2}月\d{1,2}日|\d{1,2}日(?:上午|下午|晚|，|,))/u;

/** Agencies and papers that head a report, and what websites print in front of one. */
const SOURCE =
	/^(?:\S{2,14}(?:讯|电|消息)[\s(（]|[^。，]{0,40}(?:报道|日电|讯\s*[(（])|【[^】]{2,20}】|[(（]?(?:本报)?(?:记者|通讯员)\s|来源\s*[:：]|原标题\s*[:：]|本文转自|[^。]{0,40}正文\s*[:：]|\[?[\d/\s:-]{8,22}\]?)/u;

/** What stands in front of a section, not of a report. */
const NUMBERED =
	/^(?:[一二三四五六七八九十]{1,3}[、.．，]|[(（][一二三四五六七八九十\d]{1,3}[)）]|第[一二三四五六七八九十\d]{1,3}[章节条部、：:]|[①-⑳]|\d{1,2}[.．、](?!\d)|问[：:]|答[：:]|[QA][：:])/u;

/** A paragraph that begins so goes on with the report that it stands in. */
const GOES_ON =
	/^(?:会上|会后|此外|同时|另外|随后|其中|对此|与此同时|他说|她说|他表示|她表示|据介绍|据悉|据了解|活动中|活动现场|最后|接下来|下一步|不仅如此|除此之外|然而|但是|因此|为此|于是|会议(?:还|期间|强调|要求|指出|认为)|此次|未来[，,]|除[^，]{2,14}外[，,])/u;

/** Whether a paragraph begins like the first one of a report (`本报讯(记者 …)`). */
export function startsReport(text: string): boolean {
	return text.slice(0, 12).search(REPORT_START) === 0;
}

/** Whether a paragraph begins like a report of its own. */
export function beginsReport(text: string): boolean {
	const head = text.slice(0, 80);
	return startsReport(head) || SOURCE.test(head);
}

/** Whether the first words of a paragraph say when, as those of a report do. */
export function beginsWithDay(text: string): boolean {
	return DAY.test(text.slice(0, 70));
}

/** Whether a paragraph goes on with the report in front of it. */
export function goesOn(text: string): boolean {
	return GOES_ON.test(text);
}

/** Whether a short line is numbered like a section. */
export function isNumbered(text: string): boolean {
	return NUMBERED.test(text);
}
