// Runs the built indexer in a process of its own, to be killed: indexer.mjs SEEDS INDEX [--die STEP] [--die-after PASSAGES] [--slow MS] [--wait] [--split]
// With --restore FILE it restores that backup instead.

import { restoreIndex } from '../../dist/indexing/restore.js';
import { updateIndex } from '../../dist/indexing/update.js';
import { openSnapshot } from '../../dist/store/snapshot.js';

const [seedsDir, indexDir, ...flags] = process.argv.slice(2);
const flagValue = (name) => (flags.includes(name) ? flags[flags.indexOf(name) + 1] : undefined);
const die = flagValue('--die');
const diesAfter = Number(flagValue('--die-after') ?? Number.POSITIVE_INFINITY);
let embedded = 0;
const slow = Number(flagValue('--slow') ?? 0);

function embed(text) {
	const vector = new Float32Array(64);
	for (let i = 0; i + 1 < text.length; i++) vector[(text.charCodeAt(i) * 31 + text.charCodeAt(i + 1)) % 64] += 1;
	const length = Math.hypot(...vector) || 1;
	return vector.map((value) => value / length);
}

const embedder = {
	id: 'pairs-64',
	dimension: 64,
	async embedPassage(text) {
		if (++embedded > diesAfter) process.kill(process.pid, 'SIGKILL');
		if (slow > 0) await new Promise((resolve) => setTimeout(resolve, slow));
		return embed(text);
	},
	embedQuestion: async (text) => embed(text),
};

try {
	const backup = flagValue('--restore');
	const report = await (backup ? restoreIndex : updateIndex)({
		file: backup,
		seedsDir,
		indexDir,
		embedder: async () => embedder,
		wait: flags.includes('--wait'),
		graphFrom: flags.includes('--split') ? Number.POSITIVE_INFINITY : 1,
		splitFrom: flags.includes('--split') ? 1 : Number.POSITIVE_INFINITY,
		onStep: (step) => {
			if (flags.includes('--tell')) process.stdout.write(`${step}\n`);
			if (step === die) process.kill(process.pid, 'SIGKILL');
		},
	});
	const megabytes = Math.round(process.resourceUsage().maxRSS / 1024);
	const { embedded: fresh, articles, issues, skipped } = report;
	process.stdout.write(`${JSON.stringify({ embedded: fresh, articles, megabytes, issues, skipped })}\n`);
	openSnapshot(indexDir).close();
} catch (error) {
	process.stderr.write(`${error.message}\n`);
	process.exitCode = error.name === 'IndexBusyError' ? 3 : 1;
}
