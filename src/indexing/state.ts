import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { IndexError } from '../errors.js';
import { diskFiles, faultAtAGlance, fileFault } from '../store/files.js';
import { databasesOf, type Manifest, readManifest } from '../store/manifest.js';
import { isUnfinished } from '../store/vectors.js';

/** What a writer finds: the published generation as far as it can be trusted, and what is wrong. */
export interface State {
	readonly manifest: Manifest | null;
	/** Number for the next generation; above every number ever used. */
	readonly next: number;
	readonly faults: readonly string[];
}

const OURS = /^(?:wenqu-(\d+)\.(?:sqlite|hnsw)(?:-journal)?|.*\.tmp(?:-journal)?)$/;

/** Reads the manifest; a damaged one counts as none, as everything can be built again from the issue files. */
export function readState(dir: string): State {
	const numbers = listing(dir).map((name) => Number(OURS.exec(name)?.[1] ?? 0));
	try {
		const manifest = readManifest(dir);
		const faults = manifest ? faultsAtAGlance(dir, manifest) : [];
		return { manifest, next: Math.max(manifest?.generation ?? 0, ...numbers) + 1, faults };
	} catch (error) {
		if (!(error instanceof IndexError)) throw error;
		return { manifest: null, next: Math.max(0, ...numbers) + 1, faults: [error.message] };
	}
}

/** What is wrong with the files of a generation, each in a line. */
export function faultsOf(dir: string, manifest: Manifest): string[] {
	return [fileFault(dir, manifest.database), ...otherFaults(dir, manifest)].filter((fault) => fault !== null);
}

/** The same for a writer, who may not read the large database at all: it is summed only where its entry has changed. */
export function faultsAtAGlance(dir: string, manifest: Manifest): string[] {
	return [faultAtAGlance(dir, manifest.database), ...otherFaults(dir, manifest)].filter((fault) => fault !== null);
}

function otherFaults(dir: string, manifest: Manifest): (string | null)[] {
	const marks = [manifest.recent, manifest.hnsw, isInterrupted(dir, manifest) ? null : manifest.vectorStore];
	return marks.map((mark) => (mark ? fileFault(dir, mark) : null));
}

/** Whether a run was cut short after it had stored vectors: nothing is wrong, but there is work to go on with. */
export function isInterrupted(dir: string, { vectorStore }: Manifest): boolean {
	return vectorStore !== null && fileFault(dir, vectorStore) !== null && isUnfinished(dir);
}

/** Whether files lie about that belong to no generation: a run was killed, or is at work. */
export function hasLeftovers(dir: string, manifest: Manifest | null): boolean {
	return leftovers(dir, manifest).length > 0;
}

/** Removes what belongs to no generation; only for whoever holds the lock. */
export function clearLeftovers(dir: string, manifest: Manifest | null): void {
	for (const name of leftovers(dir, manifest)) diskFiles.remove(join(dir, name));
}

function leftovers(dir: string, manifest: Manifest | null): string[] {
	const kept = new Set([...(manifest ? databasesOf(manifest) : []), manifest?.hnsw].map((mark) => mark?.name));
	return listing(dir).filter((name) => OURS.test(name) && !kept.has(name));
}

function listing(dir: string): string[] {
	try {
		return readdirSync(dir);
	} catch {
		return [];
	}
}
