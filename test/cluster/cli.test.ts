import { randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { issueFile, issues, issueText } from '../support/index-folder.js';
import { Desk } from '../support/wenqu.js';
import { CLUSTER, LEFT_OUT } from './cluster-folder.js';

describe.skipIf(CLUSTER === null)(`the commands over a cluster${LEFT_OUT}`, () => {
	const namespace = `t${randomBytes(6).toString('hex')}`;
	const there = { WENQU_OPENSEARCH_URL: CLUSTER ?? '', WENQU_NAMESPACE: namespace };
	let desk: Desk;
	const both = async (args: readonly string[], input = ''): Promise<readonly string[]> => {
		const [here, far] = [await desk.run(args, input), await desk.run(args, input, there)];
		expect([far.code, far.err.includes('Error')]).toEqual([here.code, false]);
		return [here.out, far.out].map((out) => out.replace(/"ms":\d+/gu, '"ms":0'));
	};
	beforeAll(async () => {
		desk = new Desk(issues(1, 4));
		await desk.run(['index']);
	});

	it('index, and have the same to say as over files', async () => {
		const { code, out } = await desk.run(['index', '--json'], '', there);
		expect(code).toBe(0);
		expect(JSON.parse(out)).toMatchObject({ articles: 8, chunks: 8, embedded: 0, model: null });
		const question = '谁参加了云州区第1次防汛工作会议？';
		const batch = [question, '周正平参加了哪些活动？', '谁参加的活动最多？', '火星上开了什么会？'].map((q, n) =>
			JSON.stringify({ id: String(n), question: q }),
		);
		const place = `${issueFile(1)}:0-12`;
		for (const [args, input] of [
			[['ask', '--json', question], ''],
			[['ask', '--json'], `${batch.join('\n')}\n`],
			[['search', '--json', '防汛工作'], ''],
			[['articles', '--json'], ''],
			[['show', place], ''],
			[['chat'], `${question}\n在什么时间？\n`],
			[['check'], ''],
		] as const) {
			const [here, far] = await both(args, input);
			expect(far, args.join(' ')).toBe(here);
		}
	});

	it('bring a new issue in before they answer, and say how they stand', async () => {
		desk.write(issueFile(9), issueText(9));
		expect((await desk.run(['status'], '', there)).out).toContain('还没有收进索引');
		const { out } = await desk.run(['articles', '--json'], '', there);
		expect(JSON.parse(out)).toHaveLength(10);
		const status = await desk.run(['status', '--json'], '', there);
		expect(JSON.parse(status.out)).toMatchObject({ issues: 5, upToDate: true, namespace, faults: [] });
		expect((await desk.run(['status'], '', there)).out).toMatch(/集群 {4}(?:green|yellow)/u);
	});

	it('leave a cluster as it is that others write, where there are no issue files', async () => {
		const bare = new Desk({});
		expect(JSON.parse((await bare.run(['articles', '--json'], '', there)).out)).toHaveLength(10);
		expect(JSON.parse((await bare.run(['status', '--json'], '', there)).out).issues).toBe(5);
		const backup = await bare.run(['backup', 'file'], '', there);
		expect([backup.code, backup.err]).toEqual([2, expect.stringContaining('wenqu migrate')]);
	});

	it('are told in one line when nobody is there, without address or password', async () => {
		const nobody = { WENQU_OPENSEARCH_URL: 'http://leser:geheim@127.0.0.1:9', WENQU_NAMESPACE: namespace };
		const asked = await desk.run(['ask', '周正平是谁？'], '', nobody);
		expect(asked.code).toBe(1);
		expect(asked.err.trim().split('\n')).toHaveLength(1);
		expect(asked.err).toContain('请稍后再试');
		const status = await desk.run(['status'], '', nobody);
		expect(status.code).toBe(1);
		expect(status.out).toContain('unreachable');
		for (const text of [asked.err, status.out, status.err])
			expect(text).not.toMatch(/geheim|leser|127\.0\.0\.1|\n {4}at /u);
	});
});
