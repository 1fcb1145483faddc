import { type FSWatcher, watch } from 'chokidar';
import { lookAt } from './sources.js';

/** A file that is still being copied is left until it has kept its size for so long. */
const STABLE_MS = 500;
/** Changes that come within this time of each other are one run. */
const CALM_MS = 300;
/** How often it is looked whether the folder is still the same one: its watcher does not survive its removal. */
const SAME_FOLDER_MS = 500;
const ISSUE = /\.(?:txt|md)$/iu;

/**
 * Follows the seeds folder and calls `onChange` after every storm of changes, one call at a time. Ends when `signal`
 * aborts. A folder that is removed and comes back is followed on.
 */
export async function watchSeeds(
	seedsDir: string,
	onChange: () => Promise<void>,
	signal: AbortSignal = new AbortController().signal,
): Promise<void> {
	let timer: NodeJS.Timeout | undefined;
	let running = false;
	let again = false;
	const run = async (): Promise<void> => {
		if (running) {
			again = true;
			return;
		}
		running = true;
		do {
			again = false;
			await onChange();
		} while (again);
		running = false;
	};
	let stop: () => Promise<void> = async () => {};
	await new Promise<void>((resolve, reject) => {
		const changed = (): void => {
			clearTimeout(timer);
			timer = setTimeout(() => void run().catch(reject), CALM_MS);
		};
		const follow = (): FSWatcher =>
			watch(seedsDir, {
				ignoreInitial: true,
				followSymlinks: false,
				awaitWriteFinish: { stabilityThreshold: STABLE_MS, pollInterval: 100 },
			})
				.on('all', (event, path) => {
					if (ISSUE.test(path) || event === 'unlinkDir' || event === 'addDir') changed();
				})
				.on('error', reject);
		let watcher = follow();
		let folder = lookAt(seedsDir)?.inode;
		const sameFolder = setInterval(() => {
			const now = lookAt(seedsDir)?.inode;
			if (now === folder) return;
			folder = now;
			void watcher.close();
			watcher = follow();
			changed();
		}, SAME_FOLDER_MS);
		stop = async () => {
			clearTimeout(timer);
			clearInterval(sameFolder);
			await watcher.close();
		};
		signal.addEventListener('abort', () => resolve(), { once: true });
		if (signal.aborted) resolve();
	}).finally(() => stop());
}
