import { fold } from '../text/fold.js';
import type { Range } from '../text/mapped.js';
import { sentencesOf } from '../text/sentences.js';
import { type Asked, share, type Weighted } from './asked.js';
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
		asked.order.share((best[0]?.text ?? '').slice(0, ORDERED)),
		share(asked.grams, whole),
		asked.pairs.length > 0 ? held(asked.pairs, whole) : 0.5,
		share(asked.words, lead),
		asked.amount ? Number(asked.amount.test(nearest.text)) : NEUTRAL,
	];
}

/** The sentence that holds most of the question: a report may hold every word of it, and nowhere together. */
function bestSentence(asked: Asked, passages: readonly { readonly text: string }[]): { text: string; share: number } {
	let best = { text: '', share: 0 };
	for (const { text } of passages) {
		const sentences = sentencesOf(text);
		const words = sharesOf(asked.words, text, sentences);
		const grams = sharesOf(asked.grams, text, sentences);
		sentences.forEach(({ start, end }, n) => {
			const found = ((words[n] as number) + (grams[n] as number)) / 2;
			if (found > best.share || best.text === '') best = { text: text.slice(start, end), share: found };
		});
	}
	return best;
}

/** What `share` gives for each sentence: by looking each part up in the text once, not in every sentence. */
function sharesOf({ parts, total }: Weighted, text: string, sentences: readonly Range[]): Float64Array {
	const held = new Float64Array(sentences.length);
	for (const [part, weight] of parts) {
		let sentence = 0;
		for (let at = text.indexOf(part); at !== -1 && sentence < held.length; at = text.indexOf(part, at + 1)) {
			while (sentence < held.length && (sentences[sentence]?.end ?? 0) < at + part.length) sentence++;
			if (at < (sentences[sentence]?.start ?? text.length)) continue;
			held[sentence] = (held[sentence] as number) + weight;
			sentence++;
		}
	}
	return total > 0 ? held.map((sum) => sum / total) : held;
}

function held(parts: readonly string[], text: string): number {
	return parts.filter((part) => text.includes(part)).length / parts.length;
}
