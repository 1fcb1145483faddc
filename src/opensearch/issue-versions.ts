import { z } from 'zod';
import { type Cluster, WRITING } from './cluster.js';
import { issueDocument } from './documents.js';
import { ISSUES, passagesIndex } from './indexes.js';
import { searchAll } from './search.js';
import { type NamespaceState, visibleOf } from './state.js';
import { visible } from './visibility.js';

const listed = issueDocument.pick({ file: true, sha256: true });
const PAGE = 5_000;

/** What a run has to do. `again`: the file is the same, but it is to be worked on anew. */
export interface Work {
	readonly added: readonly string[];
	readonly changed: readonly string[];
	readonly removed: readonly string[];
	readonly again: readonly string[];
}

/** The issue files that a generation holds, each by the sha256 of its bytes. */
export class IssueVersions {
	private constructor(
		private readonly known: ReadonlyMap<string, string>,
		private readonly lacking: ReadonlySet<string>,
	) {}

	/** Reads them; `model` is the embedder that there is now, whose vectors some issues may lack. */
	static async read(
		cluster: Cluster,
		namespace: string,
		state: NamespaceState,
		model: string | null,
	): Promise<IssueVersions> {
		const filter = visible([visibleOf(namespace, state)]);
		const fileOf = new Map<string, string>();
		const known = new Map<string, string>();
		const body = { query: filter, sort: [{ file: 'asc' }], _source: Object.keys(listed.shape) };
		for await (const hit of searchAll(cluster, ISSUES, body, WRITING, PAGE)) {
			const { file, sha256 } = listed.parse(hit._source);
			known.set(file, sha256);
			fileOf.set(hit._id, file);
		}
		const lacking = new Set<string>();
		if (model !== null) {
			const query = { bool: { filter: [filter], must_not: [{ term: { model } }] } };
			const sort = [{ issue: 'asc' }, { place: 'asc' }, { n: 'asc' }];
			const without = { query, sort, _source: false, docvalue_fields: ['issue'] };
			for await (const hit of searchAll(cluster, passagesIndex(state.dimension), without, WRITING, PAGE))
				lacking.add(fileOf.get(z.string().parse(hit.fields?.['issue']?.[0])) ?? '');
		}
		return new IssueVersions(known, lacking);
	}

	/** What there is to do so that the files are these; `isAnew`: all of it. */
	against(now: ReadonlyMap<string, string>, isAnew: boolean): Work {
		const { known, lacking } = this;
		const same = [...now].filter(([file, sha256]) => known.get(file) === sha256).map(([file]) => file);
		return {
			added: [...now.keys()].filter((file) => !known.has(file)),
			changed: [...now].filter(([file, sha256]) => known.has(file) && known.get(file) !== sha256).map(([file]) => file),
			removed: [...known.keys()].filter((file) => !now.has(file)).sort(),
			again: same.filter((file) => isAnew || lacking.has(file)),
		};
	}
}
