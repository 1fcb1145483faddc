import type { Client } from '@opensearch-project/opensearch';
import { errors } from '@opensearch-project/opensearch';
import type { z } from 'zod';
import { WenquError } from '../errors.js';
import { Breaker } from './breaker.js';
import { bareCause, clusterError, failureOf } from './failure.js';

/** A request to the cluster. */
export interface Request {
	readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'HEAD';
	readonly path: string;
	readonly query?: Readonly<Record<string, string | number | boolean>>;
	readonly body?: object;
	/** Lines of a bulk or of several searches, in place of a body. */
	readonly lines?: readonly object[];
}

/** How patient a request is. */
export interface Patience {
	readonly attempts: number;
	/** Until a reply, for one attempt. */
	readonly timeoutMs: number;
	/** The longest wait before the second attempt; it doubles with each, and is drawn by chance from 0 on. */
	readonly waitMs: number;
	readonly mostWaitMs: number;
}

/** Somebody waits for the answer: some seconds in all. */
export const READING: Patience = { attempts: 4, timeoutMs: 5_000, waitMs: 150, mostWaitMs: 1_500 };
/** Nobody waits: long enough for a lost node's shards to be taken over by others. */
export const WRITING: Patience = { attempts: 9, timeoutMs: 60_000, waitMs: 400, mostWaitMs: 15_000 };

/** Speaks to the cluster: tries again with waits drawn by chance, gives up for a while when it is down. */
export class Cluster {
	readonly #client: Client;
	readonly #breaker: Breaker;

	constructor(client: Client, breaker: Breaker = new Breaker()) {
		this.#client = client;
		this.#breaker = breaker;
	}

	/** The reply as it should look. Throws a ClusterError. */
	async send<T>(request: Request, schema: z.ZodType<T>, patience: Patience = READING): Promise<T> {
		const reply = await this.tell(request, patience);
		const parsed = schema.safeParse(reply);
		if (!parsed.success) throw clusterError('wrong', parsed.error);
		return parsed.data;
	}

	/** The reply as it comes; null where the thing asked for is not there (404). Throws a ClusterError. */
	async tell(request: Request, patience: Patience = READING): Promise<unknown> {
		for (let attempt = 1; ; attempt++) {
			// A writer's waits are long enough by themselves; it must not give up a run because readers did.
			if (patience !== WRITING) this.#breaker.pass();
			try {
				const { body } = await this.#client.transport.request(paramsOf(request), {
					requestTimeout: patience.timeoutMs,
					maxRetries: 0,
				});
				this.#breaker.succeeded();
				return body;
			} catch (error) {
				if (error instanceof errors.ResponseError && (error.statusCode === 404 || error.statusCode === 409)) {
					// The cluster is well; what is asked for is not there, or somebody else was first.
					this.#breaker.succeeded();
					if (error.statusCode === 404) return null;
					throw new Conflict(bareCause(error));
				}
				const { fault, mayPass } = failureOf(error);
				if (!mayPass) {
					this.#breaker.succeeded();
					throw clusterError(fault, bareCause(error));
				}
				if (attempt >= patience.attempts) {
					this.#breaker.failed();
					throw clusterError(fault, bareCause(error));
				}
			}
			await pause(Math.random() * Math.min(patience.mostWaitMs, patience.waitMs * 2 ** (attempt - 1)));
		}
	}

	close(): void {
		void this.#client.close().catch(() => undefined);
	}
}

/** A document is not as the writer knew it: somebody else wrote first, or an earlier attempt whose reply was lost. */
export class Conflict extends WenquError {
	override readonly name = 'Conflict';

	constructor(cause: unknown) {
		super('另一个进程同时在写集群里的索引，请再试一次。', { cause });
	}
}

function paramsOf({ method, path, query, body, lines }: Request): Parameters<Client['transport']['request']>[0] {
	return {
		method,
		path,
		...(query ? { querystring: query } : {}),
		...(body ? { body } : {}),
		...(lines ? { bulkBody: [...lines] } : {}),
	};
}

export function pause(ms: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, ms));
}
