import type { Range } from '../text/mapped.js';
import type { PartKind } from './types.js';

/** A stretch of a body line: text, or what layouts and websites push into it. */
export interface Piece extends Range {
	readonly kind: Extract<PartKind, 'paragraph' | 'byline' | 'caption' | 'footer'>;
}

/** In front of a report: where a website took it from. */
const FRONT =
	/^(?:(?:来源\s*[:：]\s*\S{2,16}\s*\|\s*)?[[(（]?(?:(?:20\d\d)[年/-])?\d{1,2}[月/-]\d{1,2}日?\s*(?:\d{1,2}:\d\d(?::\d\d)?)?[\])）]?[，,]\s*正文\s*[:：]|来源\s*[:：]\s*\S{2,16}\s*\|[^。]{0,30}正文\s*[:：]|本文转自[:：]\S{2,8}?(?=人民网|新华|中新|\s))\s*/u;

/** Behind a report: what a website prints below it. */
const BACK =
	/(?:[(（【]?(?:来源|文章来源)\s*[:：][^。，]{1,24}[)）】]?\s*)?(?:[【】\s]*返回搜狐\s*[，,]?\s*(?:查看更多)?\s*(?:责任编辑\s*[:：]?\s*\p{Script=Han}{0,4})?|[(（]?责任编辑\s*[:：]\s*\p{Script=Han}{0,4}[)）]?|【编辑[:：]\p{Script=Han}{2,4}】\s*(?:更多精彩内容请进入\p{Script=Han}{2}(?:新闻|频道))?|分享让更多人看到|更多精彩内容请进入\p{Script=Han}{2}(?:新闻|频道))\s*$/u;

/** An advertisement pushed between two sentences, with the cross that would shut it. */
const ADVERTISEMENT = /广告\s[^×\n]{4,120}×\s?/gu;

/** Whose picture: names between blanks (or behind a stroke) and 摄, glued to the sentence behind. */
const PHOTO_CREDIT =
	/(?<=[。！？”）)\s]|^)(?:本文图片|图片)?\s?(?:(?:记者|通讯员)\s?[/／]?)?\p{Script=Han}{2,5}(?:\s\p{Script=Han}{2,5}){0,3}(?:\s|[/／])摄(?!影|像|氏|制|入|取|护|政|理)/gu;

/** Cuts what is no text of the report out of a body line; the pieces cover the line, in order. `at` is where it stands. */
export function piecesOf(text: string, at: number): readonly Piece[] {
	const asides: { start: number; end: number; kind: Piece['kind'] }[] = [];
	const front = FRONT.exec(text.slice(0, 120))?.[0];
	if (front) asides.push({ start: 0, end: front.length, kind: 'byline' });
	const tailAt = Math.max(0, text.length - 120);
	const back = BACK.exec(text.slice(tailAt));
	const bodyEnd = back ? tailAt + back.index : text.length;
	for (const match of text.matchAll(ADVERTISEMENT))
		asides.push({ start: match.index, end: match.index + match[0].length, kind: 'footer' });
	if (text.includes('摄')) {
		for (const match of text.matchAll(PHOTO_CREDIT))
			asides.push({ start: match.index, end: match.index + match[0].length, kind: 'caption' });
	}
	if (back) asides.push({ start: bodyEnd, end: text.length, kind: 'footer' });
	return between(asides, text, at);
}

function between(
	asides: readonly { start: number; end: number; kind: Piece['kind'] }[],
	text: string,
	at: number,
): readonly Piece[] {
	const pieces: Piece[] = [];
	let done = 0;
	const push = (start: number, end: number, kind: Piece['kind']): void => {
		if (text.slice(start, end).trim() !== '') pieces.push({ start: at + start, end: at + end, kind });
	};
	for (const aside of [...asides].sort((a, b) => a.start - b.start)) {
		if (aside.start < done) continue;
		push(done, aside.start, 'paragraph');
		push(aside.start, aside.end, aside.kind);
		done = aside.end;
	}
	push(done, text.length, 'paragraph');
	return pieces;
}
