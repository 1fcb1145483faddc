import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fuse } from '../../src/retrieval/fuse.js';
import { KeywordLeg } from '../../src/retrieval/keyword.js';
import { openRetriever } from '../../src/retrieval/open.js';
import { highest } from '../../src/store/highest.js';
import type { SearchableSnapshot } from '../../src/store/types.js';
import { segment } from '../../src/text/segment.js';
import { IndexFolder, issues } from '../support/index-folder.js';

const made = new IndexFolder(issues(1, 20));
let snapshot: SearchableSnapshot;
beforeAll(async () => {
	await made.update();
	snapshot = made.open();
});
afterAll(() => {
	snapshot.close();
	made.destroy();
});

const QUESTIONS = [
	'谁主持了防汛工作会议？',
	'东海银行投入资金多少万元？',
	'第7次河道治理会议',
	'区委书记周正平',
	'ABC 完全无关 xyz',
];

/** BM25 by the book, over texts instead of postings. */
function byTheBook(query: string): number[] {
	const [k1, b, wordWeight, headlineWeight] = [0.9, 0.4, 0.5, 2];
	const passages = snapshot.headlines().flatMap(({ number }) => snapshot.passagesOf(number));
	const all = (text: string): string[] => {
		const { words, grams } = segment(text);
		return [...words.map((word) => `w${word}`), ...grams.map((gram) => `g${gram}`)];
	};
	const terms = passages.map(({ text, headline }) => ({ body: all(text), head: all(headline) }));
	const lengths = terms.map(({ body, head }) => body.length + head.length);
	const mean = lengths.reduce((sum, length) => sum + length, 0) / lengths.length;
	return passages.map((_, n) =>
		all(query).reduce((sum, term) => {
			const holding = terms.filter(({ body, head }) => body.includes(term) || head.includes(term)).length;
			const count = (list: readonly string[] = []): number => list.filter((one) => one === term).length;
			const frequency = count(terms[n]?.body) + headlineWeight * Math.min(3, count(terms[n]?.head));
			if (frequency === 0) return sum;
			const rarity = Math.log(1 + (passages.length - holding + 0.5) / (holding + 0.5));
			const norm = k1 * (1 - b + (b * (lengths[n] ?? 0)) / mean);
			return sum + ((term.startsWith('w') ? wordWeight : 1) * rarity * (k1 + 1) * frequency) / (frequency + norm);
		}, 0),
	);
}

describe('the keyword leg', () => {
	it.each(QUESTIONS)('scores as BM25 by the book: %s', (question) => {
		const scores = new KeywordLeg(snapshot).scores(question);
		byTheBook(question).forEach((expected, n) => {
			expect(scores[n]).toBeCloseTo(expected, 3);
		});
	});

	it('finds nothing for nothing', () => {
		expect(highest(new KeywordLeg(snapshot).scores('的了吗？'), 10, 0)).toEqual([]);
		expect(highest(new KeywordLeg(snapshot).scores(''), 10, 0)).toEqual([]);
	});
});

describe('the fusion', () => {
	const keyword = Float32Array.from([0, 5, 4, 0, 1]);

	it('is the keyword leg where there are no vectors', () => {
		expect(fuse(keyword, null, 10).map(({ passage }) => passage)).toEqual([1, 2, 4]);
	});

	it('takes in what only the vector leg found', () => {
		const cosines = [0.9, 0.1, 0.2, 0.3, 0.1];
		const nearest = [{ passage: 0, score: 0.9 }];
		const ranked = fuse(keyword, { nearest, of: (passage) => cosines[passage] ?? null }, 10);
		expect(ranked.map(({ passage }) => passage).sort()).toEqual([0, 1, 2, 4]);
		expect(ranked.find(({ passage }) => passage === 0)?.scores).toEqual({ keyword: 0, vector: 0.9 });
	});

	it('breaks ties by place', () => {
		const same = Float32Array.from([2, 2, 2, 2]);
		expect(fuse(same, { nearest: [], of: () => 0.5 }, 10).map(({ passage }) => passage)).toEqual([0, 1, 2, 3]);
	});
});

describe('a retriever', () => {
	it('gives each hit the scores that made it', async () => {
		const hits = await openRetriever(snapshot, async () => made.embedder).search('第7次防汛工作会议', 5);
		expect(hits).toHaveLength(5);
		for (const { score, scores, passage } of hits) {
			expect(score).toBeGreaterThan(0);
			expect(scores.vector).toBeGreaterThan(0);
			expect(snapshot.passage(passage.number)).toEqual(passage);
		}
		expect(hits.map(({ score }) => score)).toEqual(hits.map(({ score }) => score).sort((a, b) => b - a));
	});

	it('opens the embedder only when vectors are wanted', async () => {
		let opened = 0;
		const retriever = openRetriever(snapshot, async () => {
			opened++;
			return made.embedder;
		});
		await retriever.searchArticles('防汛工作', 5, { keywordsOnly: true });
		expect(opened).toBe(0);
		await retriever.searchArticles('防汛工作', 5);
		expect(opened).toBe(1);
	});

	it('works on keywords where there is no model', async () => {
		const hits = await openRetriever(snapshot, async () => null).search('防汛工作', 5);
		expect(hits.length).toBeGreaterThan(0);
		expect(hits.every(({ scores }) => scores.vector === 0)).toBe(true);
	});

	it('lets the passages of an article vote for it', async () => {
		const [first] = await openRetriever(snapshot, async () => made.embedder).searchArticles('第7次防汛工作会议', 3);
		expect(first?.hits.length).toBeGreaterThan(0);
		expect(first?.score).toBeGreaterThanOrEqual(first?.hits[0]?.score ?? Number.POSITIVE_INFINITY);
	});

	it('lets the reader tell close articles apart, where that is asked for', async () => {
		const [first, second] = await openRetriever(snapshot, async () => made.embedder).searchArticles('防汛工作会议', 2);
		let asked = 0;
		const retriever = openRetriever(
			snapshot,
			async () => made.embedder,
			async () => ({
				id: 'knows the second',
				read: async () => {
					// The best is read first.
					const isIt = ++asked === 2;
					return { answerable: isIt ? 1 : 0, spans: [{ start: 0, end: 1, score: isIt ? 12 : -12 }], pieces: [] };
				},
			}),
		);
		expect((await retriever.searchArticles('防汛工作会议', 2))[0]?.article).toBe(first?.article);
		expect(asked).toBe(0);
		expect((await retriever.searchArticles('防汛工作会议', 2, { closeRead: true }))[0]?.article).toBe(second?.article);
		asked = 0;
		expect((await retriever.search('防汛工作会议', 2))[0]?.passage.article).toBe(second?.article);
	});

	it('takes a question of any length', async () => {
		const retriever = openRetriever(snapshot, async () => made.embedder);
		expect((await retriever.search('防汛工作会议'.repeat(1_700), 5)).length).toBeGreaterThan(0);
		expect(await retriever.search('', 5)).toBeInstanceOf(Array);
	});
});
