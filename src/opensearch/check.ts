import type { CheckReport } from '../indexing/check.js';
import { reasonOf } from '../indexing/scan.js';
import { readIssueFile } from '../newspaper/read.js';
import { readingOf } from '../newspaper/reading.js';
import type { Gap } from '../newspaper/types.js';
import { cutPassages } from '../passages/cut.js';
import { RECIPE } from '../store/manifest.js';
import { dimensionOf } from '../store/packed-vector.js';
import type { StoredArticle } from '../store/types.js';
import type { Range } from '../text/mapped.js';
import { ClusterStore } from './cluster-store.js';
import {
	type IssueDocument,
	issueDocument,
	type PassageDocument,
	passageDocument,
	passageHolds,
	textDigest,
} from './documents.js';
import { ISSUES, passagesIndex } from './indexes.js';
import type { ListedIssue } from './issue-list.js';
import { type ClusterPlace, onlyNamespace } from './place.js';
import { getAll } from './search.js';
import { type NamespaceState, readState } from './state.js';

/**
 * Proves a namespace issue by issue: texts by their digests, articles and passages by theirs and by the text, every
 * character in an article or a listed gap, every passage with a vector where there is a model, the counts by what was
 * found. With a folder the issue files are compared too. Reads only. Throws a ClusterError where it cannot be read.
 */
export async function checkCluster(place: ClusterPlace, seedsDir: string | null): Promise<CheckReport> {
	const namespace = onlyNamespace(place.settings);
	const seen = await readState(place.cluster, namespace);
	const none = { issues: 0, articles: 0, passages: 0, vectors: 0 };
	if (!seen || seen.state.generation === 0) return { problems: [`集群的 ${namespace} 里还没有索引。`], ...none };
	const { state } = seen;
	const store = await ClusterStore.open(place.cluster, [{ namespace, state }]);
	const problems = state.recipe === RECIPE ? [] : [`索引的格式或切分方法（${state.recipe}）不是现在的（${RECIPE}）`];
	const found = { ...none };
	for (const issue of store.list.issues) {
		const [document] = await getAll(place.cluster, ISSUES, [issue.id]);
		if (document === null) {
			problems.push(`${issue.file}：期的记录缺失`);
			continue;
		}
		const parsed = issueDocument.parse(document);
		problems.push(...(await issueFaults(parsed, seedsDir)));
		const passages = await checkPassages(store, state, issue, problems);
		found.issues++;
		found.articles += issue.articles;
		found.passages += passages.length;
		found.vectors += passages.filter(({ model }) => model === state.model).length;
		await checkArticles(store, issue, parsed, passages, problems);
	}
	const { counts, vectors } = state;
	const isCounted = found.issues === counts.issues && found.articles === counts.articles;
	if (!isCounted || found.passages !== counts.passages || found.vectors !== vectors)
		problems.push('期、文章、段落或向量的数目与发布时不符');
	return { problems, ...found };
}

async function issueFaults(issue: IssueDocument, seedsDir: string | null): Promise<string[]> {
	if (textDigest(issue.text) !== issue.textSha256) return [`${issue.file}：期的原文已损坏`];
	if (seedsDir === null) return [];
	try {
		const { sha256 } = await readIssueFile(seedsDir, issue.file);
		return sha256 === issue.sha256 ? [] : [`${issue.file}：文件在建索引之后有变动，请运行 wenqu index`];
	} catch (error) {
		return [`${issue.file}：${reasonOf(error)}`];
	}
}

async function checkPassages(
	store: ClusterStore,
	state: NamespaceState,
	issue: ListedIssue,
	problems: string[],
): Promise<readonly PassageDocument[]> {
	const ids = Array.from({ length: issue.articles }, (_, n) => store.list.passageIds(issue.first + n)).flat();
	const documents = await getAll(store.cluster, passagesIndex(state.dimension), ids);
	const passages = documents.flatMap((document) => (document === null ? [] : [passageDocument.parse(document)]));
	const broken = passages.filter((passage) => !passageHolds(passage)).length;
	const odd = passages.filter(
		({ packed }) => packed !== undefined && dimensionOf(Buffer.from(packed, 'base64')) !== state.dimension,
	);
	if (passages.length < ids.length) problems.push(`${issue.file}：缺 ${ids.length - passages.length} 段`);
	if (broken > 0) problems.push(`${issue.file}：${broken} 段的记录已损坏`);
	if (odd.length > 0) problems.push(`${issue.file}：${odd.length} 个向量的维数不对`);
	return passages;
}

async function checkArticles(
	store: ClusterStore,
	issue: ListedIssue,
	{ text, gaps }: IssueDocument,
	passages: readonly PassageDocument[],
	problems: string[],
): Promise<void> {
	const numbers = Array.from({ length: issue.articles }, (_, n) => issue.first + n);
	const articles = await store.articles(numbers);
	const ranges: Range[] = [...articles, ...(JSON.parse(gaps) as readonly Gap[])];
	let at = 0;
	for (const { start, end } of ranges.sort((a, b) => a.start - b.start || a.end - b.end)) {
		if (start !== at) break;
		at = end;
	}
	if (at !== text.length) problems.push(`${issue.file}：第 ${at} 个字符起不在任何文章或空白里，或重叠`);
	for (const [place, article] of articles.entries()) {
		const own = passages.filter((passage) => passage.place === place);
		if (text.slice(article.start, article.end) !== article.source)
			problems.push(`${issue.file}：“${article.headline}”的原文与这一期不一致`);
		if (!isCut(article, own)) problems.push(`${issue.file}：“${article.headline}”有一段与原文不符`);
	}
}

/** Whether the passages are what the text gives, cut anew. */
function isCut(article: StoredArticle, passages: readonly PassageDocument[]): boolean {
	const cut = cutPassages(article, readingOf(article, article.source));
	return (
		cut.length === passages.length &&
		cut.every(
			(one, n) => one.id === passages[n]?.content && one.start === passages[n]?.start && one.text === passages[n]?.text,
		)
	);
}
