import { z } from 'zod';
import { ClusterError, type ClusterFault } from '../errors.js';
import { reasonOf, scanSources } from '../indexing/scan.js';
import { SourceNotes } from '../indexing/sources.js';
import type { IndexStatus } from '../indexing/status.js';
import { clusterError } from './failure.js';
import { isAlive } from './lease.js';
import type { ClusterPlace } from './place.js';
import { type NamespaceState, readState } from './state.js';

/** How the cluster is: its own colour, or what keeps it from being asked. */
export interface ClusterHealth {
	readonly state: 'green' | 'yellow' | 'red' | ClusterFault;
	/** Null where the cluster could not be asked. */
	readonly nodes: number | null;
	/** Shards and copies of shards that no node has. */
	readonly missingShards: number | null;
}

/** How a namespace stands; the fields of the index are missing where they could not be read. */
export interface ClusterIndexStatus extends Partial<Omit<IndexStatus, 'faults'>> {
	readonly namespace: string;
	readonly cluster: ClusterHealth;
	/** Whether somebody is writing the next generation now. */
	readonly isWriting: boolean;
	readonly faults: readonly string[];
}

const health = z.object({
	status: z.enum(['green', 'yellow', 'red']),
	number_of_nodes: z.int(),
	unassigned_shards: z.int(),
});
const settings = z.record(z.string(), z.object({ settings: z.record(z.string(), z.unknown()) }));
const sizes = z.object({ _all: z.object({ primaries: z.object({ store: z.object({ size_in_bytes: z.int() }) }) }) });
const OURS = '/wenqu-*';

/** Asks the cluster how it is and what the namespace holds. Never throws for what a cluster does. */
export async function clusterStatus(
	{ cluster }: ClusterPlace,
	namespace: string,
	sources: { readonly seedsDir: string; readonly indexDir: string } | null,
): Promise<ClusterIndexStatus> {
	const faults: string[] = [];
	let state: NamespaceState | null = null;
	let found: ClusterHealth = { state: 'unreachable', nodes: null, missingShards: null };
	try {
		const { status, number_of_nodes, unassigned_shards } = await cluster.send(
			{ method: 'GET', path: `/_cluster/health${OURS}`, query: { timeout: '2s' } },
			health,
		);
		found = { state: status, nodes: number_of_nodes, missingShards: unassigned_shards };
		if (status === 'red') faults.push(clusterError('red').message);
		if (await isBlocked(cluster)) {
			found = { ...found, state: 'full' };
			faults.push(clusterError('full').message);
		}
		state = (await readState(cluster, namespace))?.state ?? null;
		if (!state || state.generation === 0) faults.push('还没有索引，请先运行 wenqu index。');
	} catch (error) {
		if (!(error instanceof ClusterError)) throw error;
		if (found.nodes === null) found = { ...found, state: error.fault };
		if (!faults.includes(error.message)) faults.push(error.message);
	}
	const about = { namespace, cluster: found, isWriting: state !== null && isAlive(state) };
	if (!state?.published) return { ...about, faults };
	let upToDate: boolean | null = null;
	try {
		if (sources) {
			const scan = await scanSources(sources.seedsDir, new SourceNotes(sources.indexDir, sources.seedsDir));
			upToDate = scan.digest === state.sources;
		}
	} catch (error) {
		faults.push(reasonOf(error));
	}
	const { counts, vectors, model, newestDate, generation, published, lastRun } = state;
	const ageSeconds = Math.max(0, Math.round((Date.now() - Date.parse(published)) / 1000));
	const bytes = await bytesOf(cluster);
	return {
		...about,
		...{ ...counts, vectors, model, newestDate, generation, published, ageSeconds, bytes, lastRun, upToDate, faults },
	};
}

/** Whether the engine has shut its indexes for writing, as it does when a disk is nearly full. */
async function isBlocked(cluster: ClusterPlace['cluster']): Promise<boolean> {
	const query = { flat_settings: true };
	const found = await cluster.tell({ method: 'GET', path: `${OURS}/_settings/index.blocks*`, query });
	const blocks = Object.values(found === null ? {} : settings.parse(found)).flatMap((one) =>
		Object.entries(one.settings),
	);
	return blocks.some(([name, value]) => name.startsWith('index.blocks.') && String(value) === 'true');
}

/** What all namespaces take on the disks, copies not counted; 0 where it cannot be told. */
async function bytesOf(cluster: ClusterPlace['cluster']): Promise<number> {
	try {
		const found = await cluster.send({ method: 'GET', path: `${OURS}/_stats/store` }, sizes);
		return found._all.primaries.store.size_in_bytes;
	} catch (error) {
		if (error instanceof ClusterError) return 0;
		throw error;
	}
}
