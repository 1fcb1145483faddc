import { join } from 'node:path';
import type { SourceText } from './answering/prove.js';
import type { Settings } from './config.js';
import type { Embedder } from './embedding/types.js';
import { type CheckReport, checkIndex } from './indexing/check.js';
import { type RepairReport, repairIndex } from './indexing/repair.js';
import { lookAt } from './indexing/sources.js';
import { type IndexStatus, indexStatus } from './indexing/status.js';
import type { IndexReport, UpdateOptions } from './indexing/types.js';
import { updateIndex } from './indexing/update.js';
import { sourceTexts } from './newspaper/source-texts.js';
import type { ClusterIndexStatus } from './opensearch/status.js';
import type { Tagger } from './reading/people.js';
import type { Reader } from './reading/types.js';
import { openRetriever } from './retrieval/open.js';
import type { Retriever } from './retrieval/types.js';
import { EmbeddedStore } from './store/embedded-store.js';
import { MANIFEST } from './store/manifest.js';
import { hasSnapshot, openSnapshot } from './store/snapshot.js';
import type { Store } from './store/store.js';

/** One generation, open: what it holds, how it is searched, and the texts that quotes are proven by. */
export interface OpenGeneration {
	readonly snapshot: Store;
	readonly retriever: Retriever;
	readonly source: SourceText;
}

/** Where the index is kept. */
export interface Keeping {
	/** Brings it up to date; null where nothing is written from here. */
	update(options: Pick<UpdateOptions, 'wait' | 'rebuild'>): Promise<IndexReport | null>;
	/** How it stands. */
	status(): Promise<IndexStatus | ClusterIndexStatus>;
	/** Proves it; reads only. */
	check(): Promise<CheckReport>;
	/** Mends what can be mended from the issue files. */
	repair(options: Pick<UpdateOptions, 'wait'>): Promise<RepairReport>;
	/** Whether a generation was ever published. */
	isThere(): Promise<boolean>;
	/** A text that differs from one generation to the next. */
	look(): Promise<string>;
	/** Opens the generation that is published now; the reader tells articles apart that fit nearly alike. */
	open(reader: () => Promise<Reader | null>): Promise<OpenGeneration>;
	close(): void;
}

/** What an index is kept with. */
export interface KeepingParts {
	/** Whoever opens it means to write. */
	readonly isIndexer: boolean;
	readonly embedder: () => Promise<Embedder | null>;
	readonly tagger: () => Promise<Tagger | null>;
	readonly onProgress: NonNullable<UpdateOptions['onProgress']>;
	readonly onWarning: (line: string) => void;
}

/** The index as the settings say: in a cluster where one is named, else in files of this machine. */
export async function openKeeping(settings: Settings, parts: KeepingParts): Promise<Keeping> {
	if (!settings.cluster) return embeddedKeeping(settings, parts);
	// The client is loaded by those who have a cluster only: it takes a while.
	const { clusterKeeping } = await import('./opensearch/keeping.js');
	const { cluster, seedsDir, indexDir, seedsAreBundled } = settings;
	const isReader = !parts.isIndexer && (seedsAreBundled || cluster.namespaces.length > 1);
	return clusterKeeping(cluster, { seedsDir, indexDir, isReader, ...parts });
}

function embeddedKeeping({ seedsDir, indexDir }: Settings, parts: KeepingParts): Keeping {
	const source = sourceTexts(seedsDir);
	const where = { seedsDir, indexDir };
	return {
		update: (options) => updateIndex({ ...where, ...parts, ...options }),
		status: () => indexStatus(where),
		check: () => checkIndex(where),
		repair: (options) => repairIndex({ ...where, ...parts, ...options }),
		isThere: async () => hasSnapshot(indexDir),
		look: async () => JSON.stringify(lookAt(join(indexDir, MANIFEST))),
		async open(reader) {
			const opened = openSnapshot(indexDir, parts);
			const retriever = openRetriever(opened, parts.embedder, reader);
			return { snapshot: new EmbeddedStore(opened), retriever, source };
		},
		close: () => {},
	};
}
