import { parentPort } from 'node:worker_threads';
import type { Message } from './pool.js';

/** The other end of a `ThreadPool`, called once by the file that its threads run. Errors of a job are sent as text. */
export function serve<In, Out>(run: (input: In) => Promise<Out>): void {
	const port = parentPort;
	if (!port) throw new Error('serve belongs in a worker thread');
	const send = (message: Message<Out>): void => port.postMessage(message);
	port.on('message', (input: In) => {
		run(input).then(
			(result) => send({ result }),
			(error: unknown) => send({ failed: error instanceof Error ? error.message : String(error) }),
		);
	});
	send({ ready: true });
}
