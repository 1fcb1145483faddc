import { shownName } from '../newspaper/shown-name.js';
import { type CheckReport, checkIndex } from './check.js';
import type { IndexReport, UpdateOptions } from './types.js';
import { updateIndex } from './update.js';

/** What `wenqu check --repair` did: what was wrong, and how the index stands now. */
export interface RepairReport {
	/** What was found before; empty when there was nothing to do. */
	readonly repaired: readonly string[];
	/** The index as it is now; its problems are those that could not be mended. */
	readonly after: CheckReport;
	/** What was lost and is not back: sound as the index is, it holds less than it did. */
	readonly lost: readonly string[];
}

/**
 * Mends the index where the truth is still there: the graph from the stored vectors, everything else from the issue
 * files. First by the ordinary run, which mends what its checksums show, then, if that was not enough, by a rebuild.
 */
export async function repairIndex(options: UpdateOptions): Promise<RepairReport> {
	const before = await checkIndex(options);
	if (before.problems.length === 0) return { repaired: [], after: before, lost: [] };
	const report = await updateIndex(options);
	let after = await checkIndex(options);
	if (after.problems.length > 0) {
		await updateIndex({ ...options, rebuild: true });
		after = await checkIndex(options);
	}
	const left = new Set(after.problems);
	return {
		repaired: before.problems.filter((problem) => !left.has(problem)),
		after,
		lost: [...lostVectors(before, after), ...lostIssues(before, after, report)],
	};
}

/** Vectors can be computed only where the model is. */
function lostVectors(before: CheckReport, after: CheckReport): string[] {
	const lost = before.vectors - after.vectors;
	return lost > 0 && after.vectors < after.passages ? [`少了 ${lost} 个向量，有了模型再运行 wenqu index 就能补上`] : [];
}

/** Issues that the index held and whose files are still there, but can be read no more. */
function lostIssues(before: CheckReport, after: CheckReport, { issues, skipped }: IndexReport): string[] {
	const removed = new Set(issues.removed);
	// Where the old rows could not be read either, nobody knows which files were in it.
	const isUnknown = removed.size === 0 && before.issues > after.issues;
	const lost = skipped.filter(({ file }) => removed.has(file) || (isUnknown && /\.(?:txt|md)$/iu.test(file)));
	return lost.map(({ file, message }) => `${shownName(file)} 不在索引里了：${message}`);
}
