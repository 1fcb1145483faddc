/**
 * Lets so many in at once, first come, first served. Work of one kind that all begins together also ends together, and
 * then everybody waits for the last; let in by turns, most are done early. Whoever takes long gives up the place and
 * goes on beside, so that slow ones hold up nobody.
 */
export class Turnstile {
	readonly #waiting: (() => void)[] = [];
	#inside = 0;

	constructor(
		private readonly places: number,
		private readonly longestMs: number,
	) {}

	async run<T>(work: () => Promise<T>): Promise<T> {
		if (this.#inside < this.places) this.#inside++;
		else await new Promise<void>((resolve) => this.#waiting.push(resolve));
		let isInside = true;
		const leave = (): void => {
			if (!isInside) return;
			isInside = false;
			const next = this.#waiting.shift();
			// The place is handed on, not given back: nobody can slip in between.
			if (next) next();
			else this.#inside--;
		};
		const timer = setTimeout(leave, this.longestMs);
		try {
			return await work();
		} finally {
			clearTimeout(timer);
			leave();
		}
	}
}
