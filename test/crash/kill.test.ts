import { afterEach, describe, expect, it } from 'vitest';
import { checkIndex } from '../../src/indexing/check.js';
import { STEPS } from '../../src/indexing/types.js';
import { openRetriever } from '../../src/retrieval/open.js';
import { hasSnapshot } from '../../src/store/snapshot.js';
import { contentsOf, IndexFolder, issueFile, issues, issueText } from '../support/index-folder.js';
import { startIndexer } from '../support/indexer.js';

/** The nightly run asks for 500. */
const ROUNDS = Number(process.env['WENQU_CRASH_ROUNDS'] ?? 40);
const QUESTIONS = ['谁主持了防汛工作会议？', '东海银行投入资金多少万元？', '河道治理', '新城小学的校园足球'];

const folders: IndexFolder[] = [];
function folder(files: Readonly<Record<string, string>>): IndexFolder {
	const made = new IndexFolder(files);
	folders.push(made);
	return made;
}
afterEach(() => {
	for (const made of folders.splice(0)) made.destroy();
});

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

function change(made: IndexFolder, n: number): void {
	made.write(issueFile(1), issueText(100 + n));
	made.write(issueFile(50 + (n % 2)), issueText(200 + n));
}

async function expectSound(made: IndexFolder): Promise<void> {
	expect((await checkIndex(made)).problems).toEqual([]);
	expect(made.files().filter((name) => /\.tmp|-journal/u.test(name))).toEqual([]);
	expect(made.files().filter((name) => name.endsWith('.sqlite') && name !== 'vectors.sqlite')).toHaveLength(1);
}

describe('killed at a named step', () => {
	it.each(STEPS)('%s: the old index or the new one, and the next run mends', async (step) => {
		const made = folder(issues(1, 2));
		await made.update();
		const before = await seen(made);
		change(made, 1);
		const { signal } = await startIndexer(made, ['--die', step]).ended;
		expect(signal).toBe('SIGKILL');
		const after = await seen(made);
		if (step !== 'published') expect(after).toBe(before);
		else expect(after).not.toBe(before);
		await made.update();
		await expectSound(made);
		const fresh = folder({});
		for (const file of Object.keys(issues(1, 2)))
			fresh.write(file, file === issueFile(1) ? issueText(101) : issueText(2));
		fresh.write(issueFile(51), issueText(201));
		await fresh.update();
		expect(await seen(made)).toBe(await seen(fresh));
	});

	it('of the very first run: none, or a whole one', async () => {
		for (const step of ['worked', 'renamed'] as const) {
			const made = folder(issues(1, 2));
			expect((await startIndexer(made, ['--die', step]).ended).signal).toBe('SIGKILL');
			expect(hasSnapshot(made.indexDir)).toBe(false);
			expect(await made.update()).toMatchObject({ articles: 4 });
			await expectSound(made);
		}
	});
});

describe('killed at any moment', () => {
	it(`${ROUNDS} times: always one complete index, no vector lost`, async () => {
		const made = folder(issues(1, 6));
		await made.update();
		const { ms } = await startIndexer(made).ended;
		const span = ms + 120;
		let killed = 0;
		for (let round = 0; round < ROUNDS; round++) {
			const before = await seen(made);
			change(made, round);
			const { child, ended } = startIndexer(made, ['--slow', '3']);
			// Spread over the whole run in uneven steps, so that no moment is always missed.
			const timer = setTimeout(() => child.kill('SIGKILL'), span * 0.4 + ((round * 0.618) % 1) * span * 0.6);
			const { signal, code, err } = await ended;
			clearTimeout(timer);
			if (signal === 'SIGKILL') killed++;
			else expect({ code, err }).toEqual({ code: 0, err: '' });
			const after = await seen(made);
			if (after !== before) await expectSound(made);
		}
		expect(killed).toBeGreaterThan(ROUNDS / 3);
		await made.update();
		await expectSound(made);
		const built = folder({});
		for (const { file } of made.open().headlines()) {
			const n = ROUNDS - 1;
			const own = Object.keys(issues(2, 6)).indexOf(file);
			if (own >= 0) built.write(file, issueText(own + 2));
			else if (file === issueFile(1)) built.write(file, issueText(100 + n));
			else built.write(file, issueText(200 + (file === issueFile(50 + (n % 2)) ? n : n - 1)));
		}
		await built.update();
		expect(await seen(made)).toBe(await seen(built));
	}, 600_000);

	it('keeps the vectors that were computed, but for the last few and those under way', async () => {
		const made = folder(issues(1, 40));
		expect((await startIndexer(made, ['--die-after', '74']).ended).signal).toBe('SIGKILL');
		const report = await made.update();
		expect(report.reused).toBe(64);
		expect(report.embedded + report.reused).toBe(report.chunks);
		await expectSound(made);
	});
});
