import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answersOf } from '../contract/store-suite.js';
import { issues } from '../support/index-folder.js';
import { clustered } from './cluster-folder.js';

/** Ends and starts nodes of the cluster that this run has started; not known for a cluster of somebody else's. */
const NODES = process.env['WENQU_TEST_NODES'] ?? null;
const WHY = NODES === null ? ' (left out: only where npm run test:cluster has started the nodes)' : '';

async function node(what: 'stop' | 'start', n: number): Promise<void> {
	const reply = await fetch(`${NODES}/${what}/${n}`);
	if (!reply.ok) throw new Error(await reply.text());
}

describe.skipIf(NODES === null)(`a node is lost${WHY}`, () => {
	let kept: Awaited<ReturnType<typeof clustered>>;
	beforeAll(async () => {
		kept = await clustered(issues(1, 8));
		await kept.update();
	});
	afterAll(async () => {
		await kept?.destroy();
	});

	/** Until every shard has its copy: a node that is lost before takes the only one along. */
	async function copied(): Promise<void> {
		for (let tried = 0; tried < 120; tried++) {
			if ((await kept.keeping.status()).cluster.state === 'green') return;
			await new Promise((resolve) => setTimeout(resolve, 500));
		}
		throw new Error('the cluster does not become green');
	}

	it('in the middle of answering: answers go on, and all are right', async () => {
		await copied();
		const open = await kept.open();
		const right = await answersOf(open);
		const losing = node('stop', 1);
		try {
			for (let round = 0; round < 3; round++) expect(await answersOf(open)).toEqual(right);
			await losing;
			expect(await answersOf(await kept.open())).toEqual(right);
			expect((await kept.keeping.status()).cluster.nodes).toBe(2);
		} finally {
			// Who comes next needs all three.
			await losing;
			await node('start', 1);
		}
	});

	it('in the middle of indexing: nothing is lost', async () => {
		await copied();
		const own = await clustered(issues(1, 60));
		const running = own.update();
		await new Promise((resolve) => setTimeout(resolve, 700));
		await node('stop', 2);
		try {
			const report = await running;
			expect(report.articles).toBe(120);
			expect((await own.keeping.check()).problems).toEqual([]);
		} finally {
			await node('start', 2);
		}
		expect((await own.keeping.check()).problems).toEqual([]);
		await own.destroy();
	});
});
