import type { BaseDatabase } from '../store/base-database.js';
import type { GenerationWriter } from '../store/generation-writer.js';
import type { Manifest } from '../store/manifest.js';

/** How much a database holds; contents and vectors that stand in another count there. */
export interface Tally {
	readonly issues: number;
	readonly articles: number;
	readonly passages: number;
	readonly contents: number;
	readonly vectors: number;
}

const NOTHING: Tally = { issues: 0, articles: 0, passages: 0, contents: 0, vectors: 0 };

/** What was written; where it goes beside a large database, what it holds that the other does not. */
export function tallyOf(writer: GenerationWriter, labels: ReadonlySet<number>, beside: BaseDatabase | null): Tally {
	const isElsewhere = beside && ((content: string): boolean => beside.holdsContent(content));
	const own = beside ? [...labels].filter((label) => !beside.pointsTo(label)) : [...labels];
	return { ...writer.counts(), contents: writer.countContents(isElsewhere), vectors: own.length };
}

/** What the large database of a generation holds. */
export function baseTally({ counts, contents, vectors, recent }: Manifest): Tally {
	return combined({ ...counts, contents, vectors }, recent ?? NOTHING, -1);
}

export function sumOf(a: Tally, b: Tally | null): Tally {
	return b ? combined(a, b, 1) : a;
}

function combined(a: Tally, b: Tally, sign: 1 | -1): Tally {
	return {
		issues: a.issues + sign * b.issues,
		articles: a.articles + sign * b.articles,
		passages: a.passages + sign * b.passages,
		contents: a.contents + sign * b.contents,
		vectors: a.vectors + sign * b.vectors,
	};
}
