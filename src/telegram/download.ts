import { z } from 'zod';
import { bytesOf } from '../http/bytes.js';
import { type Api, ApiFailure, fileAddress } from './api.js';
import type { Redact } from './redact.js';
import { backoff, pause } from './timing.js';

/** Fetches a file that was sent to the bot, by its id; no more than so many bytes. */
export type Download = (fileId: string, mostBytes: number) => Promise<Uint8Array>;

interface DownloadParts {
	readonly api: Api;
	readonly token: string;
	readonly apiRoot: string | null;
	readonly redact: Redact;
	readonly retryMs: number;
	readonly timeoutMs?: number | undefined;
}

const TIMEOUT_MS = 25_000;
const TRIES = 4;
/** Begun after so long, another try would not be waited for. */
const TRYING_MS = 30_000;
const file = z.object({ file_path: z.string() });

/** A function that fetches files, bounded, again where something failed that may pass. Its errors hold no token. */
export function downloadWith(parts: DownloadParts): Download {
	return async (fileId, mostBytes) => {
		const begun = Date.now();
		for (let failures = 1; ; failures++) {
			try {
				return await fetchOnce(parts, fileId, mostBytes);
			} catch (error) {
				if (!(error instanceof ApiFailure) || error.kind === 'refused') throw error;
				if (failures >= TRIES || Date.now() - begun > TRYING_MS) throw error;
				await pause(error.retryAfterMs ?? backoff(failures, parts.retryMs, 10_000));
			}
		}
	};
}

async function fetchOnce(
	{ api, token, apiRoot, redact, timeoutMs = TIMEOUT_MS }: DownloadParts,
	fileId: string,
	mostBytes: number,
): Promise<Uint8Array> {
	const path = file.safeParse(await api.call('getFile', { file_id: fileId })).data?.file_path;
	if (path === undefined) throw new ApiFailure('trouble', 'getFile: no path in the answer', false);
	try {
		const signal = AbortSignal.timeout(timeoutMs);
		const response = await fetch(fileAddress(token, apiRoot, path), { signal });
		if (!response.ok || !response.body) throw new Error(`status ${response.status}`);
		const chunks: Uint8Array[] = [];
		let bytes = 0;
		// What the file is said to measure and what comes need not be the same.
		for await (const chunk of bytesOf(response, signal)) {
			bytes += chunk.length;
			if (bytes > mostBytes) throw new ApiFailure('refused', 'file: larger than it was said to be', false);
			chunks.push(chunk);
		}
		return Buffer.concat(chunks);
	} catch (error) {
		if (error instanceof ApiFailure) throw error;
		throw new ApiFailure('trouble', redact(`file: ${error instanceof Error ? error.message : ''}`), false);
	}
}
