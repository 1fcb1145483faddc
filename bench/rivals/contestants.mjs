import { HNSWLib } from '@langchain/community/vectorstores/hnswlib';
import { create, insert, search } from '@orama/orama';
import { createTokenizer } from '@orama/tokenizers/mandarin';
import MiniSearch from 'minisearch';
import { openRetriever } from '../../dist/retrieval/open.js';
import { openSnapshot } from '../../dist/store/snapshot.js';

/** So many passages are asked of each, as of wenqu. */
const DEPTH = 100;
const words = new Intl.Segmenter('zh', { granularity: 'word' });

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
	'Orama, full text': async (passages) => {
		const database = await orama(passages, {});
		return async (question) => reportsOf(await search(database, { term: question, limit: DEPTH }));
	},
	'Orama, hybrid': async (passages, dimension) => {
		const database = await orama(passages, { vector: `vector[${dimension}]` });
		return async (question, vector) =>
			reportsOf(
				await search(database, {
					mode: 'hybrid',
					term: question,
					vector: { value: [...vector], property: 'vector' },
					similarity: 0.3,
					limit: DEPTH,
				}),
			);
	},
	MiniSearch: async (passages) => {
		const index = new MiniSearch({
			fields: ['headline', 'text'],
			storeFields: ['report'],
			tokenize: (text) => [...words.segment(text)].filter(({ isWordLike }) => isWordLike).map(({ segment }) => segment),
		});
		index.addAll(passages.map(({ report, text, headline }, id) => ({ id, report, text, headline })));
		return async (question) =>
			index
				.search(question)
				.slice(0, DEPTH)
				.map(({ report }) => report);
	},
};

/** wenqu itself on the index that `npm run bench` built: opened, not built, here. */
export async function wenqu(indexDir, embedder) {
	const snapshot = openSnapshot(indexDir);
	const headlines = snapshot.headlines();
	const retriever = openRetriever(snapshot, async () => embedder);
	return async (question) =>
		(await retriever.searchArticles(question, DEPTH)).map(({ article }) => headlines[article].file.replace('.txt', ''));
}

async function orama(passages, more) {
	const schema = { headline: 'string', text: 'string', report: 'enum', ...more };
	const tokenizer = await createTokenizer({ language: 'mandarin', stemming: false });
	const database = create({ schema, components: { tokenizer } });
	for (const { headline, text, report, vector } of passages)
		await insert(database, { headline, text, report, ...(more.vector ? { vector: [...vector] } : {}) });
	return database;
}

function reportsOf({ hits }) {
	return hits.map(({ document }) => document.report);
}
