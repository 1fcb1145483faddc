import { type DotProducts, dotProductsIn } from './dot-product.js';
import { evened } from './even.js';
import { dimensionOf, scaleOf } from './packed-vector.js';

/** A page of WebAssembly's memory. */
const PAGE = 65_536;
/** So many places are multiplied at a step. */
const STEP = 16;
/** The largest numbers of a row and of a question, as they are multiplied; so many bits has a sum. */
const [ROW_MOST, ASKED_MOST, SUM_MOST] = [127, 32_767, 2 ** 31 - 1];

/** Packed vectors side by side, where they can be compared with a question's all at once. */
export class PackedMatrix {
	readonly #stride: number;
	readonly #scales: Float32Array;
	readonly #memory: WebAssembly.Memory;
	readonly #rows: number;
	readonly #out: number;
	readonly #multiply: DotProducts;
	/** The most a number of the question becomes: were all as large, their sum would still fit. */
	readonly #most: number;
	/** The vector that stands ready to be multiplied, as numbers of its own, and what a step of it stands for. */
	readonly #asked: Float32Array;
	#unit = 0;

	/** Room for `capacity` vectors; it is filled row by row. */
	constructor(
		capacity: number,
		readonly dimension: number,
	) {
		this.#stride = Math.ceil(dimension / STEP) * STEP;
		this.#most = Math.min(ASKED_MOST, Math.floor(SUM_MOST / (ROW_MOST * dimension)));
		this.#scales = new Float32Array(capacity);
		this.#asked = new Float32Array(dimension);
		this.#rows = 2 * this.#stride;
		this.#out = this.#rows + capacity * this.#stride;
		this.#memory = new WebAssembly.Memory({ initial: Math.ceil((this.#out + 4 * capacity) / PAGE) });
		this.#multiply = dotProductsIn(this.#memory);
	}

	set(row: number, packed: Uint8Array): void {
		const at = this.#rows + row * this.#stride;
		new Uint8Array(this.#memory.buffer, at, this.dimension).set(packed.subarray(0, dimensionOf(packed)));
		this.#scales[row] = scaleOf(packed);
	}

	/** The products of a vector with the first `count` rows: cosines, where all are normalised. */
	products(vector: Float32Array, count: number): Float32Array {
		const unit = this.#ask(vector);
		this.#multiply(this.#rows, count, this.#stride, 0, this.#out);
		const products = new Int32Array(this.#memory.buffer, this.#out, count);
		const scales = this.#scales;
		const found = new Float32Array(count);
		for (let row = 0; row < count; row++) found[row] = (products[row] as number) * ((scales[row] as number) * unit);
		return found;
	}

	/** The product with one row, the very number that `products` gives. */
	product(vector: Float32Array, row: number): number {
		const unit = this.#ask(vector);
		this.#multiply(this.#rows + row * this.#stride, 1, this.#stride, 0, this.#out);
		const [product] = new Int32Array(this.#memory.buffer, this.#out, 1);
		return Math.fround((product as number) * ((this.#scales[row] as number) * unit));
	}

	/** Makes a vector ready; returns what one of its steps stands for, chosen as in `packVector`. */
	#ask(vector: Float32Array): number {
		if (this.#isAsked(vector)) return this.#unit;
		const turned = evened(vector);
		let most = 0;
		for (const value of turned) most = Math.max(most, Math.abs(value));
		const asked = new Int16Array(this.#memory.buffer, 0, this.#stride);
		let own = 0;
		let rounded = 0;
		for (let n = 0; n < this.dimension; n++) {
			const value = turned[n] as number;
			const step = most > 0 ? Math.round((value * this.#most) / most) : 0;
			asked[n] = step;
			own += value * value;
			rounded += value * step;
		}
		this.#asked.set(vector);
		this.#unit = rounded > 0 ? own / rounded : 0;
		return this.#unit;
	}

	/** A question asks for some hundred products one by one: its vector is made ready once. */
	#isAsked(vector: Float32Array): boolean {
		const asked = this.#asked;
		for (let n = 0; n < this.dimension; n++) if (asked[n] !== vector[n]) return false;
		return true;
	}
}
