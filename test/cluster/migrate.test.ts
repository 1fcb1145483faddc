import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migrateFromCluster, migrateToCluster } from '../../src/opensearch/migrate.js';
import { openPlace } from '../../src/opensearch/place.js';
import { embedded } from '../contract/embedded.js';
import { answersOf, type Kept } from '../contract/store-suite.js';
import { contentsOf, issueFile, issues, issueText } from '../support/index-folder.js';
import { CLUSTER, clustered, clusterSettings, LEFT_OUT } from './cluster-folder.js';

describe.skipIf(CLUSTER === null)(`migrating${LEFT_OUT}`, () => {
	let here: Kept;
	beforeEach(async () => {
		here = await embedded(issues(1, 5));
		await here.update();
	});
	afterEach(() => here.destroy());

	it('to the cluster and back computes no vector, and the answers and the index stay the same', async () => {
		const settings = clusterSettings();
		const place = openPlace(settings);
		const { folder } = here;
		const before = contentsOf(folder.open());
		const answers = await answersOf(await here.open());
		const { embedded: computed } = folder.embedder;
		const moved = { issues: 5, articles: 10, passages: 10, vectors: 10 };
		expect(await migrateToCluster(place, folder)).toEqual(moved);
		const there = await clustered(issues(1, 5), settings);
		expect(await answersOf(await there.open())).toEqual(answers);
		expect((await there.keeping.check()).problems).toEqual([]);
		const back = await embedded({});
		expect(await migrateFromCluster(place, back.folder)).toEqual(moved);
		expect(contentsOf(back.folder.open())).toEqual(before);
		expect(folder.embedder.embedded).toBe(computed);
		expect([there.folder.embedder.embedded, back.folder.embedder.embedded]).toEqual([0, 0]);
		place.cluster.close();
		await there.destroy();
		await back.destroy();
	});

	it('is refused where the index is not that of the files, or there is none', async () => {
		const place = openPlace(clusterSettings());
		await expect(migrateFromCluster(place, here.folder)).rejects.toThrow('还没有索引');
		here.folder.write(issueFile(9), issueText(9));
		await expect(migrateToCluster(place, here.folder)).rejects.toThrow('对不上');
		const empty = await embedded({});
		await expect(migrateToCluster(place, empty.folder)).rejects.toThrow('还没有索引');
		await empty.destroy();
		place.cluster.close();
	});
});
