import { describe, expect, it } from 'vitest';
import { checkIndex } from '../../src/indexing/check.js';
import { STEPS } from '../../src/indexing/types.js';
import { openRetriever } from '../../src/retrieval/open.js';
import { type Manifest, databasesOf as marksOf, readManifest } from '../../src/store/manifest.js';
import { hasSnapshot } from '../../src/store/snapshot.js';
import { contentsOf, type IndexFolder, indexFolders, issueFile, issues, issueText } from '../support/index-folder.js';
import { startIndexer } from '../support/indexer.js';

/** The nightly run asks for 500. */
const ROUNDS = Number(process.env['WENQU_CRASH_ROUNDS'] ?? 40);
const QUESTIONS = ['谁主持了防汛工作会议？', '东海银行投入资金多少万元？', '河道治理', '新城小学的校园足球'];

const folder = indexFolders();

/** What the published generation holds and answers; null while there is none. */
async function seen(made: IndexFolder): Promise<string | null> {
	if (!hasSnapshot(made.indexDir)) return null;
	const snapshot = made.open();
	try {
		const retriever = openRetriever(snapshot, async () => made.embedder);
		const answers = await Promise.all(QUESTIONS.map((question) => retriever.searchArticles(question, 5)));
		return JSON.stringify([contentsOf(snapshot), answers]);
	} finally {
		snapshot.close();
	}
}

/** Where new issues go into a second database the first one is left alone. */
function change(made: IndexFolder, n: number, isSplit: boolean): void {
	if (!isSplit) made.write(issueFile(1), issueText(100 + n));
	made.write(issueFile(50 + (n % 2)), issueText(200 + n));
}

function databasesOf(manifest: Manifest | null): number {
	return manifest ? marksOf(manifest).length : 0;
}

async function expectSound(made: IndexFolder, databases = 1): Promise<void> {
	expect((await checkIndex(made)).problems).toEqual([]);
	expect(made.files().filter((name) => /\.tmp|-journal/u.test(name))).toEqual([]);
	expect(made.files().filter((name) => name.endsWith('.sqlite') && name !== 'vectors.sqlite')).toHaveLength(databases);
}

const KEEPINGS = [
	{ kept: 'in one database', isSplit: false, flags: [] },
	{ kept: 'in two databases', isSplit: true, flags: ['--split'] },
] as const;

describe.each(KEEPINGS)('killed at a named step, $kept', ({ isSplit, flags }) => {
	it.each(STEPS)('%s: the old index or the new one, and the next run mends', async (step) => {
		const made = folder(issues(1, 2), isSplit);
		await made.update();
		const before = await seen(made);
		change(made, 1, isSplit);
		const { signal } = await startIndexer(made, ['--die', step, ...flags]).ended;
		expect(signal).toBe('SIGKILL');
		const after = await seen(made);
		if (step !== 'published') expect(after).toBe(before);
		else expect(after).not.toBe(before);
		await made.update();
		// Before vectors are stored nothing is in doubt; after, all is gone through once and goes into one.
		const isPlain = step === 'published' || STEPS.indexOf(step) < STEPS.indexOf('embedded');
		await expectSound(made, isSplit && isPlain ? 2 : 1);
		const fresh = folder({});
		for (const file of Object.keys(issues(1, 2)))
			fresh.write(file, file === issueFile(1) && !isSplit ? issueText(101) : issueText(file === issueFile(1) ? 1 : 2));
		fresh.write(issueFile(51), issueText(201));
		await fresh.update();
		expect(await seen(made)).toBe(await seen(fresh));
	});
});

describe('killed', () => {
	it('in the very first run: none, or a whole one', async () => {
		for (const step of ['worked', 'renamed'] as const) {
			const made = folder(issues(1, 2));
			expect((await startIndexer(made, ['--die', step]).ended).signal).toBe('SIGKILL');
			expect(hasSnapshot(made.indexDir)).toBe(false);
			expect(await made.update()).toMatchObject({ articles: 4 });
			await expectSound(made);
		}
	});
});

describe.each(KEEPINGS)('killed at any moment, $kept', ({ isSplit, flags }) => {
	it(`${ROUNDS / 2} times: always one complete index, no vector lost`, async () => {
		const rounds = ROUNDS / 2;
		const made = folder(issues(1, 6), isSplit);
		await made.update();
		const { ms } = await startIndexer(made, flags).ended;
		const span = ms + 120;
		let killed = 0;
		for (let round = 0; round < rounds; round++) {
			const before = await seen(made);
			change(made, round, isSplit);
			const { child, ended } = startIndexer(made, ['--slow', '3', ...flags]);
			// Spread over the whole run in uneven steps, so that no moment is always missed.
			const timer = setTimeout(() => child.kill('SIGKILL'), span * 0.4 + ((round * 0.618) % 1) * span * 0.6);
			const { signal, code, err } = await ended;
			clearTimeout(timer);
			if (signal === 'SIGKILL') killed++;
			else expect({ code, err }).toEqual({ code: 0, err: '' });
			const after = await seen(made);
			if (after !== before) await expectSound(made, databasesOf(readManifest(made.indexDir)));
		}
		expect(killed).toBeGreaterThan(rounds / 3);
		await made.update();
		await expectSound(made, databasesOf(readManifest(made.indexDir)));
		const built = folder({});
		for (const { file } of made.open().headlines()) {
			const n = rounds - 1;
			const own = Object.keys(issues(2, 6)).indexOf(file);
			if (own >= 0) built.write(file, issueText(own + 2));
			else if (file === issueFile(1)) built.write(file, issueText(isSplit ? 1 : 100 + n));
			else built.write(file, issueText(200 + (file === issueFile(50 + (n % 2)) ? n : n - 1)));
		}
		await built.update();
		expect(await seen(made)).toBe(await seen(built));
	}, 600_000);
});

describe('killed while vectors are computed', () => {
	it('keeps the vectors that were computed, but for the last few and those under way', async () => {
		const made = folder(issues(1, 40));
		expect((await startIndexer(made, ['--die-after', '74']).ended).signal).toBe('SIGKILL');
		const report = await made.update();
		expect(report.reused).toBe(64);
		expect(report.embedded + report.reused).toBe(report.chunks);
		await expectSound(made);
	});
});
