import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { diskFiles, temporaryName } from '../store/files.js';
import type { IndexReport } from './types.js';

export const lastRunSchema = z.object({
	/** When it ended. */
	at: z.iso.datetime(),
	seconds: z.number(),
	/** Why it failed, in a line; null when it published. */
	failure: z.string().nullable(),
	added: z.int(),
	changed: z.int(),
	removed: z.int(),
	embedded: z.int(),
});

/** What the last run that had something to do came to. Runs that find nothing changed leave no trace. */
export type LastRun = z.infer<typeof lastRunSchema>;

export const LAST_RUN = 'last-run.json';

/** What a run did to the index, as far as it is noted. */
type Outcome = Pick<IndexReport, 'embedded'> & {
	readonly issues: Pick<IndexReport['issues'], 'added' | 'changed' | 'removed'>;
};

/** What is noted of a run that ended now, in what it did or in an error. */
export function runOf(outcome: Outcome | Error, seconds: number): LastRun {
	const did = outcome instanceof Error ? null : outcome;
	return {
		at: new Date().toISOString(),
		seconds,
		failure: outcome instanceof Error ? (outcome.message.split('\n')[0] ?? '') : null,
		added: did?.issues.added.length ?? 0,
		changed: did?.issues.changed.length ?? 0,
		removed: did?.issues.removed.length ?? 0,
		embedded: did?.embedded ?? 0,
	};
}

/** Notes how a run went, for `wenqu status`; where that cannot be written, nothing is lost but the note. */
export function noteRun(indexDir: string, outcome: IndexReport | Error, seconds: number): void {
	const path = join(indexDir, LAST_RUN);
	const beside = temporaryName(path);
	try {
		diskFiles.write(beside, JSON.stringify(runOf(outcome, seconds)));
		diskFiles.rename(beside, path);
	} catch {
		removeQuietly(beside);
	}
}

/** How the last run went; null where none is noted, or the note is damaged. */
export function readLastRun(indexDir: string): LastRun | null {
	try {
		return lastRunSchema.parse(JSON.parse(readFileSync(join(indexDir, LAST_RUN), 'utf8')));
	} catch {
		return null;
	}
}

function removeQuietly(path: string): void {
	try {
		diskFiles.remove(path);
	} catch {
		// The next writer clears it away.
	}
}
