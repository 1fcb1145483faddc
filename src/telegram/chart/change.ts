import type { Answer } from '../../answering/types.js';
import type { Figure } from './figure.js';

const NUMBER = String.raw`(\d+(?:\.\d+)?)\s*`;
const UNIT = '([%％]|[\\p{Script=Han}]{1,3}?)';
/** 由88%提高到97%, 从去年的12个增至今年的15个: two figures of one unit, and what is said of when each held. */
const CHANGE = new RegExp(
	`(?:由|从)([^，。；：,;:\\d]{0,8}?)的?${NUMBER}${UNIT}[，,]?` +
		'(?:增长|增加|提高|提升|上升|扩大|增|升|下降|减少|降低|缩短|缩减|降|减)(?:到|至|为)(?:了)?' +
		`([^，。；：,;:\\d]{0,8}?)的?${NUMBER}\\3(?![\\d.])`,
	'u',
);

/** Two figures that a quoted sentence itself compares, where the answer is one of them; null otherwise. */
export function changeOf(answer: Answer): Figure | null {
	if (answer.status !== 'answered') return null;
	for (const { quote, headline } of answer.citations) {
		const found = CHANGE.exec(quote);
		if (!found) continue;
		const [, whenFirst = '', first = '', unit = '', whenThen = '', then = ''] = found;
		if (!holds(answer.answer, first) && !holds(answer.answer, then)) continue;
		const bar = (when: string, number: string, label: string): Figure['bars'][number] => ({
			label: when || label,
			value: Number(number),
			printed: `${number}${unit}`,
			isAsked: holds(answer.answer, number),
		});
		// What it is that changed: the words before, back to where the clause begins.
		const measure = /[^，。；：,;:\s]*$/u.exec(quote.slice(0, found.index))?.[0] ?? '';
		return { title: headline, measure, bars: [bar(whenFirst, first, '原来'), bar(whenThen, then, '后来')] };
	}
	return null;
}

/** Whether the number stands in the text as a whole. */
function holds(text: string, number: string): boolean {
	return new RegExp(`(?<![\\d.])${number.replace('.', '\\.')}(?![\\d.]\\d?)`, 'u').test(text);
}
