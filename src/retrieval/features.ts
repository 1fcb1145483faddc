import { fold } from '../text/segment.js';
import { sentencesOf } from '../text/sentences.js';
import { type Asked, share } from './asked.js';
import type { ScoredPassage } from './legs.js';

/** What ranks an article, in the order of the weights. Each brought something on the folds: docs/performance.md. */
export const FEATURES = ['keyword', 'cosine', 'sentence', 'order', 'article', 'pairs', 'lead', 'amount'] as const;

/** What a feature looks at. */
export type Scored = Omit<ScoredPassage, 'headline'>;

/** So many passages of an article, best by keywords first, are looked at sentence by sentence. */
const READ = 4;
/** The beginning of an article in characters; reports say there what they are about. */
const LEAD = 120;
/** A passage has 350 characters, seldom up to 420. */
const ORDERED = 400;
/** What stands for "not asked for" in a feature that is 0 or 1 where it is. */
const NEUTRAL = 0.7;

/**
 * The features of an article for a question. `passages` are all it has, in their order; `mostKeyword` is the highest
 * keyword score of any candidate's.
 */
export function featuresOf(asked: Asked, headline: string, passages: readonly Scored[], mostKeyword: number): number[] {
	const folded = passages.map(({ text, keyword }) => ({ text: fold(text), keyword }));
	const whole = folded.map(({ text }) => text).join('\n');
	const best = [...folded].sort((a, b) => b.keyword - a.keyword).slice(0, READ);
	const cosine = passages.reduce((most, passage) => Math.max(most, passage.cosine ?? 0), 0);
	const nearest = bestSentence(asked, best);
	const lead = fold(headline) + (folded[0]?.text ?? '').slice(0, LEAD);
	return [
		(best[0]?.keyword ?? 0) / (mostKeyword || 1),
		cosine,
		nearest.share,
		inOrder(asked.characters, (best[0]?.text ?? '').slice(0, ORDERED)),
		share(asked.grams, whole),
		asked.pairs.length > 0 ? held(asked.pairs, whole) : 0.5,
		share(asked.words, lead),
		asked.amount ? Number(asked.amount.test(nearest.text)) : NEUTRAL,
	];
}

/** The sentence that holds most of the question: a report may hold every word of it, and nowhere together. */
function bestSentence(asked: Asked, passages: readonly { readonly text: string }[]): { text: string; share: number } {
	let best = { text: '', share: -1 };
	for (const { text } of passages) {
		for (const { start, end } of sentencesOf(text)) {
			const sentence = text.slice(start, end);
			const found = (share(asked.words, sentence) + share(asked.grams, sentence)) / 2;
			if (found > best.share) best = { text: sentence, share: found };
		}
	}
	return { ...best, share: Math.max(best.share, 0) };
}

function held(parts: readonly string[], text: string): number {
	return parts.filter((part) => text.includes(part)).length / parts.length;
}

/** Share of the question's characters that stand in a text in the question's order (longest common subsequence). */
function inOrder(characters: readonly string[], text: string): number {
	if (characters.length === 0) return 0;
	let before = new Uint16Array(text.length + 1);
	let now = new Uint16Array(text.length + 1);
	for (const character of characters) {
		for (let i = 0; i < text.length; i++) {
			now[i + 1] =
				text[i] === character ? (before[i] as number) + 1 : Math.max(now[i] as number, before[i + 1] as number);
		}
		[before, now] = [now, before];
	}
	return (before[text.length] ?? 0) / characters.length;
}
