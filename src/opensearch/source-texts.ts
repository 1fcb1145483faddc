import { z } from 'zod';
import { IndexError } from '../errors.js';
import type { ClusterStore } from './cluster-store.js';
import { issueDocument, textDigest } from './documents.js';
import { ISSUES } from './indexes.js';
import { getAll } from './search.js';

const document = issueDocument.pick({ text: true, textSha256: true });
/** Issue texts kept in memory. */
const KEPT = 64;

/**
 * Gives the text of issue files as the cluster keeps them, each proven by its digest, for proving quotes; null for a
 * file that the generation does not hold. The files themselves may lie on the indexer's machine only.
 */
export function clusterTexts(store: ClusterStore): (file: string) => Promise<string | null> {
	const known = new Map<string, Promise<string>>();
	return async (file) => {
		const issue = store.list.byFile(file);
		if (!issue) return null;
		const kept = known.get(issue.id);
		if (kept) return kept;
		const read = readText(store, issue.id);
		known.set(issue.id, read);
		read.catch(() => known.delete(issue.id));
		if (known.size > KEPT) known.delete(known.keys().next().value ?? '');
		return read;
	};
}

async function readText(store: ClusterStore, id: string): Promise<string> {
	const [found] = await getAll(store.cluster, ISSUES, [id], Object.keys(document.shape));
	const { text, textSha256 } = z.nullable(document).parse(found) ?? { text: '', textSha256: null };
	if (textDigest(text) !== textSha256)
		throw new IndexError('集群里一期报纸的原文缺失或已损坏，请运行 wenqu index --rebuild 重建。');
	return text;
}
