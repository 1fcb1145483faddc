/** At most so many in any stretch of so long. */
export interface Rate {
	readonly count: number;
	readonly perMs: number;
}

/** Gives out places in time so that no stretch of `perMs` ever holds more than `count` of them. */
export class Window {
	readonly #taken: number[] = [];

	constructor(private readonly rate: Rate) {}

	/** Takes the next free place and says when it is. */
	reserve(now: number): number {
		const oldest = this.#taken.length >= this.rate.count ? (this.#taken.shift() ?? 0) : Number.NEGATIVE_INFINITY;
		const at = Math.max(now, oldest + this.rate.perMs, this.#taken.at(-1) ?? now);
		this.#taken.push(at);
		return at;
	}

	/** The place last taken was used later than it was given out for. */
	usedAt(at: number): void {
		if (this.#taken.length > 0) this.#taken[this.#taken.length - 1] = at;
	}

	/** Takes a place now if one is free; otherwise takes none. */
	tryNow(now: number): boolean {
		const full = this.#taken.length >= this.rate.count;
		if (full && (this.#taken[0] ?? 0) + this.rate.perMs > now) return false;
		if (full) this.#taken.shift();
		this.#taken.push(now);
		return true;
	}

	idleAt(now: number): boolean {
		return (this.#taken.at(-1) ?? 0) + this.rate.perMs < now;
	}
}

/** A window for each key; keys that have not been seen for a while are let go, so that memory stays bounded. */
export class Windows<Key> {
	readonly #byKey = new Map<Key, Window>();

	constructor(
		private readonly rate: Rate,
		private readonly kept = 2000,
	) {}

	of(key: Key, now: number): Window {
		let window = this.#byKey.get(key);
		if (!window) {
			if (this.#byKey.size >= this.kept)
				for (const [old, one] of this.#byKey) if (one.idleAt(now)) this.#byKey.delete(old);
			window = new Window(this.rate);
			this.#byKey.set(key, window);
		}
		return window;
	}
}
