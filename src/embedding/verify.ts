import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { MODEL_FILES, type ModelFiles, WRITTEN_FILES } from './model.js';

/** How a stored model stands. */
export type ModelState =
	| { readonly state: 'ready' | 'missing' }
	| { readonly state: 'damaged'; readonly fault: string };

/** Compares a model folder with the pinned checksums; everything that is loaded is compared first. */
export function verifyModel(folder: string, expected: ModelFiles = MODEL_FILES): ModelState {
	if (!statSync(folder, { throwIfNoEntry: false })) return { state: 'missing' };
	for (const { path, sha256 } of [expected.weights, expected.tokenizer]) {
		const fault = fileFault(join(folder, path), sha256);
		if (fault) return { state: 'damaged', fault: `${path} ${fault}` };
	}
	for (const [path, text] of Object.entries(WRITTEN_FILES)) {
		const fault = fileFault(join(folder, path), sha256Of(text));
		if (fault) return { state: 'damaged', fault: `${path} ${fault}` };
	}
	return { state: 'ready' };
}

function fileFault(path: string, sha256: string): string | null {
	try {
		return sha256Of(readFileSync(path)) === sha256 ? null : '校验和不对';
	} catch (error) {
		return error instanceof Error && 'code' in error && error.code === 'ENOENT' ? '缺失' : '读不出来';
	}
}

export function sha256Of(data: string | Uint8Array): string {
	return createHash('sha256').update(data).digest('hex');
}
