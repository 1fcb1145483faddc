import { topicOf } from '../text/asking.js';
import { fold } from '../text/fold.js';
import { jieba } from '../text/jieba.js';
import { segment } from '../text/segment.js';
import { InOrder } from './in-order.js';

/** What is looked for in a text, and how much each part of it weighs: the rarer, the more. */
export interface Weighted {
	readonly parts: readonly (readonly [part: string, weight: number])[];
	readonly total: number;
}

/** A question made ready to be compared with texts; everything folded as the texts are. */
export interface Asked {
	/** Words of two characters and more, and runs of Latin letters or digits. */
	readonly words: Weighted;
	readonly grams: Weighted;
	/** Two neighbouring words written as one: `防汛会议` of 防汛 and 会议. */
	readonly pairs: readonly string[];
	/** Compares with the characters of the topic in their order, marks left out. */
	readonly order: InOrder;
	/** A number with the unit that is asked for (`多少枚`: 53枚); null where none is. */
	readonly amount: RegExp | null;
}

const NUMBER = '[0-9.,，一二三四五六七八九十百千万亿两余多约]+';
const HAN = /^\p{Script=Han}/u;
/** A question of ten thousand characters is compared by its beginning: the rest costs time and finds nothing more. */
const LONGEST = 120;

/** Takes a question apart. The words that only ask (谁, 多少, 什么时候) are left out: reports do not hold them. */
export function askedOf(question: string, rarity: (term: string) => number): Asked {
	const folded = fold(question).slice(0, LONGEST);
	const topic = topicOf(folded);
	const { words, grams } = segment(topic);
	const latin = grams.filter((gram) => !HAN.test(gram));
	const unit = /(?:多少|几)(\p{Script=Han})/u.exec(folded)?.[1];
	const tokens = jieba().cut(topic, true);
	return {
		words: weighted([...words, ...latin], (word) => rarity((HAN.test(word) ? 'w' : 'g') + word)),
		grams: weighted(grams, (gram) => rarity(`g${gram}`)),
		pairs: tokens.flatMap((token, n) => pairOf(token, tokens[n + 1] ?? '')),
		order: new InOrder([...topic.replace(/[^\p{Script=Han}\p{L}\p{N}]/gu, '')]),
		amount: unit === undefined ? null : new RegExp(NUMBER + unit, 'u'),
	};
}

function weighted(parts: readonly string[], weightOf: (part: string) => number): Weighted {
	const rows = [...new Set(parts)].map((part) => [part, weightOf(part)] as const);
	return { parts: rows, total: rows.reduce((sum, [, weight]) => sum + weight, 0) };
}

function pairOf(first: string, second: string): string[] {
	const pair = first + second;
	return pair.length > Math.max(first.length, 2) && second !== '' && /^\p{Script=Han}+$/u.test(pair) ? [pair] : [];
}

/** Share of what is looked for that a text holds, 0 to 1. */
export function share({ parts, total }: Weighted, text: string): number {
	let held = 0;
	for (const [part, weight] of parts) if (text.includes(part)) held += weight;
	return total > 0 ? held / total : 0;
}
