import { watch } from 'chokidar';

/** A file that is still being copied is left until it has kept its size for so long. */
const STABLE_MS = 500;
/** Changes that come within this time of each other are one run. */
const CALM_MS = 300;
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
	const watcher = watch(seedsDir, {
		ignoreInitial: true,
		followSymlinks: false,
		awaitWriteFinish: { stabilityThreshold: STABLE_MS, pollInterval: 100 },
	});
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
	await new Promise<void>((resolve, reject) => {
		watcher.on('all', (event, path) => {
			if (!ISSUE.test(path) && event !== 'unlinkDir' && event !== 'addDir') return;
			clearTimeout(timer);
			timer = setTimeout(() => void run().catch(reject), CALM_MS);
		});
		watcher.on('error', reject);
		signal.addEventListener('abort', () => resolve(), { once: true });
		if (signal.aborted) resolve();
	}).finally(async () => {
		clearTimeout(timer);
		await watcher.close();
	});
}
