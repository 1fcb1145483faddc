/** Runs tasks in order within a lane, lanes independent of each other, and bounded. */
export class Lanes<Key> {
	readonly #waiting = new Map<Key, (() => Promise<void>)[]>();
	#open = 0;
	#wake: (() => void)[] = [];

	constructor(
		private readonly mostPerLane: number,
		private readonly mostInAll: number,
	) {}

	/** Tasks that run or wait. */
	get open(): number {
		return this.#open;
	}

	/** Takes a task, or gives false where the lane is full. Tasks do not throw. */
	run(key: Key, task: () => Promise<void>): boolean {
		const lane = this.#waiting.get(key);
		if (lane && lane.length >= this.mostPerLane) return false;
		this.#open++;
		if (lane) lane.push(task);
		else {
			const fresh = [task];
			this.#waiting.set(key, fresh);
			void this.#work(key, fresh);
		}
		return true;
	}

	/** So much is open that no more should be taken. */
	get isFull(): boolean {
		return this.#open >= this.mostInAll;
	}

	/** Resolves when nothing is left. */
	async idle(): Promise<void> {
		while (this.#open > 0) await this.#change();
	}

	#change(): Promise<void> {
		return new Promise((resolve) => this.#wake.push(resolve));
	}

	async #work(key: Key, lane: (() => Promise<void>)[]): Promise<void> {
		for (let task = lane[0]; task; task = lane[0]) {
			await task();
			lane.shift();
			this.#open--;
			const waiting = this.#wake;
			this.#wake = [];
			for (const wake of waiting) wake();
		}
		this.#waiting.delete(key);
	}
}
