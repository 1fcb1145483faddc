import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { ModelError } from '../errors.js';

const VOCABULARY = 'reader-vocabulary.txt';

const described = { id: z.string().min(1), window: z.int().min(64).max(512), files: z.record(z.string(), z.string()) };

/** What stands beside the reader's weights: their checksums, and the numbers fitted for them with their origin. */
export const readerCard = z.object({
	...described,
	answerable: z.object({ bias: z.number(), span: z.number(), here: z.number(), origin: z.string() }),
	insideThreshold: z.number(),
});
/** The same for the tagger of people. */
export const peopleCard = z.object({ ...described });

/** A model's files, proved to be the ones that were trained and measured. */
export interface Weights<Card> {
	readonly card: Card;
	/** Where the graph lies, its checksum compared. */
	readonly graph: string;
	readonly vocabulary: readonly string[];
}

/** Reads and checks the files of a model (`reader`, `people`) in a folder; a ModelError says which one is missing or damaged. */
export async function loadWeights<Card extends z.infer<typeof peopleCard>>(
	folder: string,
	name: string,
	schema: z.ZodType<Card>,
): Promise<Weights<Card>> {
	const card = parseCard(schema, await load(folder, `${name}.json`), join(folder, `${name}.json`));
	const graph = `${name}.onnx`;
	const [weights, vocabulary] = await Promise.all([load(folder, graph), load(folder, VOCABULARY)]);
	check(weights, card.files[graph], join(folder, graph));
	check(vocabulary, card.files[VOCABULARY], join(folder, VOCABULARY));
	return { card, graph: join(folder, graph), vocabulary: vocabulary.toString('utf8').trimEnd().split('\n') };
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

function parseCard<Card>(schema: z.ZodType<Card>, bytes: Buffer, path: string): Card {
	try {
		return schema.parse(JSON.parse(bytes.toString('utf8')));
	} catch (cause) {
		throw new ModelError(`${path} does not describe a reading model; restore it from the repository.`, { cause });
	}
}

function check(bytes: Buffer, expected: string | undefined, path: string): void {
	if (createHash('sha256').update(bytes).digest('hex') === expected) return;
	throw new ModelError(`${path} is damaged (its checksum is another); restore it from the repository.`);
}
