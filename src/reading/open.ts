import type { z } from 'zod';
import type { Network } from './network.js';
import { openNetworkPool } from './network-pool.js';
import { bestSpans, pieces, READER_OUTPUTS, type Scores, scoresOf } from './spans.js';
import type { Reader, Reading, Span } from './types.js';
import { loadWeights, readerCard } from './weights.js';
import { windows } from './windows.js';
import { WordPiece } from './wordpiece.js';

export interface ReaderOptions {
	/** How many spans a reading offers. */
	readonly spans?: number;
	/** The longest span in UTF-16 units; an answer is a phrase, not a paragraph. */
	readonly maxLength?: number;
}

/** Opens the reader whose files stand in `modelFolder`; a ModelError when they are missing, damaged or cannot run. */
export async function openReader(modelFolder: string, options: ReaderOptions = {}): Promise<Reader> {
	const { card, graph, vocabulary } = await loadWeights(modelFolder, 'reader', readerCard);
	const network = await openNetworkPool({ path: graph, outputs: READER_OUTPUTS });
	return new ExtractiveReader(card, new WordPiece(vocabulary), network, options.spans ?? 5, options.maxLength ?? 60);
}

class ExtractiveReader implements Reader {
	constructor(
		private readonly card: z.infer<typeof readerCard>,
		private readonly wordPiece: WordPiece,
		private readonly network: Network,
		private readonly count: number,
		private readonly maxLength: number,
	) {}

	get id(): string {
		return this.card.id;
	}

	async read(question: string, text: string, context = ''): Promise<Reading> {
		const tokens = this.wordPiece.tokens(text);
		if (tokens.ids.length === 0) return { answerable: 0, spans: [], pieces: [] };
		const asked = this.wordPiece.tokens(question);
		const cut = windows(asked, tokens, text, this.wordPiece.tokens(context), this.card.window);
		const all: readonly Scores[] = await Promise.all(
			cut.map(async (window) => scoresOf(await this.network.run(window), window)),
		);
		const readings = all.map((scores) => this.best(scores, bestSpans([scores], tokens, text, 1, this.maxLength)));
		const surest = readings.reduce((a, b) => (b.answerable > a.answerable ? b : a));
		return {
			answerable: surest.answerable,
			spans: bestSpans(all, tokens, text, this.count, this.maxLength),
			pieces: pieces(surest.scores, tokens, text, this.card.insideThreshold, this.maxLength),
		};
	}

	private best(scores: Scores, [span]: readonly Span[]): { scores: Scores; answerable: number } {
		const { bias, span: bySpan, here } = this.card.answerable;
		const logit = bias + bySpan * (span?.score ?? -20) + here * scores.here;
		return { scores, answerable: 1 / (1 + Math.exp(-logit)) };
	}
}
