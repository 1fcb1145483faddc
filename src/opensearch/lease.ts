import { randomUUID } from 'node:crypto';
import { ClusterError, IndexBusyError } from '../errors.js';
import { type Cluster, Conflict, pause, WRITING } from './cluster.js';
import { clusterError } from './failure.js';
import { type NamespaceState, newState, readState, replaceState, type SeenState } from './state.js';

/** A writer that has said nothing for so long is taken for dead, by the clock of whoever comes next. */
export const SILENCE_MS = 30_000;
const BEAT_MS = 5_000;
const LOOK_MS = 1_000;

/**
 * The right to write the next generation of a namespace. It is lent, not locked: a writer that fell silent is followed
 * by another, and the number of its generation is abandoned in the same step, so that nothing it may still write is
 * ever seen. Its own next step then fails, as the state is no longer the one it saw.
 */
export class Lease {
	readonly generation: number;
	#seen: SeenState;
	#steps: Promise<unknown> = Promise.resolve();
	#lost: Error | null = null;
	readonly #beat: NodeJS.Timeout;

	private constructor(
		private readonly cluster: Cluster,
		private readonly namespace: string,
		private readonly run: string,
		seen: SeenState,
	) {
		this.#seen = seen;
		this.generation = seen.state.last;
		this.#beat = setInterval(() => {
			void this.#step((state) => state).catch(() => undefined);
		}, BEAT_MS);
		this.#beat.unref();
	}

	/** Takes the lease. Throws an IndexBusyError while another writer is alive, unless told to wait. */
	static async take(
		cluster: Cluster,
		namespace: string,
		fresh: { readonly recipe: string; readonly dimension: number },
		wait: boolean,
	): Promise<Lease> {
		const run = randomUUID();
		for (;;) {
			const seen = (await readState(cluster, namespace, WRITING)) ?? {
				state: newState(fresh.recipe, fresh.dimension),
				version: null,
			};
			if (seen.state.writer?.run === run) return new Lease(cluster, namespace, run, seen);
			if (isAlive(seen.state)) {
				if (!wait) throw new IndexBusyError('另一个进程正在写集群里的索引，请稍后再试，或加 --wait 等它写完。');
				await pause(LOOK_MS);
				continue;
			}
			try {
				const next = begun(seen.state, run);
				return new Lease(cluster, namespace, run, await replaceState(cluster, namespace, seen.version, next, WRITING));
			} catch (error) {
				// Somebody was quicker, or a first attempt got through whose reply was lost: look again.
				if (!(error instanceof Conflict)) throw error;
			}
		}
	}

	/** The state as this writer last wrote it. */
	get state(): NamespaceState {
		return this.#seen.state;
	}

	/** Throws where the lease is known to be lost; asked between the steps of a run. */
	check(): void {
		if (this.#lost) throw this.#lost;
	}

	/** Publishes: readers see the new generation from here on. */
	async publish(change: (state: NamespaceState) => NamespaceState): Promise<NamespaceState> {
		clearInterval(this.#beat);
		const { state } = await this.#step((before) => ({ ...change(before), generation: this.generation, writer: null }));
		return state;
	}

	/** Gives up: what was written of this generation will never be seen. Quiet where the cluster cannot be told. */
	async abandon(change: (state: NamespaceState) => NamespaceState = (state) => state): Promise<void> {
		clearInterval(this.#beat);
		if (this.#lost || this.#seen.state.writer?.run !== this.run) return;
		await this.#step((state) => ({
			...change(state),
			writer: null,
			abandoned: [...state.abandoned, this.generation],
		})).catch(() => undefined);
	}

	/** One change of the state after the other, each a sign of life. */
	#step(change: (state: NamespaceState) => NamespaceState): Promise<SeenState> {
		const step = this.#steps.then(() => this.#change(change));
		this.#steps = step.catch(() => undefined);
		return step;
	}

	async #change(change: (state: NamespaceState) => NamespaceState): Promise<SeenState> {
		this.check();
		const { state, version } = this.#seen;
		const alive = state.writer && { ...state.writer, beat: new Date().toISOString() };
		const next = change({ ...state, writer: alive });
		try {
			this.#seen = await replaceState(this.cluster, this.namespace, version, next, WRITING);
			return this.#seen;
		} catch (error) {
			if (!(error instanceof Conflict)) throw error;
			const now = await readState(this.cluster, this.namespace, WRITING);
			// The reply to our own write was lost: what stands there is what we wrote.
			if (now && JSON.stringify(now.state) === JSON.stringify(next)) {
				this.#seen = now;
				return now;
			}
			this.#lost = new IndexBusyError('另一个进程接手了集群里的索引，这次的更新没有发布。', { cause: error });
			throw this.#lost;
		}
	}
}

/** Whether somebody is writing, as far as one can tell. */
export function isAlive({ writer }: NamespaceState): boolean {
	return writer !== null && Date.now() - Date.parse(writer.beat) < SILENCE_MS;
}

function begun(state: NamespaceState, run: string): NamespaceState {
	const generation = state.last + 1;
	const dead = state.writer ? [...state.abandoned, state.writer.generation] : state.abandoned;
	const writer = { run, generation, beat: new Date().toISOString() };
	return { ...state, last: generation, abandoned: dead, writer };
}

/** A fault of the cluster as a run tells it: what was there before is still there. */
export function writeFailure(error: unknown): unknown {
	if (error instanceof Conflict)
		return new IndexBusyError('另一个进程同时在写集群里的索引，这次的更新没有发布。', { cause: error });
	if (!(error instanceof ClusterError)) return error;
	const said = clusterError(error.fault, error.cause);
	return new ClusterError(`${said.message}上一次发布的索引没有变。`, error.fault, { cause: error.cause });
}
