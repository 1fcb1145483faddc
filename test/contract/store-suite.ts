import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Answerer } from '../../src/answering/answerer.js';
import { THRESHOLDS } from '../../src/answering/thresholds.js';
import type { Answer } from '../../src/answering/types.js';
import type { IndexReport } from '../../src/indexing/types.js';
import type { OpenGeneration } from '../../src/keeping.js';
import type { Store } from '../../src/store/store.js';
import { articlesOf, deskOver, memoryStore } from '../support/desk.js';
import { type IndexFolder, issueFile, issues, issueText } from '../support/index-folder.js';

/** An index under test, over the issue files of a folder. */
export interface Kept {
	readonly folder: IndexFolder;
	update(options?: { readonly rebuild?: boolean; readonly withoutModel?: boolean }): Promise<IndexReport>;
	open(): Promise<OpenGeneration>;
	destroy(): Promise<void>;
}

const ODD = `# 云州区召开座谈会\n\n本报讯（记者 陈小雨）7月3日，区委书记周正平主持座谈会，ＡＢＣ公司经理阿依古丽·买买提参加。\n会上说：“😀绿色
发展”要抓好。\n`;
const FILES = { ...issues(1, 6), 'undated.txt': ODD };
const QUESTIONS = [
	'谁参加了云州区第1次防汛工作会议？',
	'周正平参加了哪些活动？',
	'谁参加的活动最多？',
	'第3次会议投入资金多少万元？',
	'火星上开了什么会？',
	'李四光是谁？',
	'2025年3月有哪些会议？',
	'提到河道治理的报道有哪些？',
];

/** What every store must hold to, whatever keeps it. `make` gives an index over these files, not yet brought up to date. */
export function describeStore(name: string, make: (files: Readonly<Record<string, string>>) => Promise<Kept>): void {
	describe(name, () => {
		const wanted: Store = memoryStore(articlesOf(FILES));
		let kept: Kept;
		let open: OpenGeneration;
		beforeAll(async () => {
			kept = await make(FILES);
			await kept.update();
			open = await kept.open();
		});
		afterAll(() => kept?.destroy());

		it('lists issues and headings as the files have them', async () => {
			const { snapshot } = open;
			expect(snapshot.counts).toMatchObject({ issues: 7, articles: wanted.counts.articles });
			expect(snapshot.newestDate).toBe(wanted.newestDate);
			const plain = snapshot
				.issues()
				.map(({ file, issueDate, first, articles }) => ({ file, issueDate, first, articles }));
			expect(plain).toEqual(wanted.issues());
			const headings = await snapshot.headings(snapshot.issues().slice(1, 4));
			const all = await wanted.headings(wanted.issues().slice(1, 4));
			expect(headings.map(({ number, headline }) => [number, headline])).toEqual(
				all.map(({ number, headline }) => [number, headline]),
			);
		});

		it('gives articles whole, in the order asked for, and none that is not there', async () => {
			const numbers = [5, 0, wanted.counts.articles - 1, 5];
			expect(await open.snapshot.articles(numbers)).toEqual(await wanted.articles(numbers));
			await expect(open.snapshot.article(wanted.counts.articles)).rejects.toThrow(RangeError);
			for (const { file } of wanted.issues())
				for (const place of [0, 3, 150, 100_000])
					expect((await open.snapshot.articleAt(file, place))?.number).toBe(
						(await wanted.articleAt(file, place))?.number,
					);
			expect(await open.snapshot.articleAt('none.txt', 0)).toBeNull();
		});

		it.each([
			'防汛工作',
			'云',
			'。',
			'第1次',
			'“😀绿色\n发展”',
			'\uD83D',
			'周正平主持',
			'不在报上',
			'本报讯（记者 陈小雨）',
		])('finds every article that holds %j', async (text) => {
			expect(await open.snapshot.articlesContaining(text)).toEqual(await wanted.articlesContaining(text));
		});

		it.each([null, '云州', '养老服务', '不在报上'])(
			'finds the meetings of some issues whose articles hold %j',
			async (text) => {
				const { snapshot } = open;
				const listed = snapshot.issues();
				const own = wanted.issues();
				expect(await snapshot.gatherings(listed, null)).not.toEqual([]);
				for (const [from, to] of [
					[0, listed.length],
					[1, 4],
					[2, 3],
					[0, 0],
				])
					expect(await snapshot.gatherings(listed.slice(from, to), text)).toEqual(
						await wanted.gatherings(own.slice(from, to), text),
					);
			},
		);

		it('finds strings whatever their width and case', async () => {
			expect(await open.snapshot.articlesContaining('abc公司')).toHaveLength(1);
			expect(await open.snapshot.articlesContaining('')).toEqual([]);
		});

		it('knows people by name, by likeness and by what they took part in', async () => {
			const { snapshot } = open;
			const names = [...(await wanted.people())];
			expect([...(await snapshot.people())].sort()).toEqual([...names].sort());
			for (const person of [...names, '无此人'])
				expect(await snapshot.articlesNaming(person)).toEqual(await wanted.articlesNaming(person));
			const found = await snapshot.peopleIn('周正平和阿依古丽·买买提去了哪里？');
			expect([found.has('周正平'), found.has('阿依古丽·买买提'), found.has('和阿')]).toEqual([true, true, false]);
			for (const like of ['周正江', '周平', '立', '阿依古丽', '[.*+'])
				expect(await snapshot.peopleLike(like)).toEqual(await wanted.peopleLike(like));
			expect(await snapshot.mostActive()).toEqual(await wanted.mostActive());
			expect(await snapshot.mostNamed()).toBe(await wanted.mostNamed());
		});

		it('proves quotes by the text of the issue', async () => {
			expect(await open.source('undated.txt')).toBe(ODD);
			expect(await open.source('none.txt')).toBeNull();
		});

		it('ranks the article that is asked for first', async () => {
			const [first] = await open.retriever.searchArticles('北苑街道养老服务会议', 3);
			const headline = (await open.snapshot.article(first?.article ?? 0)).headline;
			expect(headline).toMatch(/北苑街道|养老服务/u);
			expect(first?.hits[0]?.passage.article).toBe(first?.article);
			const quick = await open.retriever.searchArticles('北苑街道养老服务会议', 3, { keywordsOnly: true });
			expect(quick.length).toBeGreaterThan(0);
			expect(await open.retriever.searchArticles('的了吗', 5, { keywordsOnly: true })).toEqual([]);
		});

		it('answers, each quote proven, and refuses', async () => {
			const answers = await answersOf(open);
			expect(answers.map(({ status }) => status)).toContain('answered');
			expect(answers[4]?.status).toBe('not_found');
		});

		it('goes on to the next generation as a whole, and the one before stays as it was', async () => {
			const before = await contents(open.snapshot);
			kept.folder.write(issueFile(9), issueText(9));
			kept.folder.write(issueFile(2), issueText(12));
			kept.folder.remove(issueFile(1));
			const report = await kept.update();
			expect(report.issues).toMatchObject({
				...{ added: [issueFile(9)], changed: [issueFile(2)], removed: [issueFile(1)], unchanged: 5 },
			});
			expect(await contents(open.snapshot)).toEqual(before);
			const files: Record<string, string> = { ...FILES, [issueFile(9)]: issueText(9), [issueFile(2)]: issueText(12) };
			delete files[issueFile(1)];
			const grown = await kept.open();
			expect(await contents(grown.snapshot)).toEqual(await contents(memoryStore(articlesOf(files))));
			const answers = await answersOf(grown);
			await kept.update({ rebuild: true });
			const rebuilt = await kept.open();
			expect(await contents(rebuilt.snapshot)).toEqual(await contents(grown.snapshot));
			expect(await answersOf(rebuilt)).toEqual(answers);
		});

		it('computes no vector twice, and fills in those that a run without the model left out', async () => {
			// Texts that no other suite on the same cluster has: vectors are shared between namespaces.
			const own = await make(issues(220, 221));
			try {
				const bare = await own.update({ withoutModel: true });
				expect(bare.model).toBeNull();
				expect((await own.open()).snapshot.counts.articles).toBe(4);
				const full = await own.update();
				expect([full.embedded, full.model]).toEqual([4, 'pairs-64']);
				expect((await own.update()).embedded).toBe(0);
				own.folder.write('renamed.txt', issueText(220));
				expect((await own.update()).embedded).toBe(0);
			} finally {
				await own.destroy();
			}
		});
	});
}

/** Answers to the questions of the suite, without what time they took. */
export async function answersOf({ snapshot, retriever, source }: OpenGeneration): Promise<readonly Answer[]> {
	const { wording } = deskOver({});
	const desk = { snapshot, retriever, wording, thresholds: THRESHOLDS, reader: async () => null };
	const answerer = new Answerer(desk, source);
	const answers: Answer[] = [];
	for (const question of QUESTIONS) answers.push({ ...(await answerer.answer(question)).answer, ms: 0 });
	return answers;
}

async function contents(store: Store): Promise<unknown> {
	const numbers = Array.from({ length: store.counts.articles }, (_, number) => number);
	return [await store.articles(numbers), [...(await store.people())].sort(), store.newestDate];
}
