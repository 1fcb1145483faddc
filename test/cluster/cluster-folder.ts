import { randomBytes } from 'node:crypto';
import { clusterKeeping } from '../../src/opensearch/keeping.js';
import type { ClusterSettings } from '../../src/opensearch/types.js';
import type { Kept } from '../contract/store-suite.js';
import { IndexFolder } from '../support/index-folder.js';

/** Addresses of the cluster under test; null where there is none and its tests are left out. */
export const CLUSTER = process.env['WENQU_OPENSEARCH_URL'] ?? null;
/** What a suite that needs a cluster says where there is none. */
export const LEFT_OUT = CLUSTER === null ? ' (left out: no cluster; npm run test:cluster starts one)' : '';

/** Settings for a namespace of one's own. */
export function clusterSettings(
	urls = CLUSTER ?? '',
	namespace = `t${randomBytes(6).toString('hex')}`,
): ClusterSettings {
	return {
		...{ urls: urls.split(','), user: null, authority: null, certificate: null },
		...{ namespaces: [namespace], shards: 2 },
	};
}

/** An index in the cluster, in a namespace of its own. */
export async function clustered(
	files: Readonly<Record<string, string>>,
	settings: ClusterSettings = clusterSettings(),
): Promise<Kept & { readonly settings: ClusterSettings; readonly keeping: ReturnType<typeof clusterKeeping> }> {
	const folder = new IndexFolder(files);
	let hasModel = true;
	const { seedsDir, indexDir } = folder;
	const keeping = clusterKeeping(settings, {
		...{ seedsDir, indexDir, isReader: false, isIndexer: true, tagger: async () => null, onProgress: () => {} },
		embedder: async () => (hasModel ? folder.embedder : null),
		tagger: async () => null,
	});
	return {
		folder,
		settings,
		keeping,
		async update({ rebuild = false, withoutModel = false } = {}) {
			hasModel = !withoutModel;
			try {
				const report = await keeping.update({ rebuild });
				if (!report) throw new Error('nothing was written');
				return report;
			} finally {
				hasModel = true;
			}
		},
		open: () => keeping.open(async () => null),
		async destroy() {
			keeping.close();
			folder.destroy();
		},
	};
}
