import { type CheckReport, checkIndex } from './check.js';
import type { UpdateOptions } from './types.js';
import { updateIndex } from './update.js';

/** What `wenqu check --repair` did: what was wrong, and how the index stands now. */
export interface RepairReport {
	/** What was found before; empty when there was nothing to do. */
	readonly repaired: readonly string[];
	/** The index as it is now; its problems are those that could not be mended. */
	readonly after: CheckReport;
}

/**
 * Mends the index where the truth is still there: the graph from the stored vectors, everything else from the issue
 * files. First by the ordinary run, which mends what its checksums show, then, if that was not enough, by a rebuild.
 */
export async function repairIndex(options: UpdateOptions): Promise<RepairReport> {
	const before = await checkIndex(options);
	if (before.problems.length === 0) return { repaired: [], after: before };
	await updateIndex(options);
	let after = await checkIndex(options);
	if (after.problems.length > 0) {
		await updateIndex({ ...options, rebuild: true });
		after = await checkIndex(options);
	}
	const left = new Set(after.problems);
	return { repaired: before.problems.filter((problem) => !left.has(problem)), after };
}
