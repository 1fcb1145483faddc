import { createHash } from 'node:crypto';
import { candidateOf } from '../answering/desk.js';
import type { Citation } from '../answering/types.js';
import { excerptsFor } from '../reading/excerpts.js';
import type { Store } from '../store/store.js';
import type { StoredArticle } from '../store/types.js';
import { type MappedText, mapPiece, sliceMapped } from '../text/mapped.js';
import { givesOrders } from './orders.js';

/** A numbered piece of an article, as a model is shown it; every character knows its place in the issue file. */
export interface ShownPassage {
	readonly number: number;
	readonly article: StoredArticle;
	readonly text: MappedText;
}

const LONGEST = 1200;

/** The articles that citations stand in, each once, in order. */
export async function articlesCited(
	citations: readonly Citation[],
	snapshot: Store,
): Promise<readonly StoredArticle[]> {
	const found = new Map<number, StoredArticle>();
	for (const { file, start } of citations) {
		const article = await snapshot.articleAt(file, start);
		if (article) found.set(article.number, article);
	}
	return [...found.values()];
}

/** The quotes themselves as passages. */
export async function passagesOfQuotes(
	citations: readonly Citation[],
	snapshot: Store,
): Promise<readonly ShownPassage[]> {
	const quoted: Omit<ShownPassage, 'number'>[] = [];
	for (const { file, start, quote } of citations) {
		const article = await snapshot.articleAt(file, start);
		if (article) quoted.push({ article, text: mapPiece(quote, start) });
	}
	return numbered(quoted);
}

/** What articles say on a topic: the stretches that are worth reading, about so many characters of each. */
export function passagesOn(
	topic: string,
	articles: readonly StoredArticle[],
	characters: number,
): readonly ShownPassage[] {
	return numbered(
		articles.flatMap((article) => {
			const { body } = candidateOf(article, 1, 1);
			return excerptsFor(topic, article.headline, body.text, characters).map(({ start, end }) => ({
				article,
				text: sliceMapped(body, start, Math.min(end, start + LONGEST)),
			}));
		}),
	);
}

/** Numbers passages, paragraphs that give orders left out of them. */
function numbered(passages: readonly Omit<ShownPassage, 'number'>[]): readonly ShownPassage[] {
	return passages
		.flatMap(({ article, text }) => harmless(text).map((part) => ({ article, text: part })))
		.map((one, n) => ({ ...one, number: n + 1 }));
}

/** The runs of paragraphs of a text between those that give orders. */
function harmless(text: MappedText): readonly MappedText[] {
	const runs: { start: number; end: number; isOpen: boolean }[] = [];
	let at = 0;
	for (const line of text.text.split('\n')) {
		const end = at + line.length;
		const last = runs.at(-1);
		if (givesOrders(line)) {
			if (last) last.isOpen = false;
		} else if (last?.isOpen) last.end = end;
		else runs.push({ start: at, end, isOpen: true });
		at = end + 1;
	}
	return runs.filter(({ start, end }) => end > start).map(({ start, end }) => sliceMapped(text, start, end));
}

/** A mark that no text can hold: it is made from all of the texts that it stands around. */
function fenceOf(texts: readonly string[]): string {
	return createHash('sha256').update(JSON.stringify(texts)).digest('hex').slice(0, 16);
}

/** Angle brackets make the fences; inside of them they are replaced by marks that look alike, one for one. */
function tame(text: string): string {
	return text.replaceAll('<', '‹').replaceAll('>', '›');
}

/** Passages and other texts fenced in as data: their marks cannot be forged from within. */
export function fenced(question: string, passages: readonly ShownPassage[], draft = ''): FencedTexts {
	const mark = fenceOf([question, draft, ...passages.map((one) => one.text.text)]);
	const fence = (name: string, text: string): string => `<<<${name} ${mark}>>>\n${tame(text)}\n<<<end ${mark}>>>`;
	return {
		question: fence('question', question),
		draft: fence('draft', draft),
		passages: passages
			.map(({ number, article, text }) =>
				fence(`passage ${number}`, `${article.issueDate ?? ''}《${article.headline}》\n${text.text}`),
			)
			.join('\n\n'),
	};
}

/** Texts ready to be put into a prompt. */
export interface FencedTexts {
	readonly question: string;
	readonly draft: string;
	readonly passages: string;
}
