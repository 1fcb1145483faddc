import { z } from 'zod';
import { type Cluster, pause, WRITING } from './cluster.js';
import { clusterError, type Failure, failureOfStatus } from './failure.js';

/** A request holds so much at most: large enough to be worth its way, small enough for a busy node's queue. */
const MOST_BYTES = 3 << 20;
const MOST_LINES = 400;
/** Requests under way at once; whoever writes more waits. */
const AT_ONCE = 2;

const reply = z.object({
	errors: z.boolean(),
	items: z.array(
		z.record(
			z.string(),
			z.object({ status: z.int(), error: z.object({ type: z.string(), reason: z.string().nullish() }).optional() }),
		),
	),
});

interface Operation {
	readonly head: object;
	readonly document: object;
	readonly bytes: number;
}

/** A document to be written, as new or in the place of the one that was seen. */
export interface Write {
	readonly index: string;
	readonly id: string;
	readonly document: object;
	readonly seen?: { readonly seqNo: number; readonly term: number };
}

/**
 * Writes many documents: gathered into requests, two under way at once, so that memory stays small and the cluster sets
 * the pace. Items that it was too busy for are sent again, alone, later. All may be sent twice: ids are given by us.
 */
export class Bulk {
	#gathered: Operation[] = [];
	#bytes = 0;
	readonly #underWay = new Set<Promise<void>>();
	#failure: unknown = null;

	constructor(private readonly cluster: Cluster) {}

	/** Takes a document; waits where enough is under way. Throws a ClusterError when an earlier request failed for good. */
	async write({ index, id, document, seen }: Write): Promise<void> {
		if (this.#failure) throw this.#failure;
		const proof = seen ? { if_seq_no: seen.seqNo, if_primary_term: seen.term } : {};
		const bytes = JSON.stringify(document).length * 2;
		this.#gathered.push({ head: { index: { _index: index, _id: id, ...proof } }, document, bytes });
		this.#bytes += bytes;
		if (this.#bytes >= MOST_BYTES || this.#gathered.length >= MOST_LINES) await this.#sendGathered();
	}

	/** Waits until everything is written. */
	async flush(): Promise<void> {
		await this.#sendGathered();
		await Promise.all(this.#underWay);
		if (this.#failure) throw this.#failure;
	}

	async #sendGathered(): Promise<void> {
		while (this.#underWay.size >= AT_ONCE) await Promise.race(this.#underWay);
		const batch = this.#gathered;
		this.#gathered = [];
		this.#bytes = 0;
		if (batch.length === 0) return;
		const sending = this.#send(batch)
			.catch((error: unknown) => {
				this.#failure ??= error;
			})
			.finally(() => this.#underWay.delete(sending));
		this.#underWay.add(sending);
	}

	async #send(batch: readonly Operation[]): Promise<void> {
		let left = batch;
		for (let attempt = 1; ; attempt++) {
			const lines = left.flatMap(({ head, document }) => [head, document]);
			const { items } = await this.cluster.send({ method: 'POST', path: '/_bulk', lines }, reply, WRITING);
			let worst: Failure | null = null;
			const again = left.filter((_, n) => {
				const [item] = Object.values(items[n] ?? {});
				if (!item) throw clusterError('wrong');
				// A document that is not as it was seen: somebody else changed it, or an earlier attempt whose reply was lost.
				// Which of the two is proven before anything is published.
				if (item.status < 300 || item.status === 409) return false;
				const failure = failureOfStatus(item.status, `"type":"${item.error?.type ?? ''} ${item.error?.reason ?? ''}"`);
				if (!failure.mayPass) throw clusterError(failure.fault, item.error);
				worst = failure;
				return true;
			});
			if (!worst) return;
			if (attempt >= WRITING.attempts) throw clusterError((worst as Failure).fault);
			left = again;
			await pause(Math.random() * Math.min(WRITING.mostWaitMs, WRITING.waitMs * 2 ** attempt));
		}
	}
}
