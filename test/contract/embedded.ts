import { sourceTexts } from '../../src/newspaper/source-texts.js';
import { openRetriever } from '../../src/retrieval/open.js';
import { EmbeddedStore } from '../../src/store/embedded-store.js';
import { IndexFolder } from '../support/index-folder.js';
import type { Kept } from './store-suite.js';

/** An index in files of this machine. */
export async function embedded(files: Readonly<Record<string, string>>): Promise<Kept> {
	const folder = new IndexFolder(files);
	return {
		folder,
		update: ({ rebuild = false, withoutModel = false } = {}) =>
			folder.update({ rebuild, ...(withoutModel ? { embedder: async () => null } : {}) }),
		async open() {
			const snapshot = folder.open();
			return {
				snapshot: new EmbeddedStore(snapshot),
				retriever: openRetriever(snapshot, async () => folder.embedder),
				source: sourceTexts(folder.seedsDir),
			};
		},
		destroy: async () => folder.destroy(),
	};
}
