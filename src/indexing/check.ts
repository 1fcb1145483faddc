import { join } from 'node:path';
import Database from 'better-sqlite3';
import { IndexError } from '../errors.js';
import { fileFault } from '../store/files.js';
import { loadHnsw } from '../store/hnsw.js';
import { type Manifest, RECIPE, readManifest } from '../store/manifest.js';
import { VECTORS } from '../store/vectors.js';
import { checkArticles } from './check-articles.js';
import { checkPostings } from './check-postings.js';
import { checkVectors } from './check-vectors.js';
import { faultsOf, hasLeftovers } from './state.js';

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
	if (!fileFault(indexDir, manifest.database)) problems.push(...(await checkRows(indexDir, seedsDir, manifest)));
	return { problems, ...manifest.counts, vectors: manifest.vectors };
}

async function checkRows(indexDir: string, seedsDir: string, manifest: Manifest): Promise<string[]> {
	const database = new Database(join(indexDir, manifest.database.name), { readonly: true, fileMustExist: true });
	try {
		const problems: string[] = [];
		const structure = database.pragma('quick_check', { simple: true });
		if (structure !== 'ok') problems.push(`${manifest.database.name}：${String(structure)}`);
		problems.push(...(await checkArticles(database, seedsDir, manifest)), ...checkPostings(database));
		const graph = manifest.hnsw && !fileFault(indexDir, manifest.hnsw) ? join(indexDir, manifest.hnsw.name) : null;
		if (manifest.model !== null && manifest.vectors > 0) {
			const dimension = { stored: 0 };
			problems.push(...checkVectors(database, join(indexDir, VECTORS), manifest, dimension));
			if (graph && dimension.stored > 0) problems.push(...checkGraph(database, graph, dimension.stored));
		}
		return problems;
	} finally {
		database.close();
	}
}

function checkGraph(database: Database.Database, path: string, dimension: number): string[] {
	try {
		const stored = new Set(loadHnsw(path, dimension).getIdsList());
		const labels = database
			.prepare('SELECT DISTINCT vector FROM passages WHERE vector IS NOT NULL')
			.pluck()
			.all() as number[];
		const missing = labels.filter((label) => !stored.has(label)).length;
		return missing > 0 ? [`向量图里缺 ${missing} 个向量`] : [];
	} catch (error) {
		return [error instanceof Error ? error.message : String(error)];
	}
}

function emptyReport(problem: string): CheckReport {
	return { problems: [problem], issues: 0, articles: 0, passages: 0, vectors: 0 };
}
