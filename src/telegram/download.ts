import { z } from 'zod';
import { type Api, ApiFailure, fileAddress } from './api.js';
import type { Redact } from './redact.js';

const TIMEOUT_MS = 30_000;
const file = z.object({ file_path: z.string() });

/** A function that fetches a file sent to the bot, bounded. Its errors hold no token. */
export function downloadWith(
	api: Api,
	token: string,
	apiRoot: string | null,
	redact: Redact,
): (fileId: string, mostBytes: number) => Promise<Uint8Array> {
	return async (fileId, mostBytes) => {
		const path = file.safeParse(await api.call('getFile', { file_id: fileId })).data?.file_path;
		if (path === undefined) throw new ApiFailure('trouble', 'getFile: no path in the answer', false);
		try {
			const response = await fetch(fileAddress(token, apiRoot, path), { signal: AbortSignal.timeout(TIMEOUT_MS) });
			if (!response.ok || !response.body) throw new Error(`status ${response.status}`);
			const parts: Uint8Array[] = [];
			let bytes = 0;
			// What the file is said to measure and what comes need not be the same.
			for await (const part of response.body as unknown as AsyncIterable<Uint8Array>) {
				bytes += part.length;
				if (bytes > mostBytes) throw new Error('larger than it was said to be');
				parts.push(part);
			}
			return Buffer.concat(parts);
		} catch (error) {
			throw new ApiFailure('trouble', redact(`file: ${error instanceof Error ? error.message : ''}`), false);
		}
	};
}
