import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { ModelError } from '../errors.js';

const CARD = 'reader.json';
const GRAPH = 'reader.onnx';
const VOCABULARY = 'reader-vocabulary.txt';

const card = z.object({
	id: z.string().min(1),
	window: z.int().min(64).max(512),
	files: z.object({ [GRAPH]: z.string(), [VOCABULARY]: z.string() }),
	answerable: z.object({ bias: z.number(), span: z.number(), here: z.number(), origin: z.string() }),
	insideThreshold: z.number(),
});

/** What stands beside the weights: their checksums, and the numbers fitted for them with their origin. */
export type Card = z.infer<typeof card>;

/** The reader's files, proved to be the ones that were trained and measured. */
export interface Weights {
	readonly card: Card;
	/** Where the graph lies, its checksum compared. */
	readonly graph: string;
	readonly vocabulary: readonly string[];
}

/** Reads and checks the files of a model folder; a ModelError says which one is missing or damaged. */
export async function loadWeights(folder: string): Promise<Weights> {
	const described = parseCard(await load(folder, CARD), join(folder, CARD));
	const [graph, vocabulary] = await Promise.all([load(folder, GRAPH), load(folder, VOCABULARY)]);
	check(graph, described.files[GRAPH], join(folder, GRAPH));
	check(vocabulary, described.files[VOCABULARY], join(folder, VOCABULARY));
	return { card: described, graph: join(folder, GRAPH), vocabulary: vocabulary.toString('utf8').trimEnd().split('\n') };
}

async function load(folder: string, name: string): Promise<Buffer> {
	try {
		return await readFile(join(folder, name));
	} catch (cause) {
		throw new ModelError(`The reading model has no readable ${join(folder, name)}; restore it from the repository.`, {
			cause,
		});
	}
}

function parseCard(bytes: Buffer, path: string): Card {
	try {
		return card.parse(JSON.parse(bytes.toString('utf8')));
	} catch (cause) {
		throw new ModelError(`${path} does not describe a reading model; restore it from the repository.`, { cause });
	}
}

function check(bytes: Buffer, expected: string, path: string): void {
	if (createHash('sha256').update(bytes).digest('hex') === expected) return;
	throw new ModelError(`${path} is damaged (its checksum is another); restore it from the repository.`);
}
