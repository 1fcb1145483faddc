import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { backupIndex } from '../../src/indexing/backup.js';
import { checkIndex } from '../../src/indexing/check.js';
import { restoreIndex } from '../../src/indexing/restore.js';
import { STEPS } from '../../src/indexing/types.js';
import { failing } from '../support/failing-files.js';
import { contentsOf, IndexFolder, issueFile, issues, issueText } from '../support/index-folder.js';
import { startIndexer } from '../support/indexer.js';

const folders: IndexFolder[] = [];
afterEach(() => {
	for (const made of folders.splice(0)) made.destroy();
});

function seen(made: IndexFolder): string {
	const snapshot = made.open();
	try {
		return JSON.stringify(contentsOf(snapshot));
	} finally {
		snapshot.close();
	}
}

/** An index, a backup of how it was before, and both as readers see them. */
async function withBackup(): Promise<{ made: IndexFolder; file: string; older: string; newer: string }> {
	const made = new IndexFolder(issues(1, 3));
	folders.push(made);
	await made.update();
	const older = seen(made);
	const file = join(made.root, 'backup');
	await backupIndex({ indexDir: made.indexDir, file });
	made.write(issueFile(1), issueText(41));
	await made.update();
	return { made, file, older, newer: seen(made) };
}

describe('restoring a backup', () => {
	it.each(STEPS)('killed at %s: the index as it was or as it is restored, and the next run mends', async (step) => {
		const { made, file, older, newer } = await withBackup();
		const { signal } = await startIndexer(made, ['--restore', file, '--die', step]).ended;
		expect(signal).toBe('SIGKILL');
		expect(seen(made)).toBe(step === 'published' ? older : newer);
		await made.update();
		expect(seen(made)).toBe(newer);
		expect((await checkIndex(made)).problems).toEqual([]);
		expect(made.files().filter((name) => name.includes('.tmp'))).toEqual([]);
	});

	it('fails whole when any of its writes fails', async () => {
		const { made, file, older, newer } = await withBackup();
		let reached = 0;
		for (let at = 1; ; at++) {
			const files = failing(at, 'EIO');
			const failure: unknown = await restoreIndex({ ...made, file, files }).then(
				() => null,
				(error: unknown) => error,
			);
			const after = seen(made);
			if (failure === null) expect(after).toBe(older);
			else expect([older, newer]).toContain(after);
			await made.update();
			expect(seen(made)).toBe(newer);
			expect((await checkIndex(made)).problems).toEqual([]);
			expect(made.files().filter((name) => name.includes('.tmp'))).toEqual([]);
			if (files.count() < at) break;
			expect(failure).not.toBeNull();
			reached = at;
		}
		expect(reached).toBeGreaterThanOrEqual(9);
	}, 60_000);
});
