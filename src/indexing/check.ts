import { join } from 'node:path';
import Database from 'better-sqlite3';
import { IndexError } from '../errors.js';
import { issuesIn } from '../store/base-database.js';
import { fileFault } from '../store/files.js';
import { loadHnsw } from '../store/hnsw.js';
import { databasesOf, type Manifest, RECIPE, readManifest } from '../store/manifest.js';
import { VECTORS } from '../store/vectors.js';
import { checkArticles } from './check-articles.js';
import { checkPostings } from './check-postings.js';
import { checkVectors, linksOf } from './check-vectors.js';
import { faultsOf, hasLeftovers } from './state.js';
import { baseTally } from './tally.js';

/** What `wenqu check` found. No problems means proven sound. */
export interface CheckReport {
	readonly problems: readonly string[];
	readonly issues: number;
	readonly articles: number;
	readonly passages: number;
	readonly vectors: number;
}

/**
 * Proves the index: files by their checksums, rows by theirs, every source character in an article or a listed gap,
 * every passage and person in its text, every vector with a passage. Reads only.
 */
export async function checkIndex(options: {
	readonly seedsDir: string;
	readonly indexDir: string;
}): Promise<CheckReport> {
	const { indexDir, seedsDir } = options;
	let manifest: Manifest | null;
	try {
		manifest = readManifest(indexDir);
	} catch (error) {
		if (!(error instanceof IndexError)) throw error;
		return emptyReport(error.message);
	}
	if (!manifest) return emptyReport(`${indexDir} 里还没有索引。`);
	const problems = faultsOf(indexDir, manifest);
	if (manifest.recipe !== RECIPE) problems.push(`索引的格式或切分方法（${manifest.recipe}）不是现在的（${RECIPE}）`);
	if (hasLeftovers(indexDir, manifest)) problems.push('有中断的写入留下的临时文件，下次更新时清除');
	// What does not have its checksum is not opened: its rows prove nothing.
	if (databasesOf(manifest).every((mark) => fileFault(indexDir, mark) === null))
		problems.push(...(await checkRows(indexDir, seedsDir, manifest)));
	return { problems, ...manifest.counts, vectors: manifest.vectors };
}

async function checkRows(indexDir: string, seedsDir: string, manifest: Manifest): Promise<string[]> {
	const opened: Database.Database[] = [];
	try {
		const problems: string[] = [];
		for (const [n, { name }] of databasesOf(manifest).entries()) {
			const database = new Database(join(indexDir, name), { readonly: true, fileMustExist: true });
			opened.push(database);
			const structure = database.pragma('quick_check', { simple: true });
			if (structure !== 'ok') problems.push(`${name}：${String(structure)}`);
			const counts = n > 0 && manifest.recent ? manifest.recent : baseTally(manifest);
			problems.push(...(await checkArticles(database, seedsDir, counts)), ...checkPostings(database));
		}
		problems.push(...checkApart(opened));
		const graph = manifest.hnsw && !fileFault(indexDir, manifest.hnsw) ? join(indexDir, manifest.hnsw.name) : null;
		if (manifest.model !== null && manifest.vectors > 0) {
			const dimension = { stored: 0 };
			problems.push(...checkVectors(opened, join(indexDir, VECTORS), manifest, dimension));
			if (graph && dimension.stored > 0) problems.push(...checkGraph(opened, graph, dimension.stored));
		}
		return problems;
	} finally {
		for (const database of opened) database.close();
	}
}

/** No issue stands in two databases, and the ids of the second are all above those of the first: they are told apart by that. */
function checkApart([base, recent]: readonly Database.Database[]): string[] {
	if (!base || !recent) return [];
	const known = issuesIn(base);
	const twice = [...issuesIn(recent).keys()].filter((file) => known.has(file));
	const isAbove = (table: string): boolean => {
		const last = base.prepare(`SELECT max(id) FROM ${table}`).pluck().get() as number | null;
		const first = recent.prepare(`SELECT min(id) FROM ${table}`).pluck().get() as number | null;
		return last === null || first === null || first > last;
	};
	return [
		...twice.map((file) => `${file} 在索引里有两份`),
		...(['issues', 'articles', 'passages'].every(isAbove) ? [] : ['两个数据库的编号重叠']),
	];
}

function checkGraph(databases: readonly Database.Database[], path: string, dimension: number): string[] {
	try {
		const stored = new Set(loadHnsw(path, dimension).getIdsList());
		const labels = new Set(databases.flatMap(linksOf).map(([label]) => label));
		const missing = [...labels].filter((label) => !stored.has(label)).length;
		return missing > 0 ? [`向量图里缺 ${missing} 个向量`] : [];
	} catch (error) {
		return [error instanceof Error ? error.message : String(error)];
	}
}

function emptyReport(problem: string): CheckReport {
	return { problems: [problem], issues: 0, articles: 0, passages: 0, vectors: 0 };
}
