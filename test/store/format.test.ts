import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { checkIndex } from '../../src/indexing/check.js';
import { updateIndex } from '../../src/indexing/update.js';
import { openRetriever } from '../../src/retrieval/open.js';
import { readManifest } from '../../src/store/manifest.js';
import { openSnapshot } from '../../src/store/snapshot.js';
import { PairEmbedder } from '../support/index-folder.js';

/** An index of the first released format with its one issue file: file names, and contents in base64. */
const STORED = join(import.meta.dirname, '../fixtures/index-format-1.json.gz');

const root = mkdtempSync(join(tmpdir(), 'wenqu-format-'));
const [seedsDir, indexDir] = [join(root, 'seeds'), join(root, 'index')];
afterAll(() => rmSync(root, { recursive: true, force: true }));
const stored = JSON.parse(gunzipSync(readFileSync(STORED)).toString('utf8')) as Record<string, string>;
for (const [name, content] of Object.entries(stored)) {
	mkdirSync(dirname(join(root, name)), { recursive: true });
	writeFileSync(join(root, name), Buffer.from(content, 'base64'));
}

describe('an index of the first released format', () => {
	it('opens, is searched by words and vectors, and gives back what was stored', async () => {
		expect(readManifest(indexDir)?.format).toBe(1);
		const warnings: string[] = [];
		const snapshot = openSnapshot(indexDir, { onWarning: (line) => warnings.push(line) });
		const retriever = openRetriever(snapshot, async () => new PairEmbedder());
		const [hit] = await retriever.search('防汛工作会议投入多少资金', 3);
		expect(hit?.passage.headline).toBe('云州区召开防汛工作会议');
		expect(hit?.scores.vector).toBeGreaterThan(0);
		expect(snapshot.articlesNaming('周正平')).toEqual([0]);
		const { file, source, start, end } = snapshot.article(1);
		expect(readFileSync(join(seedsDir, file), 'utf8').slice(start, end)).toBe(source);
		snapshot.close();
		expect(warnings).toEqual([]);
	});

	it('is brought up to date: its vectors are used again, whatever else is made anew', async () => {
		const report = await updateIndex({ seedsDir, indexDir, embedder: async () => new PairEmbedder() });
		expect(report).toMatchObject({ articles: 2, embedded: 0, model: 'pairs-64', skipped: [] });
		expect((await checkIndex({ seedsDir, indexDir })).problems).toEqual([]);
	});
});
