import { fuse } from '../dist/retrieval/fuse.js';
import { KeywordLeg } from '../dist/retrieval/keyword.js';
import { openRetriever } from '../dist/retrieval/open.js';
import { VectorLeg } from '../dist/retrieval/vector.js';
import { highest } from '../dist/store/highest.js';

/** So many passages of each leg are looked at, the same for every way. */
const DEPTH = 100;
/** The constant of reciprocal rank fusion that everybody uses. */
const RRF = 60;

/** The ways to find a report that are compared: each gives passage numbers, best first. */
async function ways(snapshot, embedder) {
	const keywords = new KeywordLeg(snapshot);
	const vectors = new VectorLeg(snapshot, async () => embedder);
	const both = async (query) => [keywords.scores(query), await vectors.scores(query, DEPTH)];
	const keywordOnly = { 'keyword alone': async (query) => highest(keywords.scores(query), DEPTH, 0) };
	if (!embedder || snapshot.model !== embedder.id) return keywordOnly;
	return {
		...keywordOnly,
		'vectors alone': async (query) => (await vectors.scores(query, DEPTH)).nearest.map(({ passage }) => passage),
		'ranks fused (RRF)': async (query) => {
			const [keyword, vector] = await both(query);
			const sums = new Map();
			for (const list of [highest(keyword, DEPTH, 0), vector.nearest.map(({ passage }) => passage)]) {
				list.forEach((passage, n) => {
					sums.set(passage, (sums.get(passage) ?? 0) + 1 / (RRF + n + 1));
				});
			}
			return [...sums].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([passage]) => passage);
		},
		'normalised sum': async (query) => {
			const [keyword, vector] = await both(query);
			return fuse(keyword, vector, DEPTH).map(({ passage }) => passage);
		},
	};
}

/** Right report at 1, 5 and 10 and mean reciprocal rank of every way; a table row each. */
export async function compareFinding(snapshot, embedder, reader, questions, right) {
	const headlines = snapshot.headlines();
	const { article } = snapshot.passageTable();
	const reportOf = (number) => headlines[number].file.replace(/\.txt$/u, '');
	const retriever = openRetriever(
		snapshot,
		async () => embedder,
		async () => reader,
	);
	const all = Object.entries(await ways(snapshot, embedder)).map(([name, rank]) => [
		name,
		async (query) => (await rank(query)).map((passage) => reportOf(article[passage])),
	]);
	for (const [name, closeRead] of [
		['wenqu, nothing read', false],
		['wenqu', true],
	]) {
		const search = (query) => retriever.searchArticles(query, DEPTH, { closeRead });
		all.push([name, async (query) => (await search(query)).map((found) => reportOf(found.article))]);
	}
	const rows = [];
	for (const [name, rank] of all) {
		const ranks = [];
		for (const [n, { q }] of questions.entries()) {
			const reports = [...new Set(await rank(q))];
			ranks.push(reports.findIndex((id) => right[n].has(id)) + 1);
		}
		const at = (k) => `${((100 * ranks.filter((rank) => rank > 0 && rank <= k).length) / ranks.length).toFixed(1)} %`;
		const mrr = ranks.reduce((sum, rank) => sum + (rank > 0 ? 1 / rank : 0), 0) / ranks.length;
		rows.push({ way: name, 'at 1': at(1), 'at 5': at(5), 'at 10': at(10), MRR: mrr.toFixed(3) });
	}
	return rows;
}
