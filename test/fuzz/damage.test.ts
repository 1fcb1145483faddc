import { cpSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { IndexError } from '../../src/errors.js';
import { checkIndex } from '../../src/indexing/check.js';
import { repairIndex } from '../../src/indexing/repair.js';
import { openRetriever } from '../../src/retrieval/open.js';
import { openSnapshot } from '../../src/store/snapshot.js';
import { IndexFolder, issues, issueText, PairEmbedder } from '../support/index-folder.js';

/** The nightly run asks for 1,000 flips, and 200 cuts of each file. */
const FLIPS = Number(process.env['WENQU_FLIPS'] ?? 60);
const CUTS = Number(process.env['WENQU_CUTS'] ?? 8);
const QUESTIONS = ['谁主持了防汛工作会议？', '东海银行投入资金多少万元？', '河道治理', '第3次校园足球会议'];

const made = new IndexFolder(issues(1, 4));
const whole = join(made.root, 'whole');
let truth: string;
let names: readonly string[];

beforeAll(async () => {
	await made.update();
	cpSync(made.indexDir, whole, { recursive: true });
	truth = await answers(made.indexDir);
	names = made.files().filter((name) => !['writer.lock', 'sources.json', 'last-run.json'].includes(name));
	expect(names).toEqual(['manifest.json', 'vectors.sqlite', 'wenqu-000001.hnsw', 'wenqu-000001.sqlite']);
});
afterAll(() => made.destroy());

function restore(): void {
	rmSync(made.indexDir, { recursive: true, force: true });
	cpSync(whole, made.indexDir, { recursive: true });
}

/** What a reader sees, without the generation's number; the vector leg may be missing, which scores tell. */
async function answers(dir: string): Promise<string> {
	const snapshot = openSnapshot(dir);
	try {
		const retriever = openRetriever(snapshot, async () => new PairEmbedder());
		const found = await Promise.all(QUESTIONS.map((question) => retriever.searchArticles(question, 5)));
		// The two ways to the vectors round differently.
		return JSON.stringify(found, (_, value) => (typeof value === 'number' ? Number(value.toFixed(2)) : value));
	} finally {
		snapshot.close();
	}
}

/** A damaged index: readers answer truly or not at all, check names the file, and the next run mends it and says so. */
async function expectDetectedAndMended(name: string, how: string): Promise<void> {
	try {
		const seen = await answers(made.indexDir);
		// Both ways to the vectors are there: when one is damaged the other gives the same.
		expect(seen, `${name} ${how}`).toBe(truth);
	} catch (error) {
		expect(error, `${name} ${how}`).toBeInstanceOf(IndexError);
		expect((error as IndexError).message).not.toContain('\n');
	}
	const { problems } = await checkIndex(made);
	expect(problems.join('\n'), `${name} ${how}`).toContain(name);
	made.warnings.length = 0;
	await made.update();
	expect(made.warnings.join('\n'), `${name} ${how}`).toContain(name);
	expect((await checkIndex(made)).problems, `${name} ${how}`).toEqual([]);
	expect(await answers(made.indexDir)).toBe(truth);
}

function flip(name: string, bit: number): void {
	const path = join(made.indexDir, name);
	const bytes = readFileSync(path);
	const at = Math.floor(bit / 8) % bytes.length;
	bytes[at] = (bytes[at] ?? 0) ^ (1 << (bit % 8));
	writeFileSync(path, bytes);
}

describe('damage is detected, named and mended', () => {
	it(`${FLIPS} flipped bits`, async () => {
		let state = 20_251_125;
		for (let round = 0; round < FLIPS; round++) {
			state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
			const name = names[round % names.length] ?? '';
			restore();
			flip(name, state);
			await expectDetectedAndMended(name, `bit ${state}`);
		}
	}, 600_000);

	it('every byte of the headers', async () => {
		// That the reader and check see it is enough here: mending is the same for all.
		for (const name of names) {
			for (let at = 0; at < 100; at++) {
				restore();
				flip(name, at * 8 + (at % 8));
				expect((await checkIndex(made)).problems.join('\n'), `${name} byte ${at}`).toContain(name);
				const seen = await answers(made.indexDir).catch((error: unknown) => error);
				if (seen instanceof Error) expect(seen).toBeInstanceOf(IndexError);
				else expect(seen).toBe(truth);
			}
		}
	}, 120_000);

	it(`${CUTS} cuts of each file, and each file emptied, zeroed and removed`, async () => {
		for (const name of names) {
			const { length } = readFileSync(join(whole, name));
			for (let part = 0; part < CUTS; part++) {
				restore();
				truncateSync(join(made.indexDir, name), Math.floor((length * part) / CUTS));
				await expectDetectedAndMended(name, `cut at ${part}/${CUTS}`);
			}
			restore();
			writeFileSync(join(made.indexDir, name), Buffer.alloc(length));
			await expectDetectedAndMended(name, 'zeroed');
			restore();
			rmSync(join(made.indexDir, name));
			if (name !== 'manifest.json') await expectDetectedAndMended(name, 'removed');
			else {
				// Without a manifest there is no index: it is built again, from the vectors that are still there.
				expect(await made.update()).toMatchObject({ embedded: 0 });
				expect(await answers(made.indexDir)).toBe(truth);
			}
		}
	}, 300_000);
});

describe('vectors that are lost', () => {
	it('are computed anew under new labels, so that the old graph never stands for them', async () => {
		const own = new IndexFolder(issues(1, 6));
		try {
			await own.update();
			// Other issues come in front: computed anew in order, each label would mean another text.
			own.write('2024-01-01.txt', issueText(40));
			own.write('2024-01-02.txt', issueText(41));
			await own.update();
			rmSync(join(own.indexDir, 'vectors.sqlite'));
			await own.update();
			expect((await checkIndex(own)).problems).toEqual([]);
			const [exact, graph] = await bothWays(own);
			expect(graph).toBe(exact);
		} finally {
			own.destroy();
		}
	});

	it('are saved as far as their pages are sound', async () => {
		const own = new IndexFolder(issues(1, 60));
		try {
			const { chunks } = await own.update();
			const path = join(own.indexDir, 'vectors.sqlite');
			const bytes = readFileSync(path);
			const middle = Math.floor(bytes.length / 2 / 4096);
			bytes.fill(0xff, middle * 4096, (middle + 2) * 4096);
			writeFileSync(path, bytes);
			const report = await own.update();
			expect(report.embedded).toBeGreaterThan(0);
			expect(report.embedded).toBeLessThan(chunks / 2);
			expect(own.warnings.join('\n')).toContain('vectors.sqlite');
			const [exact, graph] = await bothWays(own);
			expect(graph).toBe(exact);
		} finally {
			own.destroy();
		}
	});
});

/** The same searches by the exact scan and, with the vectors out of the way, by the graph. */
async function bothWays(own: IndexFolder): Promise<readonly [string, string]> {
	const exact = await nearest(own);
	rmSync(join(own.indexDir, 'vectors.sqlite'));
	return [exact, await nearest(own)];
}

async function nearest(own: IndexFolder): Promise<string> {
	const snapshot = openSnapshot(own.indexDir);
	try {
		const index = snapshot.vectors(own.embedder.dimension);
		const found = await Promise.all(
			QUESTIONS.map(async (question) => index?.search(await own.embedder.embedQuestion(question), 10)),
		);
		return JSON.stringify(found.map((hits) => hits?.map(({ label, score }) => [label, score.toFixed(2)])));
	} finally {
		snapshot.close();
	}
}

describe('an index without a graph', () => {
	it('answers by words when its vectors are damaged, says so, and has them back after the next run', async () => {
		const own = new IndexFolder(issues(1, 4));
		try {
			await own.update({ graphFrom: 1_000 });
			expect(own.files().some((name) => name.endsWith('.hnsw'))).toBe(false);
			const before = await nearest(own);
			const path = join(own.indexDir, 'vectors.sqlite');
			const bytes = readFileSync(path);
			bytes.fill(0xff, 4096, 8192);
			writeFileSync(path, bytes);
			const snapshot = own.open();
			expect(snapshot.vectors(own.embedder.dimension)).toBeNull();
			expect(own.warnings.join('\n')).toContain('只用关键词');
			snapshot.close();
			await own.update({ graphFrom: 1_000 });
			expect((await checkIndex(own)).problems).toEqual([]);
			expect((await nearest(own)).replace(/\[\d+/g, '')).toBe(before.replace(/\[\d+/g, ''));
		} finally {
			own.destroy();
		}
	});
});

describe('a file that is only a cache', () => {
	it.each(['sources.json', 'last-run.json', 'writer.lock'])('%s may be damaged or gone', async (name) => {
		for (const damage of ['', 'garbage', '{"files":{"x":1}}\nabc']) {
			restore();
			writeFileSync(join(made.indexDir, name), damage);
			expect((await made.update()).issues.unchanged).toBe(4);
			expect(await answers(made.indexDir)).toBe(truth);
		}
		restore();
		rmSync(join(made.indexDir, name), { force: true });
		expect((await made.update()).issues.unchanged).toBe(4);
	});
});

describe('check --repair', () => {
	it('says what was wrong and mends it', async () => {
		restore();
		flip('wenqu-000001.hnsw', 12_345);
		rmSync(join(made.indexDir, 'vectors.sqlite'));
		const { repaired, after } = await repairIndex({
			seedsDir: made.seedsDir,
			indexDir: made.indexDir,
			embedder: async () => made.embedder,
			graphFrom: 1,
		});
		expect(repaired.join('\n')).toContain('wenqu-000001.hnsw');
		expect(repaired.join('\n')).toContain('vectors.sqlite');
		expect(after.problems).toEqual([]);
		expect(await answers(made.indexDir)).toBe(truth);
	});

	it('has nothing to do where nothing is wrong', async () => {
		restore();
		const { repaired } = await repairIndex({
			seedsDir: made.seedsDir,
			indexDir: made.indexDir,
			embedder: async () => made.embedder,
			graphFrom: 1,
		});
		expect(repaired).toEqual([]);
	});
});
