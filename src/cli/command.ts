import type { Terminal } from './terminal.js';

/** What a command gets: its words, its flags, and where to write. It gives the exit code. */
export type Action = (
	words: readonly string[],
	flags: Readonly<Record<string, unknown>>,
	terminal: Terminal,
) => Promise<number>;

/** One command of wenqu, as the table below lists them. */
export interface CommandSpec {
	readonly usage: string;
	readonly summary: string;
	readonly options?: readonly (readonly [flags: string, summary: string])[];
	readonly isDefault?: boolean;
	/** It answers questions, so that a language model may help. */
	readonly answers?: boolean;
	readonly action: Action;
}
