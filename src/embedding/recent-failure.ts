import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** So long after all sources failed none is asked again: each question would wait for all of them. */
const REST_MS = 10 * 60_000;
const NOTE = '.unreachable.json';

const schema = z.object({ at: z.number(), endpoint: z.string().nullable(), message: z.string() });

/** Why no source could be reached, as far as that is only minutes ago and the same sources would be asked; else null. */
export function recentFailure(modelDir: string, endpoint: string | null, now = Date.now()): string | null {
	try {
		const note = schema.parse(JSON.parse(readFileSync(join(modelDir, NOTE), 'utf8')));
		const age = now - note.at;
		return note.endpoint === endpoint && age >= 0 && age < REST_MS ? note.message : null;
	} catch {
		// None is noted, or the note is damaged: then it is worth a try.
		return null;
	}
}

/** Notes that no source could be reached; where that cannot be written, they are asked again next time. */
export function noteFailure(modelDir: string, endpoint: string | null, message: string): void {
	try {
		mkdirSync(modelDir, { recursive: true });
		writeFileSync(join(modelDir, NOTE), JSON.stringify({ at: Date.now(), endpoint, message }));
	} catch {
		// Only time is lost.
	}
}

/** Forgets the failure: the model came after all. */
export function forgetFailure(modelDir: string): void {
	try {
		rmSync(join(modelDir, NOTE), { force: true });
	} catch {
		// A note that stays says nothing on a model that is there.
	}
}
