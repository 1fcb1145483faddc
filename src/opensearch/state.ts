import { z } from 'zod';
import { IndexError } from '../errors.js';
import { lastRunSchema } from '../indexing/last-run.js';
import { type Cluster, type Patience, READING } from './cluster.js';
import { STATES } from './indexes.js';
import type { Visible } from './visibility.js';

const schema = z.object({
	/** How documents were made; another value means that all are made anew. */
	recipe: z.string(),
	/** The generation that readers see; 0 before the first. */
	generation: z.int(),
	published: z.iso.datetime().nullable(),
	/** Digest over the issue files that went in, names and contents. */
	sources: z.string(),
	counts: z.object({ issues: z.int(), articles: z.int(), passages: z.int() }),
	/** Terms of all passages together, for their mean length. */
	terms: z.int(),
	/** Passages that have a vector of `model`. */
	vectors: z.int(),
	model: z.string().nullable(),
	dimension: z.int(),
	newestDate: z.string().nullable(),
	/** The highest number ever given to a generation; none is given twice. */
	last: z.int(),
	abandoned: z.array(z.int()),
	/** When the latest generations were published: what went in one is removed when nobody can be reading the one before. */
	history: z.array(z.object({ generation: z.int(), at: z.iso.datetime() })),
	/** Who is writing which generation, and when it last said so. */
	writer: z.object({ run: z.string(), generation: z.int(), beat: z.iso.datetime() }).nullable(),
	lastRun: lastRunSchema.nullable(),
});

/** How a namespace stands: one document, changed only by whoever saw it last. */
export type NamespaceState = z.infer<typeof schema>;

/** A state and what proves that nobody has changed it since. */
export interface SeenState {
	readonly state: NamespaceState;
	/** Null where the namespace is new. */
	readonly version: { readonly seqNo: number; readonly term: number } | null;
}

const found = z.object({
	_seq_no: z.int(),
	_primary_term: z.int(),
	_source: z.object({ state: z.string() }),
});

/** The state of a namespace in which nothing was ever written. */
export function newState(recipe: string, dimension: number): NamespaceState {
	return {
		...{
			recipe,
			generation: 0,
			published: null,
			sources: '',
			counts: { issues: 0, articles: 0, passages: 0 },
			terms: 0,
		},
		...{ vectors: 0, model: null, dimension, newestDate: null, last: 0, abandoned: [], history: [], writer: null },
		lastRun: null,
	};
}

/** Reads a state as it is this moment; null where the namespace, or the cluster, is new. Throws a ClusterError. */
export async function readState(
	cluster: Cluster,
	namespace: string,
	patience: Patience = READING,
): Promise<SeenState | null> {
	const reply = await cluster.tell({ method: 'GET', path: `/${STATES}/_doc/${namespace}` }, patience);
	if (reply === null) return null;
	const document = found.parse(reply);
	const parsed = schema.safeParse(JSON.parse(document._source.state));
	if (!parsed.success)
		throw new IndexError(`集群里 ${namespace} 的索引是另一个版本的 wenqu 写的，请运行 wenqu index --rebuild 重建。`, {
			cause: parsed.error,
		});
	return { state: parsed.data, version: { seqNo: document._seq_no, term: document._primary_term } };
}

const written = z.object({ _seq_no: z.int(), _primary_term: z.int() });

/** Writes a state in the place of the one that was seen. Throws a Conflict where somebody else did so first. */
export async function replaceState(
	cluster: Cluster,
	namespace: string,
	seen: SeenState['version'],
	state: NamespaceState,
	patience: Patience,
): Promise<SeenState> {
	const query = seen ? { if_seq_no: seen.seqNo, if_primary_term: seen.term } : { op_type: 'create' };
	const body = { namespace, state: JSON.stringify(state) };
	const reply = await cluster.send(
		{ method: 'PUT', path: `/${STATES}/_doc/${namespace}`, query, body },
		written,
		patience,
	);
	return { state, version: { seqNo: reply._seq_no, term: reply._primary_term } };
}

/** What readers of this state see. */
export function visibleOf(namespace: string, { generation, abandoned }: NamespaceState): Visible {
	return { namespace, generation, abandoned };
}
