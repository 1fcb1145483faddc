import { clusterError } from './failure.js';

/** So many requests in a row must fail before no more are sent for a while. */
const FAILURES = 3;
/** How long none is sent, in milliseconds, up to half as long again by chance. */
const PAUSE_MS = 3_000;

/**
 * Keeps a cluster that is down from being asked by everybody at once, and everybody from waiting for it: after some
 * failures in a row every request fails at once for a few seconds, and then one goes ahead to see.
 */
export class Breaker {
	#failures = 0;
	#closedUntil = 0;
	#trying = false;

	constructor(private readonly now: () => number = Date.now) {}

	/** Throws a ClusterError while nothing is to be sent. */
	pass(): void {
		if (this.#failures < FAILURES) return;
		if (this.now() < this.#closedUntil || this.#trying) throw clusterError('paused');
		this.#trying = true;
	}

	succeeded(): void {
		this.#failures = 0;
		this.#trying = false;
	}

	failed(): void {
		this.#failures++;
		this.#trying = false;
		this.#closedUntil = this.now() + PAUSE_MS * (1 + Math.random() / 2);
	}
}
