import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { IndexFolder, issueFile, issues, issueText } from '../support/index-folder.js';
import { startIndexer } from '../support/indexer.js';
import { Desk } from '../support/wenqu.js';

const isNightly = process.env['WENQU_NIGHTLY'] === '1';
const isRoot = process.getuid?.() === 0;
/** Files of one kind in a folder. */
const MANY = isNightly ? 20_000 : 400;
const GIGABYTE = 2 ** 30;

const folders: IndexFolder[] = [];
function folder(files: Readonly<Record<string, string>> = {}): IndexFolder {
	const made = new IndexFolder(files);
	folders.push(made);
	return made;
}
afterEach(() => {
	for (const made of folders.splice(0)) made.destroy();
	// Forty thousand files take their time to go.
}, 600_000);

/** What the indexer, a process of its own, made of the folder. */
async function indexed(made: IndexFolder): Promise<{
	readonly articles: number;
	readonly megabytes: number;
	readonly added: readonly string[];
	readonly skipped: ReadonlyMap<string, string>;
}> {
	const { code, signal, out, err } = await startIndexer(made).ended;
	expect({ code, signal, err }).toEqual({ code: 0, signal: null, err: '' });
	const { articles, megabytes, issues: of, skipped } = JSON.parse(out);
	const lines = skipped.map(({ file, message }: { file: string; message: string }) => [file, message] as const);
	return { articles, megabytes, added: of.added, skipped: new Map(lines) };
}

/** Runs a tool of the system. */
function system(...[tool = '', ...args]: readonly string[]): void {
	execFileSync('sh', ['-c', 'exec "$0" "$@"', tool, ...args], { stdio: 'ignore' });
}

describe('files that are no issues are named and skipped, the rest is indexed:', () => {
	it('links that lead out or round, pipes, devices, folders, what only calls itself text', async () => {
		const made = folder(issues(1, 3));
		const at = (name: string): string => join(made.seedsDir, name);
		writeFileSync(join(made.root, 'outside.txt'), issueText(90));
		symlinkSync(join(made.root, 'outside.txt'), at('out.txt'));
		symlinkSync('../outside.txt', at('up.txt'));
		symlinkSync('/dev/zero', at('zero.txt'));
		symlinkSync('loop.txt', at('loop.txt'));
		symlinkSync(made.root, at('linked'));
		symlinkSync('gone.txt', at('dangling.txt'));
		system('mkfifo', at('pipe.txt'));
		if (isRoot) system('mknod', at('device.txt'), 'c', '1', '5');
		mkdirSync(at('folder.txt'));
		writeFileSync(at('sparse.txt'), '');
		truncateSync(at('sparse.txt'), GIGABYTE);
		writeFileSync(at('bomb.txt'), gzipSync(Buffer.alloc(50 * 2 ** 20)));
		writeFileSync(at('bomb2.txt'), Buffer.concat([Buffer.from('PK\u0003\u0004'), deflateRawSync(Buffer.alloc(9e6))]));
		const { articles, megabytes, added, skipped } = await indexed(made);
		expect([...added].sort()).toEqual(Object.keys(issues(1, 3)).sort());
		expect(articles).toBe(6);
		expect(megabytes).toBeLessThan(1_000);
		const expected = ['out.txt', 'up.txt', 'zero.txt', 'loop.txt', 'linked', 'dangling.txt', 'pipe.txt'];
		expected.push('sparse.txt', 'bomb.txt', 'bomb2.txt', ...(isRoot ? ['device.txt'] : []));
		expect([...skipped.keys()].sort()).toEqual(expected.sort());
		for (const [file, message] of skipped) {
			expect(message, file).not.toMatch(/\n|\/tmp/u);
			expect(message.length, file).toBeGreaterThan(3);
		}
		expect(skipped.get('sparse.txt')).toContain('1024 MB');
		expect(skipped.get('bomb.txt')).toContain('不是文本');
	});

	it('names that climb out of the folder, or are no text themselves', async () => {
		const made = folder(issues(1, 2));
		const names = [
			'..\\..\\x.txt',
			'x\\..\\..\\y.txt',
			'..txt',
			'. .txt',
			'a\u001b[2Jb.txt',
			'\u202egnp.txt',
			'换\n行.txt',
			'-rf.txt',
			'$(id).txt',
		];
		for (const name of names) made.write(name, issueText(50));
		// Bytes that are no UTF-8.
		writeFileSync(
			Buffer.concat([Buffer.from(`${made.seedsDir}/`), Buffer.from([0xff, 0xfe, 0x2e, 0x74, 0x78, 0x74])]),
			'x',
		);
		const { articles, skipped } = await indexed(made);
		// All but the three that are hidden and the one that climbs hold the same two articles as the first of them.
		expect(articles).toBe(4 + 2 * (names.length - 4));
		expect([...skipped.keys()].filter((name) => name.includes('..\\'))).toHaveLength(1);
		expect(skipped.size).toBe(2);
		for (const message of skipped.values()) expect(message).not.toMatch(/[\u0000-\u001f\u202e]/u);
	});

	it('a megabyte in one line is read in seconds, whatever it says', async () => {
		const made = folder(issues(1, 1));
		const lines = {
			sentences: '周正平出席会议。',
			names: '周正平、',
			participants: '参加会议的有区长周正平、副区长吴立新、',
			brackets: '（',
			credits: '摄 ',
			blanks: ' ',
			cells: '甲\t',
			dates: '2024年1月1日',
		};
		for (const [name, text] of Object.entries(lines))
			made.write(`${name}.txt`, `云州区召开会议\n\n${text.repeat(Math.ceil(350_000 / text.length))}\n`);
		const started = performance.now();
		const { articles, megabytes } = await indexed(made);
		// Each alone took minutes to hours once; the bound leaves room for a machine that is busy.
		expect(performance.now() - started).toBeLessThan(100_000);
		expect(articles).toBeGreaterThanOrEqual(2 + Object.keys(lines).length);
		expect(megabytes).toBeLessThan(1_000);
	}, 150_000);

	it(`${MANY} issues and as many other files`, async () => {
		const made = folder();
		for (let n = 0; n < MANY; n++) {
			made.write(`${n}.txt`, `第${n}号通知\n\n昨日上午，云州区第${n}号通知发出。\n`);
			made.write(`${n}.jpg`, 'x');
		}
		const { articles, megabytes, skipped } = await indexed(made);
		expect(articles).toBe(MANY);
		expect(skipped.size).toBe(MANY);
		expect(megabytes).toBeLessThan(1_000);
	}, 600_000);
});

describe('in front of an answer', () => {
	it('at most twenty skipped files are named', async () => {
		const desk = new Desk(issues(1, 1));
		for (let n = 0; n < 50; n++) desk.write(`${n}.jpg`, 'x');
		const { err } = await desk.run(['search', '防汛工作']);
		expect(err.match(/^跳过 /gmu)).toHaveLength(20);
		expect(err).toContain('另有 30 个文件也跳过了');
		expect((await desk.run(['index'])).err.match(/^跳过 /gmu)).toHaveLength(50);
	});

	it('what plays tricks on a terminal is made visible: in headlines, quotes, names and complaints', async () => {
		const tricks = '\u001b]0;x\u0007\u001b[31m\u202e\u2066\u0085';
		const desk = new Desk({
			[issueFile(1)]: issueText(1).replace('会议', `会议${tricks}`),
			[`a\u001b[2J\u202e.txt`]: `云州区召开河道治理会议${tricks}\n\n昨日上午，云州区召开河道治理会议${tricks}，区委书记周正平主持。\n`,
			'b\u001b[2J\u202e.txt': '',
		});
		for (const args of [
			['index'],
			['articles'],
			['search', '河道治理会议'],
			['ask', '谁主持了河道治理会议？'],
			['status'],
			['check'],
		]) {
			const { code, out, err } = await desk.run(args);
			expect(code, args.join(' ')).toBe(0);
			expect(out + err, args.join(' ')).not.toMatch(
				/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/u,
			);
		}
	}, 60_000);
});
