import type { Embedder } from '../embedding/types.js';
import { IndexError, UsageError } from '../errors.js';
import type { RepairReport } from '../indexing/repair.js';
import type { IndexReport, UpdateOptions } from '../indexing/types.js';
import type { Tagger } from '../reading/people.js';
import type { Reader } from '../reading/types.js';
import { RankedRetriever } from '../retrieval/open.js';
import type { Retriever } from '../retrieval/types.js';
import { RECIPE } from '../store/manifest.js';
import type { Store } from '../store/store.js';
import { checkCluster } from './check.js';
import { ClusterLegs } from './cluster-legs.js';
import { ClusterStore, type NamespacePart } from './cluster-store.js';
import { openPlace } from './place.js';
import { clusterTexts } from './source-texts.js';
import { readState } from './state.js';
import { clusterStatus } from './status.js';
import type { ClusterSettings } from './types.js';
import { updateCluster } from './update.js';

/** What an index in a cluster is kept with. */
export interface ClusterKeepingParts {
	readonly seedsDir: string;
	/** Holds notes on the issue files, nothing else. */
	readonly indexDir: string;
	/** Has no issue files of its own: it answers from what others put in. */
	readonly isReader: boolean;
	/** Means to write, not only to bring up to date what it answers from. */
	readonly isIndexer: boolean;
	readonly embedder: () => Promise<Embedder | null>;
	readonly tagger: () => Promise<Tagger | null>;
	readonly onProgress: NonNullable<UpdateOptions['onProgress']>;
}

/** The index in a cluster, for whoever answers from it: see `Keeping` in keeping.ts. */
export function clusterKeeping(settings: ClusterSettings, parts: ClusterKeepingParts) {
	const place = openPlace(settings);
	const { cluster } = place;
	const { isReader } = parts;
	const published = async (): Promise<readonly NamespacePart[]> => {
		const seen = await Promise.all(
			settings.namespaces.map(async (namespace) => ({
				namespace,
				state: (await readState(cluster, namespace))?.state,
			})),
		);
		return seen.flatMap(({ namespace, state }) =>
			state !== undefined && state.generation > 0 ? [{ namespace, state }] : [],
		);
	};
	const update = async (options: Pick<UpdateOptions, 'wait' | 'rebuild'>): Promise<IndexReport | null> =>
		isReader ? null : updateCluster(place, { ...parts, ...options, sparesAll: !parts.isIndexer });
	return {
		update,
		status: () => clusterStatus(place, settings.namespaces[0] ?? '', isReader ? null : parts),
		check: () => checkCluster(place, isReader ? null : parts.seedsDir),
		async repair(options: Pick<UpdateOptions, 'wait'>): Promise<RepairReport> {
			const before = await checkCluster(place, isReader ? null : parts.seedsDir);
			if (before.problems.length === 0) return { repaired: [], after: before, lost: [] };
			await updateCluster(place, { ...parts, ...options, rebuild: true });
			const after = await checkCluster(place, parts.seedsDir);
			const left = new Set(after.problems);
			return { repaired: before.problems.filter((problem) => !left.has(problem)), after, lost: [] };
		},
		isThere: async (): Promise<boolean> => (await published()).length > 0,
		look: async (): Promise<string> => lookOf(await published()),
		async open(reader: () => Promise<Reader | null>): Promise<{
			readonly snapshot: Store;
			readonly retriever: Retriever;
			readonly source: ReturnType<typeof clusterTexts>;
		}> {
			const found = await published();
			if (found.length === 0)
				throw new IndexError(
					`集群的 ${settings.namespaces.join('、')} 里还没有索引，请先运行 wenqu index --seeds 报纸文件夹。`,
				);
			if (found.some(({ state }) => state.recipe !== RECIPE))
				throw new IndexError('集群里的索引是另一个版本的 wenqu 做的，请用现在的版本运行 wenqu index。');
			if (new Set(found.map(({ state }) => state.dimension)).size > 1)
				throw new UsageError('WENQU_NAMESPACE 里的几个索引用的模型不同，不能一起回答。');
			const snapshot = await ClusterStore.open(cluster, found);
			const retriever = new RankedRetriever(new ClusterLegs(snapshot, parts.embedder), reader);
			return { snapshot, retriever, source: clusterTexts(snapshot) };
		},
		close: (): void => cluster.close(),
	};
}

function lookOf(parts: readonly NamespacePart[]): string {
	return JSON.stringify(parts.map(({ namespace, state }) => [namespace, state.generation, state.abandoned]));
}
