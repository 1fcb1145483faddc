import { z } from 'zod';
import type { StoredIssue } from '../store/store.js';
import type { Cluster } from './cluster.js';
import { issueDocument } from './documents.js';
import { ISSUES } from './indexes.js';
import { searchAll } from './search.js';
import { type Visible, visible } from './visibility.js';

const PAGE = 1_000;

/** An issue of a generation as the store keeps it in memory: some hundred bytes. */
export interface ListedIssue extends StoredIssue {
	/** Id of its document; those of its articles and passages are made from it. */
	readonly id: string;
	/** Its name in the cluster, which the namespace does not stand in front of. */
	readonly name: string;
	readonly starts: readonly number[];
	readonly passages: readonly number[];
}

const listed = issueDocument.pick({ file: true, date: true, starts: true, passages: true });

/** The issues of a generation, numbered as the embedded index numbers them: by file name, then by place. */
export class IssueList {
	readonly issues: readonly ListedIssue[];
	readonly #byId: ReadonlyMap<string, ListedIssue>;
	readonly #byFile: ReadonlyMap<string, ListedIssue>;

	private constructor(issues: readonly ListedIssue[]) {
		this.issues = issues;
		this.#byId = new Map(issues.map((issue) => [issue.id, issue]));
		this.#byFile = new Map(issues.map((issue) => [issue.file, issue]));
	}

	/** Reads the list. With several namespaces the namespace stands in front of each file name, as both may have a `2024-09-28.txt`. */
	static async read(cluster: Cluster, parts: readonly Visible[]): Promise<IssueList> {
		const issues: ListedIssue[] = [];
		let first = 0;
		for (const part of parts) {
			const query = { query: visible([part]), sort: [{ file: 'asc' }], _source: Object.keys(listed.shape) };
			for await (const hit of searchAll(cluster, ISSUES, query, undefined, PAGE)) {
				const { file: name, date, starts, passages } = listed.parse(hit._source);
				const file = parts.length > 1 ? `${part.namespace}/${name}` : name;
				issues.push({ id: hit._id, name, file, issueDate: date, first, articles: starts.length, starts, passages });
				first += starts.length;
			}
		}
		return new IssueList(issues);
	}

	byFile(file: string): ListedIssue | undefined {
		return this.#byFile.get(file);
	}

	/** Number of an article of a document; null where the generation does not hold it. */
	numberOf(issue: string, place: number): number | null {
		const found = this.#byId.get(issue);
		return found && place < found.articles ? found.first + place : null;
	}

	/** The issue that an article is of. Throws a RangeError where there is no such article. */
	issueOf(number: number): ListedIssue {
		let low = 0;
		let high = this.issues.length - 1;
		while (low <= high) {
			const middle = (low + high) >>> 1;
			const issue = this.issues[middle] as ListedIssue;
			if (number < issue.first) high = middle - 1;
			else if (number >= issue.first + issue.articles) low = middle + 1;
			else return issue;
		}
		throw new RangeError(`There is no article ${number}`);
	}

	articleId(number: number): string {
		const issue = this.issueOf(number);
		return `${issue.id}:${number - issue.first}`;
	}

	/** Ids of the passages of an article, in order. */
	passageIds(number: number): readonly string[] {
		const issue = this.issueOf(number);
		const place = number - issue.first;
		return Array.from({ length: issue.passages[place] ?? 0 }, (_, n) => `${issue.id}:${place}:${n}`);
	}
}

const place = z.object({ issue: z.tuple([z.string()]), place: z.tuple([z.int()]) });

/** Where an article stands, by the fields of a hit. */
export function placeOf(fields: unknown): { readonly issue: string; readonly place: number } {
	const parsed = place.parse(fields);
	return { issue: parsed.issue[0], place: parsed.place[0] };
}
