import { MODEL_ID } from '../embedding/model.js';
import { WenquError } from '../errors.js';
import { lockIndex } from '../store/lock.js';
import type { Manifest } from '../store/manifest.js';
import { RECIPE } from '../store/manifest.js';
import { noteRun } from './last-run.js';
import { type Scan, scanSources } from './scan.js';
import { SourceNotes } from './sources.js';
import { clearLeftovers, faultsAtAGlance, hasLeftovers, isInterrupted, readState } from './state.js';
import type { IndexReport, UpdateOptions } from './types.js';
import { writeFailure } from './write-failure.js';
import { writeGeneration } from './write-generation.js';

/**
 * Brings the index up to date with the issue files: only what changed is worked on, and the result is that of a
 * rebuild. Publishes all of it or, whatever happens, nothing. Throws an IndexBusyError when another process writes.
 */
export async function updateIndex(options: UpdateOptions): Promise<IndexReport> {
	const started = performance.now();
	const { seedsDir, indexDir } = options;
	const notes = new SourceNotes(indexDir, seedsDir);
	const scan = await scanSources(seedsDir, notes);
	const current = readState(indexDir).manifest;
	if (current && !(await reasonToWork(current, scan, options))) {
		notes.save([...scan.files.keys()]);
		await tidy(indexDir);
		return quietReport(current, scan, started);
	}
	const lock = await lockIndex(indexDir, options.wait ?? false);
	try {
		options.onStep?.('locked');
		// Another writer may have done the work while this one waited, and files may have changed.
		const now = await scanSources(seedsDir, notes);
		const state = readState(indexDir);
		for (const fault of state.faults) options.onWarning?.(`索引有损坏，正在修复：${fault}。`);
		clearLeftovers(indexDir, state.manifest);
		if (state.manifest && !(await reasonToWork(state.manifest, now, options))) {
			notes.save([...now.files.keys()]);
			return quietReport(state.manifest, now, started);
		}
		const report = { ...(await writeGeneration(options, state, now)), seconds: secondsSince(started) };
		notes.save([...now.files.keys()]);
		noteRun(indexDir, report, report.seconds);
		return report;
	} catch (error) {
		const failure = writeFailure(error, indexDir);
		if (failure instanceof WenquError) noteRun(indexDir, failure, secondsSince(started));
		throw failure;
	} finally {
		lock.release();
	}
}

/** Why the published generation is not what it should be; null when it is. Dear questions are asked last. */
async function reasonToWork(manifest: Manifest, scan: Scan, options: UpdateOptions): Promise<string | null> {
	if (options.rebuild) return 'asked for';
	if (manifest.recipe !== RECIPE) return 'made in another way';
	if (manifest.sources !== scan.digest) return 'files changed';
	const fault = faultsAtAGlance(options.indexDir, manifest)[0];
	if (fault) return fault;
	if (isInterrupted(options.indexDir, manifest)) return 'the run before was cut short';
	if (manifest.model === MODEL_ID && manifest.vectors === manifest.contents) return null;
	const embedder = await options.embedder();
	if (!embedder) return null;
	return embedder.id !== manifest.model || manifest.vectors < manifest.contents ? 'vectors missing' : null;
}

/** Clears away what a killed run left, unless it belongs to a run that is alive. */
async function tidy(indexDir: string): Promise<void> {
	if (!hasLeftovers(indexDir, readState(indexDir).manifest)) return;
	try {
		const lock = await lockIndex(indexDir, false);
		clearLeftovers(indexDir, readState(indexDir).manifest);
		lock.release();
	} catch {
		// Someone else writes, or nobody can: then it is not for this run to clear.
	}
}

function quietReport(manifest: Manifest, scan: Scan, started: number): IndexReport {
	return {
		issues: { added: [], changed: [], removed: [], unchanged: scan.files.size },
		articles: manifest.counts.articles,
		chunks: manifest.counts.passages,
		embedded: 0,
		reused: manifest.vectors,
		model: manifest.model,
		seconds: secondsSince(started),
		skipped: scan.skipped,
	};
}

function secondsSince(started: number): number {
	return Math.round(performance.now() - started) / 1000;
}
