import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ClusterError } from '../../src/errors.js';
import { answersOf } from '../contract/store-suite.js';
import { issueFile, issues, issueText } from '../support/index-folder.js';
import { CLUSTER, clustered, clusterSettings, LEFT_OUT } from './cluster-folder.js';
import { FaultyProxy } from './faulty-proxy.js';

type Kept = Awaited<ReturnType<typeof clustered>>;

describe.skipIf(CLUSTER === null)(`a cluster at fault${LEFT_OUT}`, () => {
	let proxy: FaultyProxy;
	let kept: Kept;
	let right: Awaited<ReturnType<typeof answersOf>>;
	beforeAll(async () => {
		proxy = await FaultyProxy.start(CLUSTER?.split(',')[0] ?? '');
		kept = await clustered(issues(1, 6), clusterSettings(proxy.url));
		await kept.update();
		right = await answersOf(await kept.open());
	});
	afterEach(() => proxy.rule(() => 'pass'));
	afterAll(async () => {
		await kept?.destroy();
		proxy?.close();
	});

	it.each([
		['is too busy for every second request', { status: 429 }],
		['cuts every second connection', 'cut'],
		['loses every second reply', 'lose the reply'],
		['has no shard for every second request', { status: 503, type: 'search_phase_execution_exception' }],
	] as const)('gives the right answers where it %s', async (_, fate) => {
		const open = await kept.open();
		proxy.rule(({ nth }) => (nth % 2 === 1 ? fate : 'pass'));
		expect(await answersOf(open)).toEqual(right);
	});

	it('gives no answer rather than half of one', async () => {
		const open = await kept.open();
		proxy.rule(({ path }) => (path.includes('passages') ? { status: 503 } : 'pass'));
		await expect(open.retriever.searchArticles('防汛工作会议', 5)).rejects.toThrow('请稍后再试');
	});

	it('is left alone for a moment when it fails again and again, and asked again then', async () => {
		const own = await clustered({}, { ...kept.settings });
		proxy.rule(() => ({ status: 503 }));
		for (let n = 0; n < 3; n++) await expect(own.open()).rejects.toThrow(ClusterError);
		const { seen } = proxy;
		const started = performance.now();
		await expect(own.open()).rejects.toMatchObject({ fault: 'paused', message: expect.stringContaining('请稍后再试') });
		expect(performance.now() - started).toBeLessThan(50);
		expect(proxy.seen).toBe(seen);
		proxy.rule(() => 'pass');
		await new Promise((resolve) => setTimeout(resolve, 4_600));
		expect((await own.open()).snapshot.counts.issues).toBe(6);
		await own.destroy();
	});

	it('is given up on after some seconds where it does not answer', async () => {
		const own = await clustered({}, { ...kept.settings });
		proxy.rule(() => ({ afterMs: 60_000 }));
		await expect(own.open()).rejects.toMatchObject({ fault: 'slow' });
		await own.destroy();
	});

	it.each([
		['busy', { status: 429 }],
		['cut off', 'cut'],
		['without its replies', 'lose the reply'],
	] as const)('takes a run whole while it is %s', async (word, fate) => {
		const own = await clustered(issues(1, 4), clusterSettings(proxy.url));
		await own.update();
		const n = 30 + word.length;
		own.folder.write(issueFile(n), issueText(n));
		own.folder.write(issueFile(2), issueText(40));
		own.folder.remove(issueFile(1));
		proxy.rule(({ nth }) => (nth % 3 === 0 ? fate : 'pass'));
		const report = await own.update();
		expect(report.issues).toMatchObject({ added: [issueFile(n)], changed: [issueFile(2)], removed: [issueFile(1)] });
		proxy.rule(() => 'pass');
		expect((await own.keeping.check()).problems).toEqual([]);
		expect((await own.open()).snapshot.counts).toMatchObject({ issues: 4, articles: 8 });
		await own.destroy();
	});

	it('leaves what was published where a run breaks off, and the next run clears up', async () => {
		const own = await clustered(issues(1, 3), clusterSettings(proxy.url));
		await own.update();
		const before = await answersOf(await own.open());
		own.folder.write(issueFile(7), issueText(7));
		own.folder.remove(issueFile(3));
		// The engine's word for a disk that is nearly full.
		proxy.rule(({ path, method }) =>
			path.includes('_bulk') && method === 'POST' ? { status: 429, type: 'cluster_block_exception' } : 'pass',
		);
		await expect(own.update()).rejects.toMatchObject({
			fault: 'full',
			message: expect.stringContaining('上一次发布的索引没有变'),
		});
		expect(await answersOf(await own.open())).toEqual(before);
		expect((await own.keeping.status()).lastRun?.failure).toContain('磁盘');
		proxy.rule(() => 'pass');
		await own.update();
		expect((await own.keeping.check()).problems).toEqual([]);
		expect((await own.open()).snapshot.counts.issues).toBe(3);
		await own.destroy();
	});

	it('says how it is: no answer, no access, no shards, no room', async () => {
		const stateAt = async (): Promise<unknown> => {
			const own = await clustered({}, kept.settings);
			const { cluster, faults } = await own.keeping.status();
			await own.destroy();
			return [cluster.state, faults.length > 0];
		};
		expect(await stateAt()).toEqual(['green', false]);
		proxy.rule(() => 'cut');
		expect(await stateAt()).toEqual(['unreachable', true]);
		proxy.rule(() => ({ status: 401 }));
		expect(await stateAt()).toEqual(['refused', true]);
		proxy.rule(() => ({ status: 429 }));
		expect(await stateAt()).toEqual(['overloaded', true]);
		proxy.rule(({ path }) => (path.includes('_doc') ? { status: 503 } : 'pass'));
		expect(await stateAt()).toEqual(['green', true]);
	});

	it('keeps answering, and says so, while its indexes take no writes', async () => {
		const block = async (value: boolean | null): Promise<void> => {
			const body = JSON.stringify({ 'index.blocks.read_only_allow_delete': value });
			const headers = { 'content-type': 'application/json' };
			await fetch(`${proxy.url}/wenqu-*/_settings`, { method: 'PUT', headers, body });
		};
		const own = await clustered(issues(1, 2), clusterSettings(proxy.url));
		await own.update();
		await block(true);
		try {
			own.folder.write(issueFile(5), issueText(5));
			await expect(own.update()).rejects.toMatchObject({ fault: 'full' });
			expect((await own.open()).snapshot.counts.issues).toBe(2);
			expect((await own.keeping.status()).cluster.state).toBe('full');
		} finally {
			await block(null);
		}
		await own.update({});
		expect((await own.open()).snapshot.counts.issues).toBe(3);
		await own.destroy();
	});
});
