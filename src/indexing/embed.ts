import type { Embedder } from '../embedding/types.js';
import type { Content, GenerationWriter } from '../store/generation-writer.js';
import { packVector } from '../store/packed-vector.js';
import type { VectorStore } from '../store/vectors.js';
import type { UpdateOptions } from './types.js';

/** Computes the vectors that are not stored yet, and stores each as it comes: a run that is killed loses hardly any. */
export async function embedMissing(
	options: UpdateOptions,
	writer: GenerationWriter,
	vectors: VectorStore,
	/** The model by which every older passage has its vector; null where they must be looked through. */
	known: string | null,
): Promise<{ readonly id: string | null; readonly embedded: number }> {
	const damaged = vectors.dropDamaged();
	if (damaged > 0) options.onWarning?.(`${damaged} 个向量已损坏，重新计算。`);
	const isEmpty = writer.counts().passages === 0;
	const embedder = isEmpty ? null : await options.embedder();
	// Without the model the vectors that are there still serve, as far as they go.
	if (!embedder) return { id: isEmpty ? null : (known ?? vectors.commonModel()), embedded: 0 };
	const contents = writer.contents({ onlyNew: known === embedder.id });
	const missing = new Set(
		vectors.missing(
			contents.map(({ content }) => content),
			embedder.id,
		),
	);
	const work = contents.filter(({ content }) => missing.has(content));
	await embedAll(work, embedder, vectors, options);
	return { id: embedder.id, embedded: work.length };
}

/** Enough that no thread of the embedder waits for the next passage. */
const AT_ONCE = 8;

/** Stored in the order of the work, whichever is done first. */
async function embedAll(
	work: readonly Content[],
	embedder: Embedder,
	vectors: VectorStore,
	{ onProgress }: UpdateOptions,
): Promise<void> {
	const total = work.length;
	const coming: Promise<Float32Array>[] = [];
	try {
		for (const [done, { content }] of work.entries()) {
			onProgress?.({ label: '计算向量', done, total, unit: 'passages' });
			for (const { text, headline } of work.slice(done + coming.length, done + AT_ONCE)) {
				const vector = embedder.embedPassage(`${headline}\n${text}`);
				// One that fails is heard of when its turn comes.
				vector.catch(() => undefined);
				coming.push(vector);
			}
			const vector = await coming.shift();
			if (vector) vectors.put(content, embedder.id, packVector(vector));
		}
	} finally {
		vectors.flush();
	}
	if (total > 0) onProgress?.({ label: '计算向量', done: total, total, unit: 'passages' });
}
