import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { IndexBusyError } from '../../src/errors.js';
import { workIssue } from '../../src/indexing/work-issue.js';
import { readIssueFile } from '../../src/newspaper/read.js';
import { WRITING } from '../../src/opensearch/cluster.js';
import { documentsOf } from '../../src/opensearch/documents.js';
import { ClusterGeneration } from '../../src/opensearch/generation.js';
import { Lease, SILENCE_MS } from '../../src/opensearch/lease.js';
import { openPlace } from '../../src/opensearch/place.js';
import { readState, replaceState } from '../../src/opensearch/state.js';
import { computedBy } from '../../src/opensearch/stored-vectors.js';
import { RECIPE } from '../../src/store/manifest.js';
import { answersOf } from '../contract/store-suite.js';
import { issueFile, issues, issueText } from '../support/index-folder.js';
import { CLUSTER, clustered, LEFT_OUT } from './cluster-folder.js';

const FRESH = { recipe: RECIPE, dimension: 64 };

describe.skipIf(CLUSTER === null)(`writers of one namespace${LEFT_OUT}`, () => {
	let kept: Awaited<ReturnType<typeof clustered>>;
	let namespace: string;
	beforeEach(async () => {
		kept = await clustered(issues(1, 3));
		namespace = kept.settings.namespaces[0] ?? '';
		await kept.update();
	});
	afterEach(() => kept.destroy());

	it('write one after the other: the second is told, or waits', async () => {
		const { cluster } = openPlace(kept.settings);
		const lease = await Lease.take(cluster, namespace, FRESH, false);
		kept.folder.write(issueFile(8), issueText(8));
		await expect(kept.update()).rejects.toThrow(IndexBusyError);
		const waiting = kept.keeping.update({ wait: true });
		await lease.abandon();
		expect((await waiting)?.issues.added).toEqual([issueFile(8)]);
		cluster.close();
	});

	it('of two that begin at once both end well, and the files are what is published', async () => {
		kept.folder.write(issueFile(8), issueText(8));
		const other = await clustered({ ...issues(1, 3), [issueFile(8)]: issueText(8) }, kept.settings);
		await Promise.all([kept.keeping.update({ wait: true }), other.keeping.update({ wait: true })]);
		expect((await kept.keeping.check()).problems).toEqual([]);
		expect((await kept.open()).snapshot.counts.issues).toBe(4);
		await other.destroy();
	});

	it('a writer that fell silent is followed by another, and nothing it still writes is ever seen', async () => {
		const { cluster } = openPlace(kept.settings);
		const before = await answersOf(await kept.open());
		const silent = await Lease.take(cluster, namespace, FRESH, false);
		const zombie = new ClusterGeneration(cluster, namespace, silent, computedBy(kept.folder.embedder), 64);
		await fallSilent(cluster, namespace);
		// What it wrote before it was followed, and what it writes after.
		kept.folder.write(issueFile(30), issueText(30));
		const issue = await readIssueFile(kept.folder.seedsDir, issueFile(30));
		const { gaps, articles } = await workIssue(issue, null);
		const documents = documentsOf({ namespace, generation: silent.generation }, issue, gaps, articles);
		await zombie.add(documents);
		await zombie.retire([issueFile(1)]);
		kept.folder.remove(issueFile(30));
		kept.folder.write(issueFile(9), issueText(9));
		await kept.update();
		await zombie.add(documents);
		const publishing = zombie.publish({ recipe: RECIPE, sources: '', model: 'pairs-64', lastRun: null });
		await expect(publishing).rejects.toThrow('没有发布');
		const open = await kept.open();
		expect(open.snapshot.issues().map(({ file }) => file)).toEqual([1, 2, 3, 9].map(issueFile).sort());
		expect((await kept.keeping.check()).problems).toEqual([]);
		kept.folder.remove(issueFile(9));
		await kept.update();
		expect(await answersOf(await kept.open())).toEqual(before);
		cluster.close();
	});
});

/** As if the writer had said nothing for longer than is waited for. */
async function fallSilent(cluster: ReturnType<typeof openPlace>['cluster'], namespace: string): Promise<void> {
	const seen = await readState(cluster, namespace);
	if (!seen?.state.writer) throw new Error('nobody writes');
	const beat = new Date(Date.now() - 2 * SILENCE_MS).toISOString();
	await replaceState(
		cluster,
		namespace,
		seen.version,
		{ ...seen.state, writer: { ...seen.state.writer, beat } },
		WRITING,
	);
}
