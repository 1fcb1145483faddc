import { z } from 'zod';
import type { Embedder } from '../embedding/types.js';
import { packVector } from '../store/packed-vector.js';
import { type Cluster, WRITING } from './cluster.js';
import type { PassageDocument } from './documents.js';
import { search } from './search.js';

/** Contents looked up in one request. */
const AT_ONCE = 200;

/** Where the vectors of passages come from that the cluster does not hold yet. */
export interface PassageVectors {
	/** Of the model. */
	readonly id: string;
	readonly dimension: number;
	/** The vector, packed as the embedded store keeps it. */
	vectorOf(passage: PassageDocument): Promise<Uint8Array>;
}

/** Vectors that a model computes. */
export function computedBy(embedder: Embedder): PassageVectors {
	return {
		...{ id: embedder.id, dimension: embedder.dimension },
		vectorOf: async ({ headline, text }) => packVector(await embedder.embedPassage(`${headline}\n${text}`)),
	};
}

const stored = z.object({ content: z.string(), packed: z.string() });

/** Gives passages their vectors: those that the cluster holds for the same text already, in whatever namespace, and new ones for the rest. */
export class StoredVectors {
	embedded = 0;
	reused = 0;

	constructor(
		private readonly cluster: Cluster,
		private readonly index: string,
		private readonly vectors: PassageVectors,
	) {}

	async give(passages: readonly PassageDocument[]): Promise<readonly PassageDocument[]> {
		const known = await this.#known([...new Set(passages.map(({ content }) => content))]);
		const given: PassageDocument[] = [];
		for (const passage of passages) {
			let packed = known.get(passage.content);
			if (packed === undefined) {
				packed = Buffer.from(await this.vectors.vectorOf(passage)).toString('base64');
				known.set(passage.content, packed);
				this.embedded++;
			} else this.reused++;
			given.push({ ...passage, model: this.vectors.id, packed });
		}
		return given;
	}

	async #known(contents: readonly string[]): Promise<Map<string, string>> {
		const known = new Map<string, string>();
		for (let at = 0; at < contents.length; at += AT_ONCE) {
			const some = contents.slice(at, at + AT_ONCE);
			const query = { bool: { filter: [{ terms: { content: some } }, { term: { model: this.vectors.id } }] } };
			const body = { size: some.length, collapse: { field: 'content' }, _source: ['content', 'packed'], query };
			for (const hit of (await search(this.cluster, this.index, body, WRITING)).hits.hits) {
				const { content, packed } = stored.parse(hit._source);
				known.set(content, packed);
			}
		}
		return known;
	}
}
