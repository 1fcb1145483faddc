import { appendFileSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { issues, issueText } from '../support/index-folder.js';
import { Desk } from '../support/wenqu.js';

describe('status', () => {
	it('counts what there is, how large and how old it is, and how the last run went', async () => {
		const desk = new Desk(issues(1, 2));
		await desk.run(['index']);
		const { code, out } = await desk.run(['status', '--json']);
		expect(code).toBe(0);
		const status = JSON.parse(out);
		expect(status).toMatchObject({ issues: 2, articles: 4, passages: 4, model: null, upToDate: true, faults: [] });
		expect(status.lastRun).toMatchObject({ added: 2, changed: 0, removed: 0, embedded: 0, failure: null });
		expect(status.ageSeconds).toBeLessThan(60);
		const index = join(desk.dir, 'index');
		const sizes = readdirSync(index).map((name) => statSync(join(index, name)).size);
		expect(status.bytes).toBe(sizes.reduce((sum, size) => sum + size, 0));
		expect((await desk.run(['status'])).out).toContain('2 期，4 篇报道，4 段');
	});

	it('changes nothing, and says what is not indexed yet or is damaged', async () => {
		const desk = new Desk(issues(1, 2));
		await desk.run(['index']);
		desk.write('2025-12-01.txt', issueText(9));
		const before = readFileSync(join(desk.dir, 'index', 'manifest.json'), 'utf8');
		expect((await desk.run(['status'])).out).toContain('还没有收进索引');
		appendFileSync(join(desk.dir, 'index', 'wenqu-000001.sqlite'), 'x');
		const { code, out } = await desk.run(['status']);
		expect(code).toBe(1);
		expect(out).toContain('wenqu-000001.sqlite');
		expect(readFileSync(join(desk.dir, 'index', 'manifest.json'), 'utf8')).toBe(before);
	});

	it('is one line where there is no index', async () => {
		const { code, err } = await new Desk(issues(1, 1)).run(['status']);
		expect(code).toBe(1);
		expect(err.trim()).toBe('还没有索引，请先运行 wenqu index。');
	});
});

describe('check --repair', () => {
	it('lists what it repaired, and that all is well then', async () => {
		const desk = new Desk(issues(1, 2));
		await desk.run(['index']);
		appendFileSync(join(desk.dir, 'index', 'wenqu-000001.sqlite'), 'x');
		expect((await desk.run(['check'])).code).toBe(1);
		const { code, out, err } = await desk.run(['check', '--repair']);
		expect(code).toBe(0);
		expect(out).toMatch(/^已修复：wenqu-000001\.sqlite .+\n完好：2 期/u);
		expect(err).toContain('索引有损坏，正在修复');
		const again = await desk.run(['check', '--repair', '--json']);
		expect(JSON.parse(again.out)).toMatchObject({ problems: [], repaired: [], lost: [], issues: 2 });
	});

	it('names what it cannot repair, and ends with 1', async () => {
		const desk = new Desk(issues(1, 2));
		await desk.run(['index']);
		const [file = ''] = Object.keys(issues(1, 1));
		desk.write(file, Buffer.from([0, 1, 2, 3, 255, 254, 0, 0]));
		const { code, out } = await desk.run(['check', '--repair']);
		expect(code).toBe(1);
		expect(out).toContain(`没有修好：${file} 不在索引里了`);
	});

	it('a question mends the index on its way, with a line on standard error', async () => {
		const desk = new Desk(issues(1, 2));
		await desk.run(['index']);
		appendFileSync(join(desk.dir, 'index', 'wenqu-000001.sqlite'), 'x');
		const { code, err } = await desk.run(['search', '防汛工作']);
		expect(code).toBe(0);
		expect(err).toContain('索引有损坏，正在修复：wenqu-000001.sqlite');
		expect((await desk.run(['check'])).code).toBe(0);
	});
});
