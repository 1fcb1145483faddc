import { highest } from '../store/highest.js';
import type { KeywordScores } from './keyword.js';
import type { VectorScores } from './vector.js';

/** A passage with what each leg gave it, and what they give together. */
export interface Ranked {
	readonly passage: number;
	readonly score: number;
	readonly scores: { readonly keyword: number; readonly vector: number };
}

/** What the vector leg's normalised score weighs against the keyword leg's. Measured by `npm run bench`. */
const VECTOR_WEIGHT = 0.4;

/**
 * Fuses the legs by their scores, each brought to 0..1 over the candidates. Ranks alone (reciprocal rank fusion) were
 * tried and lost to the keyword leg by itself: they forget by how much one passage is better than the next.
 * Every candidate has both scores, whichever leg brought it.
 */
export function fuse(keyword: KeywordScores, vector: VectorScores | null, depth: number): readonly Ranked[] {
	const candidates = new Set(highest(keyword, depth, 0));
	for (const { passage } of vector?.nearest ?? []) candidates.add(passage);
	return fuseRows(
		[...candidates].map((passage) => ({
			passage,
			keyword: keyword[passage] ?? 0,
			vector: vector?.of(passage) ?? null,
		})),
	);
}

/** The same where the candidates and what each leg gave them are known; `vector` is null where one has none. */
export function fuseRows(
	rows: readonly { readonly passage: number; readonly keyword: number; readonly vector: number | null }[],
): readonly Ranked[] {
	const mostKeyword = rows.reduce((most, row) => Math.max(most, row.keyword), 0) || 1;
	const cosines = rows.flatMap((row) => (row.vector === null ? [] : [row.vector]));
	const least = cosines.reduce((low, value) => Math.min(low, value), 1);
	const spread = cosines.reduce((high, value) => Math.max(high, value), -1) - least || 1;
	return rows
		.map(({ passage, keyword: bm25, vector: cosine }) => ({
			passage,
			score: bm25 / mostKeyword + (cosine === null ? 0 : (VECTOR_WEIGHT * (cosine - least)) / spread),
			scores: { keyword: bm25, vector: cosine ?? 0 },
		}))
		.sort((a, b) => b.score - a.score || a.passage - b.passage);
}
