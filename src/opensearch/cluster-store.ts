import { type Active, type Heading, MOST_NAMED, type Store, type StoredIssue } from '../store/store.js';
import type { StoredArticle } from '../store/types.js';
import { fold } from '../text/fold.js';
import type { Cluster } from './cluster.js';
import { articleDocument, issueDocument, storedArticle } from './documents.js';
import { clusterError } from './failure.js';
import { ARTICLES, ISSUES } from './indexes.js';
import { IssueList, placeOf } from './issue-list.js';
import { allNames, mostNamed, namesIn, namesLike, partsOf } from './names.js';
import { neighbours, unit } from './neighbours.js';
import { getAll, searchAll } from './search.js';
import type { NamespaceState } from './state.js';
import { visibleOf } from './state.js';
import { visible } from './visibility.js';

/** Documents asked for in one request. */
const AT_ONCE = 200;
/** Texts whose names were looked up are remembered: a conversation asks after the same ones again. */
const REMEMBERED = 200;
const BY_PLACE = [{ issue: 'asc' }, { place: 'asc' }];
const PLACE = { _source: false, docvalue_fields: ['issue', 'place'] };

/** A namespace and how it stood when the store was opened. */
export interface NamespacePart {
	readonly namespace: string;
	readonly state: NamespaceState;
}

/** The engine takes 65,536 terms at most. */
const ISSUES_AT_ONCE = 20_000;

/** One generation of one namespace, or of several side by side, in a cluster. Only the list of issues is in memory. */
export class ClusterStore implements Store {
	readonly counts: Store['counts'];
	readonly newestDate: string | null;
	/** Shows what belongs to the generation. */
	readonly filter: object;
	readonly #names = new Map<string, Promise<ReadonlySet<string>>>();

	private constructor(
		readonly cluster: Cluster,
		readonly parts: readonly NamespacePart[],
		readonly list: IssueList,
	) {
		const sum = (of: keyof Store['counts']): number => parts.reduce((all, { state }) => all + state.counts[of], 0);
		this.counts = { issues: sum('issues'), articles: sum('articles'), passages: sum('passages') };
		this.newestDate =
			parts
				.flatMap(({ state }) => state.newestDate ?? [])
				.sort()
				.at(-1) ?? null;
		this.filter = visible(parts.map(({ namespace, state }) => visibleOf(namespace, state)));
	}

	/** Opens the generations that these states publish. Throws a ClusterError. */
	static async open(cluster: Cluster, parts: readonly NamespacePart[]): Promise<ClusterStore> {
		const list = await IssueList.read(
			cluster,
			parts.map(({ namespace, state }) => visibleOf(namespace, state)),
		);
		return new ClusterStore(cluster, parts, list);
	}

	issues(): readonly StoredIssue[] {
		return this.list.issues.filter(({ articles }) => articles > 0);
	}

	async headings(issues: readonly StoredIssue[]): Promise<readonly Heading[]> {
		const wanted = issues.map(({ first }) => this.list.issueOf(first));
		const ids = wanted.map(({ id }) => id);
		const headlines = (await this.#documents(ISSUES, ids, ['headlines'])).map(
			(document) => issueDocument.pick({ headlines: true }).parse(document).headlines,
		);
		return wanted.flatMap(({ file, issueDate, first }, n) =>
			(headlines[n] ?? []).map((headline, place) => ({ number: first + place, file, issueDate, headline })),
		);
	}

	async article(number: number): Promise<StoredArticle> {
		const [article] = await this.articles([number]);
		if (!article) throw new RangeError(`There is no article ${number}`);
		return article;
	}

	async articles(numbers: readonly number[]): Promise<readonly StoredArticle[]> {
		const ids = numbers.map((number) => this.list.articleId(number));
		const documents = await this.#documents(ARTICLES, ids);
		return documents.map((document, n) => {
			const number = numbers[n] ?? 0;
			const { file, issueDate } = this.list.issueOf(number);
			return storedArticle(articleDocument.parse(document), { number, file, issueDate });
		});
	}

	async articleAt(file: string, place: number): Promise<StoredArticle | null> {
		const issue = this.list.byFile(file);
		const at = issue?.starts.findLastIndex((start) => start <= place) ?? -1;
		if (!issue || at < 0) return null;
		const article = await this.article(issue.first + at);
		return place < article.end ? article : null;
	}

	async articlesNaming(person: string): Promise<readonly number[]> {
		return this.#numbers([{ term: { people: person } }]);
	}

	async articlesContaining(text: string): Promise<readonly number[]> {
		const holds = holding(text);
		return holds ? this.#numbers([holds]) : [];
	}

	async gatherings(issues: readonly StoredIssue[], text: string | null): Promise<readonly number[]> {
		const holds = text === null ? null : holding(text);
		if (text !== null && !holds) return [];
		const filters = [{ term: { gathering: true } }, ...(holds ? [holds] : [])];
		// All issues need no list of them.
		if (issues.length === this.issues().length) return this.#numbers(filters);
		const ids = issues.map(({ first }) => this.list.issueOf(first).id);
		const numbers: number[] = [];
		for (let at = 0; at < ids.length; at += ISSUES_AT_ONCE)
			numbers.push(...(await this.#numbers([...filters, { terms: { issue: ids.slice(at, at + ISSUES_AT_ONCE) } }])));
		return numbers.sort((a, b) => a - b);
	}

	peopleIn(text: string): Promise<ReadonlySet<string>> {
		const known = this.#names.get(text);
		if (known) return known;
		const names = namesIn(this.cluster, this.filter, text);
		this.#names.set(text, names);
		names.catch(() => this.#names.delete(text));
		if (this.#names.size > REMEMBERED) this.#names.delete(this.#names.keys().next().value ?? '');
		return names;
	}

	peopleLike(name: string): Promise<readonly string[]> {
		return namesLike(this.cluster, this.filter, name);
	}

	async mostActive(): Promise<readonly Active[]> {
		const named = await mostNamed(this.cluster, this.filter, MOST_NAMED);
		const names = named.map(({ name }) => name);
		const parts = await partsOf(this.cluster, this.filter, names);
		const most = Math.max(1, ...parts.values());
		const active = names.filter((name) => parts.get(name) === most);
		return Promise.all(
			active.map(async (name) => {
				const numbers = await this.#numbers([{ term: { active: name } }]);
				return { name, articles: most, first: numbers[0] ?? 0 };
			}),
		);
	}

	async mostNamed(): Promise<string | null> {
		return (await mostNamed(this.cluster, this.filter, 1))[0]?.name ?? null;
	}

	people(): Promise<ReadonlySet<string>> {
		return allNames(this.cluster, this.filter);
	}

	/** Nothing is held open: the connections are the cluster's, and generations go by themselves. */
	close(): void {}

	/** Numbers of the articles that match all of these, rising. */
	async #numbers(filters: readonly object[]): Promise<readonly number[]> {
		const body = { query: { bool: { filter: [this.filter, ...filters] } }, sort: BY_PLACE, ...PLACE };
		const numbers: number[] = [];
		for await (const hit of searchAll(this.cluster, ARTICLES, body)) {
			const { issue, place } = placeOf(hit.fields);
			const number = this.list.numberOf(issue, place);
			if (number !== null) numbers.push(number);
		}
		return numbers.sort((a, b) => a - b);
	}

	/** Documents that the generation is known to hold. Throws a ClusterError where one is missing. */
	async #documents(index: string, ids: readonly string[], fields?: readonly string[]): Promise<readonly unknown[]> {
		const found: unknown[] = [];
		for (let at = 0; at < ids.length; at += AT_ONCE)
			found.push(...(await getAll(this.cluster, index, ids.slice(at, at + AT_ONCE), fields)));
		if (found.includes(null)) throw clusterError('red');
		return found;
	}
}

/** The query for a string of the raw text; null for none. */
function holding(text: string): object | null {
	const wanted = fold(text);
	if (wanted === '') return null;
	const pairs = neighbours(wanted);
	if (pairs.length > 0) return { match_phrase: { pairs: pairs.join(' ') } };
	// A single unit is the first or the second of a pair; a text of one unit is no article.
	const own = unit(wanted, 0);
	return { regexp: { pairs: `${own}....|....${own}` } };
}
