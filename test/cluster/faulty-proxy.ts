import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What becomes of a request: sent on, answered otherwise, cut off before or after the cluster has seen it, or kept waiting. */
export type Fate =
	| 'pass'
	| 'cut'
	| 'lose the reply'
	| { readonly status: number; readonly type?: string }
	| { readonly afterMs: number };

/** A request as a rule sees it; `nth` counts those that this rule has seen. */
export interface Seen {
	readonly method: string;
	readonly path: string;
	readonly nth: number;
}

/** Stands between wenqu and a cluster and plays faults by a rule that a test sets. */
export class FaultyProxy {
	readonly #server: Server;
	readonly #target: URL;
	#rule: (seen: Seen) => Fate = () => 'pass';
	#seen = 0;
	#port = 0;

	private constructor(target: string) {
		this.#target = new URL(target);
		this.#server = createServer((incoming, outgoing) => {
			const seen = { method: incoming.method ?? '', path: incoming.url ?? '', nth: ++this.#seen };
			this.#play(this.#rule(seen), incoming, outgoing);
		});
	}

	static async start(target: string): Promise<FaultyProxy> {
		const proxy = new FaultyProxy(target);
		await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve));
		proxy.#port = (proxy.#server.address() as AddressInfo).port;
		return proxy;
	}

	get url(): string {
		return `http://127.0.0.1:${this.#port}`;
	}

	/** Requests since the rule was set. */
	get seen(): number {
		return this.#seen;
	}

	rule(rule: (seen: Seen) => Fate): void {
		this.#rule = rule;
		this.#seen = 0;
	}

	close(): void {
		this.#server.closeAllConnections();
		this.#server.close();
	}

	#play(fate: Fate, incoming: IncomingMessage, outgoing: ServerResponse): void {
		if (fate === 'cut') {
			incoming.socket.destroy();
			return;
		}
		if (typeof fate === 'object' && 'status' in fate) {
			incoming.resume();
			const error = { type: fate.type ?? 'made_up_exception', reason: 'a fault that is played' };
			outgoing.writeHead(fate.status, { 'content-type': 'application/json' });
			outgoing.end(JSON.stringify({ error, status: fate.status }));
			return;
		}
		const send = (): void => this.#sendOn(fate === 'lose the reply', incoming, outgoing);
		if (typeof fate === 'object') setTimeout(send, fate.afterMs).unref();
		else send();
	}

	#sendOn(isLost: boolean, incoming: IncomingMessage, outgoing: ServerResponse): void {
		const { hostname, port } = this.#target;
		const { method, url: path, headers } = incoming;
		const onward = request({ hostname, port, method, path, headers }, (reply) => {
			if (isLost) {
				reply.resume().on('end', () => incoming.socket.destroy());
				return;
			}
			outgoing.writeHead(reply.statusCode ?? 502, reply.headers);
			reply.pipe(outgoing);
		});
		onward.on('error', () => incoming.socket.destroy());
		incoming.pipe(onward);
	}
}
