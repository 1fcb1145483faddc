import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type App, openApp } from '../src/app.js';
import { readSettings } from '../src/config.js';
import { backupIndex } from '../src/indexing/backup.js';
import { restoreIndex } from '../src/indexing/restore.js';
import { IndexFolder, issueFile, issues, issueText } from './support/index-folder.js';

const made = new IndexFolder(issues(1, 3));
afterAll(() => made.destroy());

const warnings: string[] = [];
function open(): Promise<App> {
	const env = { WENQU_OFFLINE: '1', WENQU_MODEL_DIR: join(made.root, 'models') };
	const settings = readSettings({ seeds: made.seedsDir, index: made.indexDir }, env, made.root);
	return openApp(settings, { progress: () => {}, warn: (line) => warnings.push(line) });
}

describe('an app that stays open', () => {
	it('goes on to what another process publishes, a restored backup too, and outlives the index', async () => {
		const app = await open();
		const file = join(made.root, 'backup');
		const files = (): string[] => [...new Set(app.snapshot.issues().map((row) => row.file))].sort();
		const [first, more] = [Object.keys(issues(1, 3)).sort(), Object.keys(issues(1, 4)).sort()];
		await backupIndex({ indexDir: made.indexDir, file });
		made.write(issueFile(4), issueText(4));
		await made.update({ embedder: async () => null });
		expect(files()).toEqual(first);
		await app.ask('河道治理');
		expect(files()).toEqual(more);
		await restoreIndex({ seedsDir: made.seedsDir, indexDir: made.indexDir, file });
		await app.ask('河道治理');
		expect(files()).toEqual(first);
		warnings.length = 0;
		rmSync(made.indexDir, { recursive: true });
		await app.ask('河道治理');
		await app.ask('河道治理');
		expect(files()).toEqual(first);
		expect(warnings.filter((line) => line.includes('先用上一次建好的索引'))).toHaveLength(1);
		app.close();
	});
});
