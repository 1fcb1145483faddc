import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { HNSWLib } from '@langchain/community/vectorstores/hnswlib';
import { create, insertMultiple, search } from '@orama/orama';
import { createTokenizer } from '@orama/tokenizers/mandarin';
import MiniSearch from 'minisearch';
import { updateIndex } from '../../dist/indexing/update.js';
import { openReader } from '../../dist/reading/open.js';
import { openRetriever } from '../../dist/retrieval/open.js';
import { openSnapshot } from '../../dist/store/snapshot.js';
import { STOP_WORDS } from '../../dist/text/stopwords.js';

/** So many passages are asked of each, as of wenqu. */
const DEPTH = 100;
/** So many documents are handed to Orama at a time, its own default. */
const BATCH = 1000;
const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });
const wordsOf = (text) =>
	[...segmenter.segment(text)].flatMap(({ isWordLike, segment }) => (isWordLike ? segment : []));

/** Cosines below are not looked at by Orama's hybrid; at its default of 0.8 hardly a passage would be. */
const LEAST_SIMILAR = 0.3;

/**
 * Words of one character and stop words left out. Orama gathers every passage of every word, and of every word that
 * begins with it, into one list that it looks through again for each: with 的 or 中 in the question that takes most of
 * half a second. Its own Mandarin tokenizer takes stop words as an option and does not use them.
 */
const quickTokenizer = {
	language: 'mandarin',
	normalizationCache: new Map(),
	tokenize: (text) =>
		typeof text === 'string' ? wordsOf(text).filter((word) => word.length > 1 && !STOP_WORDS.has(word)) : [text],
};

/**
 * What is compared, each by its own manual's way for Chinese and at its defaults. `build` takes passages with their
 * report, text, headline and vector, and gives a function from a question and its vector to reports, best first.
 */
export const CONTESTANTS = {
	'LangChain.js, HNSWLib store': async (passages, dimension) => {
		const store = new HNSWLib({}, { space: 'cosine', numDimensions: dimension });
		await store.addVectors(
			passages.map(({ vector }) => [...vector]),
			passages.map(({ report, text, headline }) => ({ pageContent: `${headline}\n${text}`, metadata: { report } })),
		);
		return async (_, vector) =>
			(await store.similaritySearchVectorWithScore([...vector], DEPTH)).map(([found]) => found.metadata.report);
	},
	'Orama, Mandarin tokenizer': async (passages) => {
		const tokenizer = await createTokenizer({ language: 'mandarin', stemming: false });
		const database = await orama(passages, tokenizer, {});
		return async (question) => reportsOf(await search(database, { term: question, limit: DEPTH }));
	},
	'Orama, without stop words': async (passages) => {
		const database = await orama(passages, quickTokenizer, {});
		return async (question) => reportsOf(await search(database, { term: question, limit: DEPTH }));
	},
	'Orama, hybrid, without stop words': async (passages, dimension) => {
		const database = await orama(passages, quickTokenizer, { vector: `vector[${dimension}]` });
		return async (question, vector) =>
			reportsOf(
				await search(database, {
					mode: 'hybrid',
					term: question,
					vector: { value: [...vector], property: 'vector' },
					similarity: LEAST_SIMILAR,
					limit: DEPTH,
				}),
			);
	},
	MiniSearch: async (passages) => {
		const index = new MiniSearch({
			fields: ['headline', 'text'],
			storeFields: ['report'],
			tokenize: wordsOf,
		});
		index.addAll(passages.map(({ report, text, headline }, id) => ({ id, report, text, headline })));
		return async (question) =>
			index
				.search(question)
				.slice(0, DEPTH)
				.map(({ report }) => report);
	},
};

/**
 * wenqu itself on the index that `npm run bench` built, as its vectors are not to be computed again. How long indexing
 * takes without them is told by building another index, by keywords only, and throwing it away.
 */
export async function wenqu(indexDir, seedsDir, embedder) {
	const other = mkdtempSync(join(tmpdir(), 'wenqu-rivals-'));
	const started = performance.now();
	await updateIndex({ seedsDir, indexDir: other, embedder: async () => null });
	const built = (performance.now() - started) / 1000;
	rmSync(other, { recursive: true });
	const snapshot = openSnapshot(indexDir);
	const headlines = snapshot.headlines();
	const reader = await openReader(fileURLToPath(new URL('../../models', import.meta.url)));
	const retriever = openRetriever(
		snapshot,
		async () => embedder,
		async () => reader,
	);
	const ask = async (question) =>
		(await retriever.searchArticles(question, DEPTH, { closeRead: true })).map(({ article }) =>
			headlines[article].file.replace('.txt', ''),
		);
	return { ask, built };
}

/** Nothing is ever sorted by a field here, so no lists are kept for that. */
async function orama(passages, tokenizer, more) {
	const schema = { headline: 'string', text: 'string', report: 'enum', ...more };
	const database = create({ schema, components: { tokenizer }, sort: { enabled: false } });
	const documents = passages.map(({ headline, text, report, vector }) => ({
		headline,
		text,
		report,
		...(more.vector ? { vector: [...vector] } : {}),
	}));
	await insertMultiple(database, documents, BATCH);
	return database;
}

function reportsOf({ hits }) {
	return hits.map(({ document }) => document.report);
}
