import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, describe, expect, it } from 'vitest';
import { checkIndex } from '../../src/indexing/check.js';
import { repairIndex } from '../../src/indexing/repair.js';
import { diskFiles, markFile } from '../../src/store/files.js';
import { readManifest, writeManifest } from '../../src/store/manifest.js';
import { IndexFolder, issueFile, issues, issueText } from '../support/index-folder.js';

const folders: IndexFolder[] = [];
async function indexed(): Promise<IndexFolder> {
	const made = new IndexFolder(issues(1, 3));
	folders.push(made);
	await made.update();
	return made;
}
afterEach(() => {
	for (const made of folders.splice(0)) made.destroy();
});

/** Changes a database behind the checksums' back, as a fault of wenqu itself might: the files' marks are made to agree. */
async function tamper(made: IndexFolder, file: 'vectorStore' | 'database', sql: string): Promise<string> {
	const manifest = readManifest(made.indexDir);
	if (!manifest?.vectorStore) throw new Error('no index');
	const name = manifest[file]?.name ?? '';
	const database = new Database(join(made.indexDir, name));
	database.exec(sql);
	database.close();
	writeManifest(made.indexDir, { ...manifest, [file]: markFile(made.indexDir, name) }, diskFiles);
	return (await checkIndex(made)).problems.join('\n');
}

describe('check', () => {
	it('finds nothing wrong with a sound index, and counts it', async () => {
		const made = await indexed();
		expect(await checkIndex(made)).toEqual({ problems: [], issues: 3, articles: 6, passages: 6, vectors: 6 });
	});

	it('says so where there is no index', async () => {
		const made = new IndexFolder();
		folders.push(made);
		expect((await checkIndex(made)).problems).toEqual([expect.stringContaining('还没有索引')]);
	});

	it('names a file that changed or went after it was indexed', async () => {
		const made = await indexed();
		made.write(issueFile(1), issueText(30));
		made.remove(issueFile(2));
		const problems = (await checkIndex(made)).problems.join('\n');
		expect(problems).toContain(`${issueFile(1)}：文件在建索引之后有变动`);
		expect(problems).toContain(issueFile(2));
	});

	it.each([
		["UPDATE articles SET source = replace(source, '万元', '亿元') WHERE id = 1", '记录已损坏'],
		["UPDATE articles SET facts = '{}' WHERE id = 2", '记录已损坏'],
		['PRAGMA foreign_keys = OFF; DELETE FROM articles WHERE id = 2', '不在任何文章或空白里'],
		["UPDATE issues SET gaps = '[]' WHERE id = 1", '期的记录已损坏'],
		["UPDATE passages SET text = text || '。' WHERE id = 3", '有一段与原文不符'],
		['DELETE FROM passages WHERE id = 3', '没有段落'],
		['DELETE FROM people WHERE name = (SELECT min(name) FROM people)', '人名表与文章不符'],
		["DELETE FROM postings WHERE term = 'g会议'", '词数与倒排表不符'],
		['DELETE FROM article_grams WHERE rowid = 1', '字对表与文章数目不符'],
		['UPDATE passages SET vector = (SELECT max(vector) FROM passages) WHERE id = 1', '向量'],
	])('proves rows, not only files: %s', async (sql, expected) => {
		expect(await tamper(await indexed(), 'database', sql)).toContain(expected);
	});

	it.each([
		['DELETE FROM vectors WHERE label = 2', '向量缺失'],
		['UPDATE vectors SET vector = zeroblob(256) WHERE label = 2', '个向量已损坏'],
	])('proves vectors: %s', async (sql, expected) => {
		expect(await tamper(await indexed(), 'vectorStore', sql)).toContain(expected);
	});

	it('--repair mends what no checksum of a file shows', async () => {
		const made = await indexed();
		await tamper(made, 'database', "DELETE FROM postings WHERE term = 'g会议'");
		const { repaired, after } = await repairIndex({ ...made, embedder: async () => made.embedder });
		expect(repaired).toEqual([expect.stringContaining('词数与倒排表不符')]);
		expect(after.problems).toEqual([]);
	});

	it('knows an index of another making, which the next run builds anew', async () => {
		const made = await indexed();
		const manifest = readManifest(made.indexDir);
		if (!manifest) throw new Error('no index');
		writeManifest(made.indexDir, { ...manifest, recipe: 'format-0' }, diskFiles);
		expect((await checkIndex(made)).problems.join()).toContain('format-0');
		expect((await made.update()).issues.added).toHaveLength(3);
		expect((await checkIndex(made)).problems).toEqual([]);
	});

	it('knows a manifest of another version of wenqu', async () => {
		const made = await indexed();
		const path = join(made.indexDir, 'manifest.json');
		const body = JSON.stringify({
			...JSON.parse(readFileSync(path, 'utf8').split('\nsha256 ')[0] ?? ''),
			counts: 'many',
		});
		writeFileSync(path, `${body}\nsha256 ${createHash('sha256').update(body).digest('hex')}\n`);
		expect((await checkIndex(made)).problems.join()).toContain('另一个版本');
		expect((await made.update()).embedded).toBe(0);
		expect((await checkIndex(made)).problems).toEqual([]);
	});
});
