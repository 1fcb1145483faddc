import { join } from 'node:path';
import Database from 'better-sqlite3';
import { IndexError, UsageError } from '../errors.js';
import { publishGeneration } from '../indexing/publish-generation.js';
import { scanSources } from '../indexing/scan.js';
import { SourceNotes } from '../indexing/sources.js';
import { clearLeftovers, readState as readIndexState } from '../indexing/state.js';
import type { IndexReport, UpdateOptions } from '../indexing/types.js';
import type { Gap, IssueFile } from '../newspaper/types.js';
import { rowHolds } from '../store/checksums.js';
import type { GenerationWriter } from '../store/generation-writer.js';
import { lockIndex } from '../store/lock.js';
import { RECIPE, readManifest } from '../store/manifest.js';
import { dimensionOf, packedOf } from '../store/packed-vector.js';
import type { VectorRow } from '../store/rows.js';
import { VECTORS } from '../store/vectors.js';
import { ClusterStore } from './cluster-store.js';
import { issueDocument, type PassageDocument, passageDocument, textDigest } from './documents.js';
import { ISSUES, passagesIndex } from './indexes.js';
import type { ListedIssue } from './issue-list.js';
import { type ClusterPlace, onlyNamespace } from './place.js';
import { getAll } from './search.js';
import { readState } from './state.js';
import type { PassageVectors } from './stored-vectors.js';
import { updateCluster } from './update.js';

/** What was moved. */
export interface MigrationReport {
	readonly issues: number;
	readonly articles: number;
	readonly passages: number;
	/** Vectors that were taken along. */
	readonly vectors: number;
}

type Where = Pick<UpdateOptions, 'seedsDir' | 'indexDir' | 'wait' | 'onProgress'>;

/**
 * Moves the embedded index of this machine into the cluster. Texts come from the issue files, whose whole text the
 * cluster keeps; vectors come from the index, so that none is computed. Throws a UsageError where the index is not that
 * of the files as they are now.
 */
export async function migrateToCluster(place: ClusterPlace, where: Where): Promise<MigrationReport> {
	const { indexDir, seedsDir } = where;
	const manifest = readManifest(indexDir);
	if (!manifest) throw new UsageError('本机还没有索引，没有什么可搬：请先去掉 WENQU_OPENSEARCH_URL 运行 wenqu index。');
	const { digest } = await scanSources(seedsDir, new SourceNotes(indexDir, seedsDir));
	if (manifest.recipe !== RECIPE || manifest.sources !== digest)
		throw new UsageError('本机的索引和报纸文件对不上：请先去掉 WENQU_OPENSEARCH_URL 运行 wenqu index。');
	const vectors = manifest.model === null ? null : new MovedVectors(indexDir, manifest.model);
	try {
		const report = await updateCluster(place, { ...where, embedder: async () => null, vectors: async () => vectors });
		return movedOf(report);
	} finally {
		vectors?.close();
	}
}

function movedOf({ issues, articles, chunks, embedded, reused }: IndexReport): MigrationReport {
	const moved = issues.added.length + issues.changed.length + issues.unchanged;
	return { issues: moved, articles, passages: chunks, vectors: embedded + reused };
}

/** The vectors of an embedded index, looked up by the content of a passage; each row is proven. */
class MovedVectors implements PassageVectors {
	readonly dimension: number;
	readonly #database: Database.Database;
	readonly #find: Database.Statement;

	constructor(
		indexDir: string,
		readonly id: string,
	) {
		this.#database = new Database(join(indexDir, VECTORS), { readonly: true, fileMustExist: true });
		this.#find = this.#database.prepare('SELECT * FROM vectors WHERE content = ? AND model = ?');
		const [any] = this.#database.prepare('SELECT vector FROM vectors WHERE model = ? LIMIT 1').pluck().all(id);
		const packed = packedOf(any as Uint8Array);
		this.dimension = packed ? dimensionOf(packed) : 0;
	}

	async vectorOf({ content }: PassageDocument): Promise<Uint8Array> {
		const row = this.#find.get(content, this.id) as VectorRow | undefined;
		const isSound = row && rowHolds([row.content, row.model, row.vector], row.checksum);
		const packed = isSound ? packedOf(row.vector) : null;
		if (!packed)
			throw new IndexError(
				'本机的索引缺向量或有损坏，没有搬：请先去掉 WENQU_OPENSEARCH_URL 运行 wenqu check --repair。',
			);
		return packed;
	}

	close(): void {
		this.#database.close();
	}
}

/**
 * Moves what the cluster publishes into an embedded index of this machine, vectors too; the issue files are not needed.
 * It is published as the next generation, all of it or, whatever happens, nothing.
 */
export async function migrateFromCluster(place: ClusterPlace, where: Where): Promise<MigrationReport> {
	const { indexDir } = where;
	const namespace = onlyNamespace(place.settings);
	const seen = await readState(place.cluster, namespace);
	if (!seen || seen.state.generation === 0) throw new UsageError(`集群的 ${namespace} 里还没有索引，没有什么可搬。`);
	const { state } = seen;
	if (state.recipe !== RECIPE) throw new UsageError('集群里的索引是另一个版本的 wenqu 做的，请先运行 wenqu index。');
	const store = await ClusterStore.open(place.cluster, [{ namespace, state }]);
	const packed = new Map<string, Uint8Array>();
	const lock = await lockIndex(indexDir, where.wait ?? false);
	try {
		const before = readIndexState(indexDir);
		clearLeftovers(indexDir, before.manifest);
		const manifest = await publishGeneration({ indexDir }, before, {
			base: null,
			before: new Set(),
			sources: () => state.sources,
			begin: () => false,
			async fill(writer) {
				for (const [done, issue] of store.list.issues.entries()) {
					where.onProgress?.({ label: '读报', done, total: store.list.issues.length, unit: 'issues' });
					await moveIssue(store, issue, writer, packed);
				}
				writer.additionsDone();
			},
			async embed(writer, vectors) {
				if (state.model === null) return null;
				vectors.dropDamaged();
				const contents = writer.contents({ onlyNew: false }).map(({ content }) => content);
				for (const content of vectors.missing(contents, state.model)) {
					const vector = packed.get(content);
					if (vector) vectors.put(content, state.model, vector);
				}
				vectors.flush();
				return state.model;
			},
		});
		const { issues, articles, passages } = manifest.counts;
		return { issues, articles, passages, vectors: manifest.vectors };
	} finally {
		lock.release();
	}
}

async function moveIssue(
	store: ClusterStore,
	issue: ListedIssue,
	writer: GenerationWriter,
	packed: Map<string, Uint8Array>,
): Promise<void> {
	const { dimension = 0, model = null } = store.parts[0]?.state ?? {};
	const [found] = await getAll(store.cluster, ISSUES, [issue.id]);
	const document = issueDocument.parse(found);
	const { file, date, sha256, bytes, text, textSha256, encoding, gaps } = document;
	const numbers = Array.from({ length: issue.articles }, (_, n) => issue.first + n);
	const ids = numbers.flatMap((number) => store.list.passageIds(number));
	const documents = await getAll(store.cluster, passagesIndex(dimension), ids);
	if (textDigest(text) !== textSha256 || documents.includes(null))
		throw new IndexError('集群里的索引不完整或已损坏，没有搬：请先运行 wenqu check。');
	const passages = documents.map((one) => passageDocument.parse(one));
	for (const one of passages)
		if (one.packed !== undefined && one.model === model) packed.set(one.content, Buffer.from(one.packed, 'base64'));
	const articles = (await store.articles(numbers)).map(({ number: _number, source, facts, ...article }, place) => ({
		...{ article, source, facts },
		passages: passages
			.filter((one) => one.place === place)
			.map(({ content: id, text: body, headline, start, end }) => ({ id, text: body, headline, start, end })),
	}));
	const read = { file, text, encoding: encoding as IssueFile['encoding'], issueDate: date, sha256, bytes };
	writer.addIssue(read, JSON.parse(gaps) as readonly Gap[], articles);
}
