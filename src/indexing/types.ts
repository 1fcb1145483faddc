import type { Embedder } from '../embedding/types.js';
import type { Tagger } from '../reading/people.js';
import type { FileOperations } from '../store/files.js';
import type { Skipped } from './skipped.js';

/** How far a long step is. */
export interface IndexProgress {
	readonly label: string;
	readonly done: number;
	readonly total: number;
	readonly unit: 'passages' | 'issues';
}

/** Named moments of a run, in order; a test can end the process at each. */
export const STEPS = [
	'locked',
	'copied',
	'worked',
	'embedded',
	'linked',
	'graph',
	'finished',
	'renamed',
	'published',
] as const;
export type Step = (typeof STEPS)[number];

export interface UpdateOptions {
	readonly seedsDir: string;
	readonly indexDir: string;
	/** Opens the embedder, or gives null where there is none; asked only when there is something to embed. */
	readonly embedder: () => Promise<Embedder | null>;
	/** Opens the tagger of people, or gives null; without one the grammar alone says who took part. Asked only when there is something to read. */
	readonly tagger?: () => Promise<Tagger | null>;
	/** Start over instead of working on what changed. Stored vectors are used again. */
	readonly rebuild?: boolean;
	/** Wait for another writer instead of throwing an IndexBusyError. */
	readonly wait?: boolean;
	readonly onProgress?: (progress: IndexProgress) => void;
	/** Told in one line what was found damaged and mended. */
	readonly onWarning?: (line: string) => void;
	/** For tests: called at each step, and the writes on which publication depends. */
	readonly onStep?: (step: Step) => void;
	readonly files?: FileOperations;
	/** For tests: from how many vectors on the graph is written. */
	readonly graphFrom?: number;
	/** For tests: from how many passages on new issues are kept in a database of their own. */
	readonly splitFrom?: number;
}

/** What a run did: the contract's `index --json`, and what was left out. */
export interface IndexReport {
	readonly issues: {
		readonly added: readonly string[];
		readonly changed: readonly string[];
		readonly removed: readonly string[];
		readonly unchanged: number;
	};
	readonly articles: number;
	readonly chunks: number;
	readonly embedded: number;
	readonly reused: number;
	/** The embedder's id; null when the index works on keywords alone. */
	readonly model: string | null;
	readonly seconds: number;
	readonly skipped: readonly Skipped[];
}
