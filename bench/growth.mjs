import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { updateIndex } from '../dist/indexing/update.js';
import { openTagger } from '../dist/reading/people.js';

const ARTICLES = 12;
const MODELS = fileURLToPath(new URL('../models', import.meta.url));

/** An issue of twelve articles that no archive holds: reports with their figures exchanged. */
function newIssue(reports, shift) {
	const step = Math.max(1, Math.floor(reports.length / ARTICLES));
	return Array.from({ length: ARTICLES }, (_, n) => {
		const text = reports[n * step].text.replace(/\d/gu, (digit) => String((Number(digit) + shift) % 10));
		return `## 新增报道第${shift}${n + 1}号\n\n${text.slice(0, 1_000)}\n`;
	}).join('\n');
}

/** Seconds that one more issue takes, the day after another: into a copy of the index, so that the next run finds it as it was. */
export async function timeAddition(reports, seedsDir, indexDir, embedder) {
	const copy = mkdtempSync(join(tmpdir(), 'wenqu-bench-'));
	const added = [join(seedsDir, 'zz-added-1.txt'), join(seedsDir, 'zz-added-2.txt')];
	// The archive itself is read by the grammar alone: who took part changes nothing of what is measured here.
	const tagger = await openTagger(MODELS);
	const steps = [];
	try {
		cpSync(indexDir, copy, { recursive: true });
		const options = { seedsDir, indexDir: copy, embedder: async () => embedder, tagger: async () => tagger };
		writeFileSync(added[0], newIssue(reports, 3));
		await updateIndex(options);
		writeFileSync(added[1], newIssue(reports, 7));
		const before = process.cpuUsage();
		let last = performance.now();
		const onStep = (step) => {
			const now = performance.now();
			steps.push({ step, seconds: ((now - last) / 1000).toFixed(2) });
			last = now;
		};
		const report = await updateIndex({ ...options, onStep });
		const { user, system } = process.cpuUsage(before);
		return [
			...steps,
			{ step: `all, ${report.embedded} vectors computed`, seconds: report.seconds.toFixed(2) },
			{ step: 'processor time', seconds: ((user + system) / 1e6).toFixed(2) },
		];
	} finally {
		for (const path of added) rmSync(path, { force: true });
		rmSync(copy, { recursive: true, force: true });
	}
}
