import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startNodes, type TestCluster } from './nodes.js';

let cluster: TestCluster | undefined;
let control: Server | undefined;

/** Starts three nodes of our own, unless a cluster is named; the tests reach them, and end and start nodes, by address. */
export async function setup(): Promise<void> {
	if (process.env['WENQU_OPENSEARCH_URL']) return;
	const nodes = await startNodes();
	cluster = nodes;
	control = createServer((request, response) => {
		const [, what, node] = (request.url ?? '').split('/');
		const done = what === 'stop' ? nodes.stop(Number(node)) : nodes.start(Number(node));
		done.then(
			() => response.end(),
			(error: unknown) => response.writeHead(500).end(String(error)),
		);
	});
	await new Promise<void>((resolve) => control?.listen(0, '127.0.0.1', resolve));
	process.env['WENQU_OPENSEARCH_URL'] = nodes.urls.join(',');
	process.env['WENQU_TEST_NODES'] = `http://127.0.0.1:${(control.address() as AddressInfo).port}`;
}

export async function teardown(): Promise<void> {
	control?.close();
	await cluster?.close();
}
