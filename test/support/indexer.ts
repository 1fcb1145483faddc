import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { IndexFolder } from './index-folder.js';

const INDEXER = fileURLToPath(new URL('../crash/indexer.mjs', import.meta.url));

/** How an indexer process ended. */
export interface Ended {
	readonly code: number | null;
	readonly signal: NodeJS.Signals | null;
	readonly out: string;
	readonly err: string;
	readonly ms: number;
}

/** Starts the built indexer on a folder in a process of its own; `ended` tells how it went. */
export function startIndexer(
	folder: Pick<IndexFolder, 'seedsDir' | 'indexDir'>,
	flags: readonly string[] = [],
	user?: number,
): { readonly child: ChildProcess; readonly ended: Promise<Ended> } {
	const started = performance.now();
	const child = spawn(process.execPath, [INDEXER, folder.seedsDir, folder.indexDir, ...flags], {
		...(user === undefined ? {} : { uid: user, gid: user }),
	});
	let out = '';
	let err = '';
	child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
		out += chunk;
	});
	child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
		err += chunk;
	});
	const ended = new Promise<Ended>((resolve, reject) => {
		child.on('error', reject);
		child.on('close', (code, signal) => resolve({ code, signal, out, err, ms: performance.now() - started }));
	});
	return { child, ended };
}
