import type { Answer } from '../answering/types.js';
import type { Gold } from './gold.js';

/** How one answer did: the same rules as the published scorer of the gold sets. */
export interface Verdict {
	readonly right: boolean;
	readonly cited: boolean;
	/** For a question that should be refused: whether it was. Null for the others. */
	readonly refused: boolean | null;
}

/** Text compared without blanks and marks of layout, in compatibility form. */
function norm(text: string | null | undefined): string {
	return (text ?? '').normalize('NFKC').replace(/[\s#*_]/gu, '');
}

/** Judges an answer: every wanted string in it, no forbidden one, short, and from the right article. */
export function judge(gold: Gold, answer: Answer): Verdict {
	if (gold.refuse) return { right: false, cited: false, refused: answer.status === 'not_found' };
	const items = answer.items.map((item) => [item.text, item.title, item.organisation].filter(Boolean).join(' '));
	const hay = norm([answer.answer, ...items].join(' '));
	const size = 160 + 4 * gold.all.reduce((sum, text) => sum + text.length, 0);
	const right =
		answer.status === 'answered' &&
		gold.all.every((text) => hay.includes(norm(text))) &&
		!gold.none.some((text) => hay.includes(norm(text))) &&
		answer.answer.length <= size &&
		items.reduce((sum, text) => sum + text.length, 0) <= 3 * size;
	const heads = answer.citations.map((citation) => norm(citation.headline));
	const has = (wanted: string): boolean =>
		heads.some((head) => head.includes(norm(wanted)) || (head !== '' && norm(wanted).includes(head)));
	const wanted = gold.sources ?? (gold.source ? [gold.source] : []);
	return { right, cited: wanted.every(has), refused: null };
}

/** 95 % Wilson score interval of k successes in n trials (Wilson 1927). */
export function wilson(k: number, n: number): readonly [number, number] {
	if (n === 0) return [0, 1];
	const z = 1.96;
	const p = k / n;
	const centre = (p + (z * z) / (2 * n)) / (1 + (z * z) / n);
	const half = (z / (1 + (z * z) / n)) * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
	return [Math.max(0, centre - half), Math.min(1, centre + half)];
}
