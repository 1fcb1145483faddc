import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const NODES = 3;
/** Half of what a node of any use would have, for all three: tests keep little. */
const HEAP = '1g';
const READY_MS = 180_000;

/** Three OpenSearch nodes of our own on this machine. */
export interface TestCluster {
	/** An address for each node. */
	readonly urls: readonly string[];
	/** Ends a node, counted from 0, as a crash would. */
	stop(node: number): Promise<void>;
	/** Brings it back and waits until the cluster has it. */
	start(node: number): Promise<void>;
	close(): Promise<void>;
}

/** Starts three nodes; the jars come from Maven the first time and are kept. Throws where Java or Maven is missing. */
export async function startNodes(): Promise<TestCluster> {
	const jars = fetchJars();
	const data = mkdtempSync(join(tmpdir(), 'wenqu-cluster-'));
	const port = await freePorts();
	const log = openSync(join(data, 'log'), 'w');
	const classPath = [join(jars, 'lib', '*'), join(jars, 'plugin', '*')].join(':');
	const java = spawn(
		'java',
		[`-Xmx${HEAP}`, '-XX:+UseSerialGC', '-cp', classPath, join(HERE, 'Nodes.java'), join(data, 'nodes'), String(port)],
		{ stdio: ['pipe', log, log] },
	);
	const urls = Array.from({ length: NODES }, (_, n) => `http://127.0.0.1:${port + n}`);
	try {
		await untilNodes(urls, NODES, java, join(data, 'log'));
	} catch (error) {
		java.kill('SIGKILL');
		throw error;
	}
	const tell = (line: string): void => void java.stdin?.write(`${line}\n`);
	return {
		urls,
		async stop(node) {
			tell(`stop ${node + 1}`);
			await untilNodes(urls.toSpliced(node, 1), NODES - 1, java, data);
		},
		async start(node) {
			tell(`start ${node + 1}`);
			await untilNodes(urls, NODES, java, data);
		},
		async close() {
			const ended = new Promise((resolve) => java.once('exit', resolve));
			java.stdin?.end();
			const force = setTimeout(() => java.kill('SIGKILL'), 10_000);
			await ended;
			clearTimeout(force);
			rmSync(data, { recursive: true, force: true });
		},
	};
}

function fetchJars(): string {
	const folder = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'wenqu', 'test-cluster-2.19.1');
	const done = join(folder, 'complete');
	if (existsSync(done)) return folder;
	mkdirSync(folder, { recursive: true });
	const maven = (goal: string, ...options: string[]): void => {
		const given = ['-q', '-f', join(HERE, 'pom.xml'), `dependency:${goal}`, ...options];
		execFileSync('mvn', given, { stdio: ['ignore', 'ignore', 'inherit'] });
	};
	maven('copy-dependencies', '-DexcludeTypes=zip', `-DoutputDirectory=${join(folder, 'lib')}`);
	maven('unpack-dependencies', '-DincludeTypes=zip', `-DoutputDirectory=${join(folder, 'plugin')}`);
	writeFileSync(done, '');
	return folder;
}

/** The first of as many ports in a row as there are nodes. */
async function freePorts(): Promise<number> {
	for (let tries = 0; ; tries++) {
		const first = 20_000 + Math.floor(Math.random() * 20_000);
		const free = await Promise.all(Array.from({ length: NODES }, (_, n) => isFree(first + n)));
		if (!free.includes(false)) return first;
		if (tries === 50) throw new Error('no free ports');
	}
}

function isFree(port: number): Promise<boolean> {
	return new Promise((resolve) => {
		const server = createServer();
		server.once('error', () => resolve(false));
		server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
	});
}

async function untilNodes(urls: readonly string[], count: number, java: ChildProcess, log: string): Promise<void> {
	const end = Date.now() + READY_MS;
	while (Date.now() < end) {
		if (java.exitCode !== null) throw new Error(`The cluster ended; its log is ${log}`);
		const seen = await Promise.all(urls.map((url) => nodesSeenBy(url)));
		if (seen.every((nodes) => nodes === count)) return;
		await new Promise((resolve) => setTimeout(resolve, 200));
	}
	throw new Error(`The cluster did not come to ${count} nodes; its log is ${log}`);
}

async function nodesSeenBy(url: string): Promise<number> {
	try {
		const reply = await fetch(`${url}/_cluster/health`, { signal: AbortSignal.timeout(2000) });
		return ((await reply.json()) as { number_of_nodes?: number }).number_of_nodes ?? 0;
	} catch {
		return 0;
	}
}
