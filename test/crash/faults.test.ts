import { describe, expect, it } from 'vitest';
import { checkIndex } from '../../src/indexing/check.js';
import { failing } from '../support/failing-files.js';
import { indexFolders, issueFile, issues, issueText } from '../support/index-folder.js';

const folder = indexFolders();

describe.each(['ENOSPC', 'EIO', 'EACCES', 'EMFILE'])('when an operation fails with %s', (code) => {
	it.each([
		{ kept: 'one database', isSplit: false, operations: 10 },
		{ kept: 'two databases', isSplit: true, operations: 7 },
	])(
		'the old index stays or the new one is whole, and no failure looks like success ($kept)',
		async (how) => {
			const { isSplit, operations } = how;
			const made = folder(issues(1, 2), isSplit);
			await made.update();
			let reached = 0;
			for (let at = 1; ; at++) {
				const before = JSON.stringify(made.contents());
				made.write(issueFile(isSplit ? 50 : 1), issueText(100 + at));
				const files = failing(at, code);
				const failure: unknown = await made.update({ files }).then(
					() => null,
					(error: unknown) => error,
				);
				const after = JSON.stringify(made.contents());
				if (failure === null) expect(after).not.toBe(before);
				else expect(String(failure)).toContain(code);
				await made.update();
				expect((await checkIndex(made)).problems).toEqual([]);
				expect(made.files().filter((name) => name.includes('.tmp'))).toEqual([]);
				if (files.count() < at) break;
				reached = at;
			}
			// Copy, two syncs and a rename for the database, as many for the graph if there is one, a write, a rename and a sync for the manifest.
			expect(reached).toBeGreaterThanOrEqual(operations);
		},
		60_000,
	);
});
