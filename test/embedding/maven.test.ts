import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { fetchByMaven } from '../../src/embedding/maven.js';
import { TOKENIZER, WEIGHTS } from '../../src/embedding/model.js';
import { zipOf } from '../support/zip.js';

const dir = mkdtempSync(join(tmpdir(), 'wenqu-maven-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** A stand-in for the client that runs these lines; `$out` is the folder it was told. */
function client(lines: string): string {
	const path = join(dir, `mvn-${Math.random()}`);
	const out = `for a in "$@"; do case "$a" in -DoutputDirectory=*) out="$(echo "$a" | cut -d= -f2)";; esac; done`;
	writeFileSync(path, `#!/bin/sh\n${out}\n${lines}\n`, { mode: 0o755 });
	return path;
}

function folder(): string {
	const made = mkdtempSync(join(dir, 'model-'));
	mkdirSync(join(made, 'onnx'));
	return made;
}

describe.skipIf(process.platform === 'win32')('the Maven artifact', () => {
	it('gives weights and tokenizer, and leaves nothing else behind', async () => {
		const jar = join(dir, 'artifact.jar');
		writeFileSync(
			jar,
			zipOf({
				'bge-small-zh-v1.5-q.onnx': Buffer.from('weights'),
				'bge-small-zh-v1.5-q-tokenizer.json': Buffer.from('{"model":{}}'),
			}),
		);
		const into = folder();
		await fetchByMaven(into, client(`cp "${jar}" "$out/artifact.jar"`));
		expect(readFileSync(join(into, WEIGHTS.path), 'utf8')).toBe('weights');
		expect(readFileSync(join(into, TOKENIZER.path), 'utf8')).toBe('{"model":{}}');
		expect(readdirSync(into).sort()).toEqual(['onnx', 'tokenizer.json']);
	});

	it('tells what the client said when it failed', async () => {
		const failing = client('echo "[INFO] trying"; echo "[ERROR] Could not find artifact"; exit 1');
		await expect(fetchByMaven(folder(), failing)).rejects.toThrow('Could not find artifact');
		await expect(fetchByMaven(folder(), client('exit 0'))).rejects.toThrow('没有给出文件');
	});

	it('is passed over when the client says nothing, however long it would run', async () => {
		const started = performance.now();
		await expect(fetchByMaven(folder(), client('echo begin; exec sleep 60'), 500)).rejects.toThrow('没有回应');
		expect(performance.now() - started).toBeLessThan(10_000);
		// One that goes on telling is waited for.
		const slow = client('for i in 1 2 3 4 5 6; do echo "Progress $i"; sleep 0.2; done; exit 3');
		await expect(fetchByMaven(folder(), slow, 1_000)).rejects.toThrow('退出码 3');
	});

	it('is passed over where there is no client', async () => {
		await expect(fetchByMaven(folder(), join(dir, 'no-such-client'))).rejects.toThrow('没有安装 mvn');
	});
});
