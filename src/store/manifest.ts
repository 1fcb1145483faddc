import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { IndexError } from '../errors.js';
import { EXTRACTION } from '../facts/extract.js';
import { CHUNKING } from '../passages/cut.js';
import { SEGMENTATION } from '../text/segment.js';
import { type FileMark, type FileOperations, isMissing, replaceFile } from './files.js';

/** The layout of the index folder and of its tables. */
export const FORMAT = 1;
/** Everything that decides what a row of the index looks like, but for the model: another value means a rebuild. */
export const RECIPE = `format-${FORMAT} ${CHUNKING} ${SEGMENTATION} ${EXTRACTION}`;

const mark = z.object({ name: z.string().regex(/^[\w.-]+$/), size: z.int(), sha256: z.string().length(64) });

const schema = z.object({
	format: z.int(),
	recipe: z.string(),
	generation: z.int(),
	published: z.string(),
	/** Its entry's look spares a writer that leaves it alone summing it. */
	database: mark.extend({ look: z.string().nullable().default(null) }),
	/** Issues that came since the database was written, in one of their own; what they hold that it does not. Null where all is in one. */
	recent: mark
		.extend({ issues: z.int(), articles: z.int(), passages: z.int(), contents: z.int(), vectors: z.int() })
		.nullable()
		.default(null),
	/** The approximate nearest neighbour file; null while no vectors are stored. */
	hnsw: mark.extend({ points: z.int() }).nullable(),
	/** The vectors' own database as it was at publication; a run that was cut short leaves more in it. */
	vectorStore: mark.nullable(),
	/** The highest label a vector was ever given; the graph may know labels that no passage has any more. */
	lastLabel: z.int().default(0),
	/** Digest over the issue files that went in, names and contents. Here and below: of both databases together. */
	sources: z.string(),
	/** The embedder whose vectors belong to this generation; null when it was built on keywords alone. */
	model: z.string().nullable(),
	counts: z.object({ issues: z.int(), articles: z.int(), passages: z.int() }),
	/** Different passages by content, and how many of them have a vector of `model`. */
	contents: z.int(),
	vectors: z.int(),
	newestDate: z.string().nullable(),
});

/** What a generation of the index consists of. Publishing is the renaming of this file into its place. */
export type Manifest = z.infer<typeof schema>;

export const MANIFEST = 'manifest.json';

/** Reads the manifest; null when nothing was ever published. Throws an IndexError when it is damaged or of another format. */
export function readManifest(dir: string): Manifest | null {
	let text: string;
	try {
		text = readFileSync(join(dir, MANIFEST), 'utf8');
	} catch (error) {
		if (isMissing(error)) return null;
		throw new IndexError(`${dir} 里的索引读不出来：${error instanceof Error ? error.message : String(error)}。`, {
			cause: error,
		});
	}
	const [body = '', checksum = ''] = text.split('\nsha256 ');
	if (checksum.trim() !== digest(body))
		throw new IndexError(`${dir} 里的索引已损坏（${MANIFEST} 的校验和不符），请运行 wenqu index --rebuild 重建。`);
	const parsed = schema.safeParse(JSON.parse(body));
	if (!parsed.success) {
		throw new IndexError(`${dir} 里的索引是另一个版本的 wenqu 写的，请运行 wenqu index --rebuild 重建。`, {
			cause: parsed.error,
		});
	}
	return parsed.data;
}

/** A manifest that comes from elsewhere than the index folder; null where it is none. */
export function parseManifest(value: unknown): Manifest | null {
	return schema.safeParse(value).data ?? null;
}

/** The databases of a generation, the one that was written first in front. */
export function databasesOf({ database, recent }: Manifest): readonly FileMark[] {
	return recent ? [database, recent] : [database];
}

/** Publishes a generation: before the rename readers see the old one, behind it the new one. */
export function writeManifest(dir: string, manifest: Manifest, files: FileOperations): void {
	const body = JSON.stringify(manifest, null, '\t');
	replaceFile(join(dir, MANIFEST), `${body}\nsha256 ${digest(body)}\n`, files);
}

function digest(text: string): string {
	return createHash('sha256').update(text).digest('hex');
}
