import type { ChildProcessWithoutNullStreams } from 'node:child_process';

/** How a child process ended, and what it printed. */
export interface ChildEnd {
	readonly code: number | null;
	readonly signal: NodeJS.Signals | null;
	readonly out: string;
	readonly err: string;
}

/** Waits for a child process to end and gives what it printed, as UTF-8. */
export function ended(child: ChildProcessWithoutNullStreams): Promise<ChildEnd> {
	let out = '';
	let err = '';
	child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
		out += chunk;
	});
	child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
		err += chunk;
	});
	return new Promise((resolve, reject) => {
		child.on('error', reject);
		child.on('close', (code, signal) => resolve({ code, signal, out, err }));
	});
}
