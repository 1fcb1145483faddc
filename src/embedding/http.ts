import { createWriteStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { bytesOf } from '../http/bytes.js';

/** A source that says nothing for so long is passed over. */
const SILENCE_MS = 5_000;

/** Called with the bytes there are of one file. */
export type OnBytes = (bytes: number) => void;

/**
 * Fetches a file into `path`, going on behind what an earlier try left there. Throws when the source does not answer,
 * answers with an error, falls silent or ends early; what has come stays for the next try.
 */
export async function fetchFile(url: string, path: string, size: number | null, onBytes: OnBytes): Promise<void> {
	const have = (await stat(path).catch(() => null))?.size ?? 0;
	if (size !== null && have === size) return;
	const from = size !== null && have > size ? 0 : have;
	const silence = new Silence();
	try {
		const response = await fetch(url, {
			signal: silence.signal,
			redirect: 'follow',
			...(from > 0 ? { headers: { range: `bytes=${from}-` } } : {}),
		});
		if (response.status === 416) {
			// What lies here does not fit what the source has: begin again.
			await rm(path, { force: true });
			throw new Error('续传位置不对');
		}
		if (!response.ok || !response.body) throw new Error(`HTTP ${response.status}`);
		const resumed = response.status === 206 && rangeStart(response) === from;
		let bytes = resumed ? from : 0;
		async function* counted(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
			for await (const chunk of body) {
				silence.heard();
				bytes += chunk.length;
				onBytes(bytes);
				yield chunk;
			}
		}
		const file = createWriteStream(path, { flags: resumed ? 'a' : 'w' });
		await pipeline(bytesOf(response, silence.signal), counted, file);
		if (size !== null && bytes !== size) throw new Error(`只收到 ${bytes} 字节，应为 ${size}`);
	} catch (error) {
		if (silence.signal.aborted) throw new Error(`${SILENCE_MS / 1000} 秒没有回应`, { cause: error });
		throw error;
	} finally {
		silence.end();
	}
}

function rangeStart(response: Response): number {
	return Number(/^bytes (\d+)-/.exec(response.headers.get('content-range') ?? '')?.[1] ?? -1);
}

/** Aborts when nothing was heard for too long. */
class Silence {
	readonly #controller = new AbortController();
	#timer: NodeJS.Timeout;

	constructor() {
		this.#timer = this.#start();
	}

	get signal(): AbortSignal {
		return this.#controller.signal;
	}

	heard(): void {
		clearTimeout(this.#timer);
		this.#timer = this.#start();
	}

	end(): void {
		clearTimeout(this.#timer);
	}

	#start(): NodeJS.Timeout {
		return setTimeout(() => this.#controller.abort(), SILENCE_MS);
	}
}
