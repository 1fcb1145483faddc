import { parentPort, workerData } from 'node:worker_threads';
import { openNetwork } from './network.js';
import type { Window } from './windows.js';

// A thread of its own around the network: the runtime computes on the thread that asks it, and the thread that
// answers questions must stay free for others. Errors of a run are caught there and sent as text.
const port = parentPort;
if (!port) throw new Error('network-worker runs in a worker thread only');
const network = await openNetwork(workerData as string);
port.on('message', (window: Window) => {
	network.run(window).then(
		(scores) => port.postMessage({ scores }),
		(error: unknown) => port.postMessage({ failed: error instanceof Error ? error.message : String(error) }),
	);
});
port.postMessage({ ready: true });
