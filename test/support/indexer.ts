import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type ChildEnd, ended } from './child.js';
import type { IndexFolder } from './index-folder.js';

const INDEXER = fileURLToPath(new URL('../crash/indexer.mjs', import.meta.url));

/** How an indexer process ended, and after how long. */
export interface Ended extends ChildEnd {
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
	return { child, ended: ended(child).then((end) => ({ ...end, ms: performance.now() - started })) };
}
