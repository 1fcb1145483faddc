import { joinMapped, type MappedText, mapPiece } from '../text/mapped.js';
import { bigrams } from '../text/overlap.js';
import { sentencesOf } from '../text/sentences.js';

/** A stretch of a text, UTF-16 offsets in it. */
export interface Excerpt {
	readonly start: number;
	readonly end: number;
}

/** Sentences shorter than this go with the one before: alone they say too little to be chosen by. */
const SHORT = 60;
/** The lead of a report says when, where and who; it is worth as much as this share of the question's words. */
const LEAD = 0.05;
/** What a stretch gains from the better of its neighbours: an answer often stands beside the words it is asked with. */
const NEIGHBOUR = 0.3;

/** Cuts a text on sentence ends into stretches of some 60 characters and more, in order. */
function cut(text: string): Excerpt[] {
	const pieces: Excerpt[] = [];
	for (const { start, end } of sentencesOf(text)) {
		const last = pieces.at(-1);
		if (last && end - last.start <= SHORT) pieces[pieces.length - 1] = { start: last.start, end };
		else pieces.push({ start, end });
	}
	return pieces;
}

/** What a bigram counts that the headline has too: it names the article, not the sentence of it that is asked for. */
const IN_HEADLINE = 0.4;

/** The share of the question's bigrams in each stretch; one that few stretches hold weighs more. */
function sharesOf(topic: string, headline: string, texts: readonly string[]): number[] {
	const weights = new Map<string, number>();
	for (const gram of bigrams(topic)) {
		const holding = texts.filter((text) => text.includes(gram)).length;
		const own = headline.includes(gram) ? IN_HEADLINE : 1;
		if (holding > 0) weights.set(gram, own * Math.log(1 + texts.length / holding));
	}
	const all = [...weights.values()].reduce((a, b) => a + b, 0) || 1;
	return texts.map((text) => {
		let held = 0;
		for (const [gram, weight] of weights) if (text.includes(gram)) held += weight;
		return held / all;
	});
}

/** The stretches of a text that are worth reading for a question, in order: of about `characters` together, at least one. */
function chosenFor(topic: string, headline: string, text: string, characters: number): readonly Excerpt[] {
	const pieces = cut(text);
	const shares = sharesOf(
		topic,
		headline,
		pieces.map(({ start, end }) => text.slice(start, end)),
	).map((share, n) => share + (n === 0 ? LEAD : 0));
	const beside = (n: number): number => Math.max(shares[n - 1] ?? 0, shares[n + 1] ?? 0);
	const ranked = pieces
		.map((piece, n) => ({ ...piece, n, score: (shares[n] ?? 0) + NEIGHBOUR * beside(n) }))
		.sort((a, b) => b.score - a.score || a.n - b.n);
	const chosen = new Set<number>();
	let left = characters;
	for (const { start, end, n } of ranked) {
		if (end - start > left && chosen.size > 0) continue;
		chosen.add(n);
		left -= end - start;
	}
	return pieces.filter((_, n) => chosen.has(n));
}

/** The stretches of a text that are worth reading for a question, neighbours joined, in order. */
export function excerptsFor(topic: string, headline: string, text: string, characters: number): readonly Excerpt[] {
	const joined: Excerpt[] = [];
	for (const piece of chosenFor(topic, headline, text, characters)) {
		const last = joined.at(-1);
		if (last && text.slice(last.end, piece.start).trim() === '')
			joined[joined.length - 1] = { start: last.start, end: piece.end };
		else joined.push(piece);
	}
	return joined;
}

/** What is longer is read in two pages. */
const PAGE = 260;

/**
 * The same stretches put together to one page or two of about equal length, each of which the reader takes in one
 * window: pages are read side by side, so the longer one decides. The offsets of a page lead into `text`.
 */
export function pagesFor(topic: string, headline: string, text: string, characters: number): readonly MappedText[] {
	const pieces = chosenFor(topic, headline, text, characters);
	const length = (part: readonly Excerpt[]): number => part.reduce((sum, { start, end }) => sum + end - start, 0);
	const page = (part: readonly Excerpt[]): MappedText =>
		joinMapped(part.map(({ start, end }) => mapPiece(text.slice(start, end), start)));
	if (pieces.length < 2 || length(pieces) <= PAGE) return [page(pieces)];
	const longer = (cut: number): number => Math.max(length(pieces.slice(0, cut)), length(pieces.slice(cut)));
	let best = 1;
	for (let cut = 2; cut < pieces.length; cut++) if (longer(cut) < longer(best)) best = cut;
	return [page(pieces.slice(0, best)), page(pieces.slice(best))];
}
