import type { PeopleTags } from '../facts/taking-part.js';
import type { Network } from './network.js';
import { openNetworkPool } from './network-pool.js';
import { loadWeights, peopleCard } from './weights.js';
import { windows } from './windows.js';
import { type Tokens, WordPiece } from './wordpiece.js';

/** Marks the people who took part in what a report tells. */
export interface Tagger {
	readonly id: string;
	/** Reads `text` with the headline in mind. */
	tag(text: string, headline: string): Promise<PeopleTags>;
}

// As in training/people.py: the head's two outputs for each token, and how much of a headline was seen.
const OUTPUTS = 2;
const [BEGINS, INSIDE] = [0, 1] as const;
const LONGEST_HEADLINE = 40;
/** From here on a token begins a name, or goes on with it. */
const EVEN = 0.5;

/** Opens the tagger whose files stand in `modelFolder`; a ModelError when they are missing, damaged or cannot run. */
export async function openTagger(modelFolder: string): Promise<Tagger> {
	const { card, graph, vocabulary } = await loadWeights(modelFolder, 'people', peopleCard);
	const network = await openNetworkPool({ path: graph, outputs: OUTPUTS });
	return new PeopleTagger(card.id, card.window, new WordPiece(vocabulary), network);
}

class PeopleTagger implements Tagger {
	constructor(
		readonly id: string,
		private readonly window: number,
		private readonly wordPiece: WordPiece,
		private readonly network: Network,
	) {}

	async tag(text: string, headline: string): Promise<PeopleTags> {
		const tokens = this.wordPiece.tokens(text);
		const begins = new Float32Array(tokens.ids.length);
		const inside = new Float32Array(tokens.ids.length);
		if (tokens.ids.length === 0) return new TaggedText(tokens, begins, inside);
		const head = this.wordPiece.tokens(headline);
		const cut = windows(
			{ ...head, ids: head.ids.slice(0, LONGEST_HEADLINE) },
			tokens,
			text,
			this.wordPiece.tokens(''),
			this.window,
		);
		const all = await Promise.all(cut.map((window) => this.network.run(window)));
		for (const [n, { offset, first, ids }] of cut.entries()) {
			const raw = all[n] ?? new Float32Array();
			for (let token = first; token < ids.length - 1; token++) {
				const at = offset + token - first;
				// Where windows overlap, the one that is surer.
				begins[at] = Math.max(begins[at] ?? 0, chance(raw[token * OUTPUTS + BEGINS]));
				inside[at] = Math.max(inside[at] ?? 0, chance(raw[token * OUTPUTS + INSIDE]));
			}
		}
		return new TaggedText(tokens, begins, inside);
	}
}

class TaggedText implements PeopleTags {
	constructor(
		private readonly tokens: Tokens,
		private readonly begins: Float32Array,
		private readonly inside: Float32Array,
	) {}

	get names(): PeopleTags['names'] {
		const { starts, ends } = this.tokens;
		const found: { start: number; end: number; score: number }[] = [];
		for (let first = 0; first < this.begins.length; first++) {
			let score = this.begins[first] ?? 0;
			if (score < EVEN) continue;
			let last = first;
			while (
				(this.inside[last + 1] ?? 0) > EVEN &&
				(this.begins[last + 1] ?? 0) < EVEN &&
				starts[last + 1] === ends[last]
			)
				last++;
			for (let token = first; token <= last; token++) score = Math.min(score, this.inside[token] ?? 0);
			found.push({ start: starts[first] ?? 0, end: ends[last] ?? 0, score });
		}
		return found;
	}

	likelihood(start: number, end: number): number | null {
		let sum = 0;
		let count = 0;
		for (let token = 0; token < this.inside.length; token++) {
			if ((this.tokens.starts[token] ?? 0) < start || (this.tokens.ends[token] ?? 0) > end) continue;
			sum += this.inside[token] ?? 0;
			count++;
		}
		return count > 0 ? sum / count : null;
	}
}

function chance(logit = Number.NEGATIVE_INFINITY): number {
	return 1 / (1 + Math.exp(-logit));
}
