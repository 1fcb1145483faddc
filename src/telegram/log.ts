import type { Redact } from './redact.js';

/** What a line of the log may hold besides its event: flat values only. */
export type Details = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** One JSON object a line, nothing of the token in it. */
export interface Log {
	info(event: string, details?: Details): void;
	warn(event: string, details?: Details): void;
	error(event: string, details?: Details): void;
}

/** A log that writes redacted JSON lines. */
export function logOn(write: (line: string) => void, redact: Redact): Log {
	const at =
		(level: string) =>
		(event: string, details: Details = {}): void =>
			write(redact(JSON.stringify({ time: new Date().toISOString(), level, event, ...details })));
	return { info: at('info'), warn: at('warn'), error: at('error') };
}

/** An error as a log may say it: its name and message, never its stack or the request that it holds. */
export function reasonOf(error: unknown): string {
	return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}
