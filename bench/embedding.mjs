// Passages embedded a second: wenqu's embedder beside the bare model, called in every way that one would try.
import { fork } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AutoModel, AutoTokenizer, env } from '@xenova/transformers';
import { MODEL_NAME } from '../dist/embedding/model.js';

/** Texts a block; blocks take turns, so that what else the machine does falls on all alike. */
const BLOCK = 50;
const BLOCKS = 6;
const BATCH = 16;
/** As many as the indexer has under way. */
const UNDER_WAY = 8;

async function bareModel(folder) {
	env.allowRemoteModels = false;
	env.localModelPath = dirname(folder);
	const tokenizer = await AutoTokenizer.from_pretrained(MODEL_NAME);
	const model = await AutoModel.from_pretrained(MODEL_NAME, { quantized: true });
	// With `max_length` the library would fill every batch up to it.
	return (texts) => model(tokenizer(texts, { truncation: true, padding: true }));
}

/** A process of its own with the bare model; it is given texts and says when it is through. */
async function child(folder) {
	const other = fork(fileURLToPath(import.meta.url), [folder]);
	const told = () => new Promise((resolve) => other.once('message', resolve));
	await told();
	return {
		other,
		run: (texts) => {
			other.send(texts);
			return told();
		},
	};
}

if (process.send && process.argv[1] === fileURLToPath(import.meta.url)) {
	const run = await bareModel(process.argv[2]);
	process.on('message', async (texts) => {
		for (const text of texts) await run(text);
		process.send('done');
	});
	process.send('ready');
}

/** Rates side by side, each also as a share of the best that the bare model reaches. */
export async function compareEmbedding(snapshot, embedder, folder) {
	const bare = await bareModel(folder);
	const children = [await child(folder), await child(folder)];
	const ways = {
		'the bare model in a loop': async (texts) => {
			for (const text of texts) await bare(text);
		},
		[`the bare model, ${BATCH} at a time, sorted by length`]: async (texts) => {
			const sorted = [...texts].sort((a, b) => a.length - b.length);
			for (let from = 0; from < sorted.length; from += BATCH) await bare(sorted.slice(from, from + BATCH));
		},
		'the bare model in two processes': (texts) =>
			Promise.all(children.map(({ run }, n) => run(texts.filter((_, at) => at % 2 === n)))),
		wenqu: async (texts) => {
			const left = [...texts];
			const one = async () => {
				for (let text = left.shift(); text !== undefined; text = left.shift()) await embedder.embedPassage(text);
			};
			await Promise.all(Array.from({ length: UNDER_WAY }, one));
		},
	};
	const step = Math.max(1, Math.floor(snapshot.counts.passages / (BLOCKS * BLOCK)));
	const texts = Array.from({ length: BLOCKS * BLOCK }, (_, n) => {
		const { headline, text } = snapshot.passage((n * step) % snapshot.counts.passages);
		return `${headline}\n${text}`;
	});
	const turns = Object.entries(ways);
	const spent = Object.fromEntries(turns.map(([name]) => [name, 0]));
	for (const [, run] of turns) await run(texts.slice(0, 16));
	for (let from = 0; from < texts.length; from += BLOCK) {
		for (const [name, run] of turns) {
			const started = performance.now();
			await run(texts.slice(from, from + BLOCK));
			spent[name] += performance.now() - started;
		}
		// Whoever comes later finds the caches warm: they change places.
		turns.push(turns.shift());
	}
	for (const { other } of children) other.kill();
	const rates = Object.entries(spent).map(([way, ms]) => ({ way, rate: (1000 * texts.length) / ms }));
	const best = Math.max(...rates.filter(({ way }) => way !== 'wenqu').map(({ rate }) => rate));
	return rates.map(({ way, rate }) => ({
		way,
		'passages a second': rate.toFixed(1),
		"of the bare model's best": (rate / best).toFixed(2),
	}));
}
