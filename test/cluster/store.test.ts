import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { embedded } from '../contract/embedded.js';
import { answersOf, describeStore, type Kept } from '../contract/store-suite.js';
import { issues } from '../support/index-folder.js';
import { CLUSTER, clustered, clusterSettings, LEFT_OUT } from './cluster-folder.js';

describe.skipIf(CLUSTER === null)(`a cluster${LEFT_OUT}`, () => {
	describeStore('the cluster store', clustered);

	describe('beside the embedded store', () => {
		const files = issues(1, 12);
		let here: Kept;
		let there: Kept;
		beforeAll(async () => {
			[here, there] = [await embedded(files), await clustered(files)];
			await Promise.all([here.update(), there.update()]);
		});
		afterAll(async () => {
			await here?.destroy();
			await there?.destroy();
		});

		it('finds the same passages with the same keyword scores, and cosines that differ by rounding', async () => {
			const [one, other] = [await here.open(), await there.open()];
			for (const query of ['临江镇第3次会议', '东海银行河道治理', '养老服务投入资金多少万元', '谁参加了会议']) {
				const [a, b] = [await one.retriever.search(query, 10), await other.retriever.search(query, 10)];
				expect(b.map((hit) => hit.passage.text)).toEqual(a.map((hit) => hit.passage.text));
				expect(b.map((hit) => hit.scores.keyword)).toEqual(a.map((hit) => hit.scores.keyword));
				for (const [n, hit] of b.entries()) expect(hit.scores.vector).toBeCloseTo(a[n]?.scores.vector ?? 9, 1);
			}
		});

		it('gives the same answers', async () => {
			expect(await answersOf(await there.open())).toEqual(await answersOf(await here.open()));
		});
	});

	it('keeps namespaces apart, and answers from several at once', async () => {
		const [one, other] = [await clustered(issues(1, 2)), await clustered(issues(3, 5))];
		try {
			await Promise.all([one.update(), other.update()]);
			expect((await one.open()).snapshot.counts.issues).toBe(2);
			expect((await other.open()).snapshot.counts.issues).toBe(3);
			const [first = '', second = ''] = [one.settings.namespaces[0], other.settings.namespaces[0]];
			const both = await clustered({}, { ...clusterSettings(), namespaces: [first, second] });
			const { snapshot, source } = await both.open();
			expect(snapshot.counts).toMatchObject({ issues: 5, articles: 10 });
			const files = snapshot.issues().map(({ file }) => file);
			expect(files.every((file) => file.startsWith(`${first}/`) || file.startsWith(`${second}/`))).toBe(true);
			const article = await snapshot.article(9);
			expect((await source(article.file))?.slice(article.start, article.end)).toBe(article.source);
			await expect(both.update()).rejects.toThrow('WENQU_NAMESPACE');
			await both.destroy();
		} finally {
			await one.destroy();
			await other.destroy();
		}
	});

	it('proves itself, and says how it stands', async () => {
		const kept = await clustered(issues(1, 3));
		try {
			expect((await kept.keeping.status()).faults).toEqual(['还没有索引，请先运行 wenqu index。']);
			await kept.update();
			const report = await kept.keeping.check();
			expect(report).toMatchObject({ problems: [], issues: 3, articles: 6, passages: 6, vectors: 6 });
			expect(await kept.keeping.status()).toMatchObject({
				...{ issues: 3, articles: 6, vectors: 6, model: 'pairs-64', upToDate: true, faults: [], isWriting: false },
				cluster: { state: 'green' },
			});
			kept.folder.write('2026-01-01.txt', '新的一期\n');
			expect((await kept.keeping.check()).problems).toEqual([]);
			expect((await kept.keeping.status()).upToDate).toBe(false);
		} finally {
			await kept.destroy();
		}
	});
});
