/** Bits of a limb: with a carry their sum is still a whole number that JavaScript's bit operations take. */
const BITS = 30;
const FULL = 2 ** BITS - 1;

/** How much of a question stands in a text in the question's order: the longest common subsequence of characters. */
export class InOrder {
	readonly #length: number;
	readonly #limbs: number;
	/** Where in the question each character stands, as bits. */
	readonly #places = new Map<number, Int32Array>();

	constructor(characters: readonly string[]) {
		this.#length = characters.length;
		this.#limbs = Math.ceil(characters.length / BITS);
		characters.forEach((character, n) => {
			if (character.length > 1) return;
			const code = character.charCodeAt(0);
			const places = this.#places.get(code) ?? new Int32Array(this.#limbs);
			places[Math.floor(n / BITS)] = (places[Math.floor(n / BITS)] ?? 0) | (1 << (n % BITS));
			this.#places.set(code, places);
		});
	}

	/** 0 to 1. All of a text character's places are worked on at once, as in Hyyrö's algorithm; others cost nothing. */
	share(text: string): number {
		if (this.#length === 0) return 0;
		const open = new Int32Array(this.#limbs).fill(FULL);
		for (let at = 0; at < text.length; at++) {
			const places = this.#places.get(text.charCodeAt(at));
			if (!places) continue;
			let carry = 0;
			for (let limb = 0; limb < this.#limbs; limb++) {
				const bits = open[limb] as number;
				const hit = bits & (places[limb] as number);
				const sum = bits + hit + carry;
				carry = sum > FULL ? 1 : 0;
				open[limb] = ((sum & FULL) | (bits & ~hit)) & FULL;
			}
		}
		let closed = 0;
		for (const bits of open) for (let rest = ~bits & FULL; rest !== 0; rest &= rest - 1) closed++;
		return closed / this.#length;
	}
}
