import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { IndexError } from '../errors.js';
import { readManifest } from '../store/manifest.js';
import { type LastRun, readLastRun } from './last-run.js';
import { reasonOf, scanSources } from './scan.js';
import { SourceNotes } from './sources.js';
import { faultsOf } from './state.js';

/** How the index stands, as `wenqu status` prints it. */
export interface IndexStatus {
	readonly issues: number;
	readonly articles: number;
	readonly passages: number;
	readonly vectors: number;
	/** The embedder's id; null when the index works on keywords alone. */
	readonly model: string | null;
	readonly newestDate: string | null;
	readonly generation: number;
	/** When the generation was published, and how long ago that is. */
	readonly published: string;
	readonly ageSeconds: number;
	/** Everything in the index folder. */
	readonly bytes: number;
	readonly lastRun: LastRun | null;
	/** Whether the issue files are those that were indexed; null, with a fault, where they cannot be read. */
	readonly upToDate: boolean | null;
	/** What is wrong, each in a line; `wenqu check` looks closer. */
	readonly faults: readonly string[];
}

/** Looks at the index without opening or changing anything. Throws an IndexError where there is none. */
export async function indexStatus(options: {
	readonly seedsDir: string;
	readonly indexDir: string;
}): Promise<IndexStatus> {
	const { seedsDir, indexDir } = options;
	const manifest = readManifest(indexDir);
	if (!manifest) throw new IndexError('还没有索引，请先运行 wenqu index。');
	const faults = faultsOf(indexDir, manifest);
	let upToDate: boolean | null = null;
	try {
		upToDate = (await scanSources(seedsDir, new SourceNotes(indexDir, seedsDir))).digest === manifest.sources;
	} catch (error) {
		faults.push(reasonOf(error));
	}
	return {
		...manifest.counts,
		vectors: manifest.vectors,
		model: manifest.model,
		newestDate: manifest.newestDate,
		generation: manifest.generation,
		published: manifest.published,
		ageSeconds: Math.max(0, Math.round((Date.now() - Date.parse(manifest.published)) / 1000)),
		bytes: bytesIn(indexDir),
		lastRun: readLastRun(indexDir),
		upToDate,
		faults,
	};
}

function bytesIn(dir: string): number {
	const sizes = readdirSync(dir).map((name) => statSync(join(dir, name), { throwIfNoEntry: false })?.size ?? 0);
	return sizes.reduce((sum, size) => sum + size, 0);
}
