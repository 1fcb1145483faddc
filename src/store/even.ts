/**
 * Turns a vector so that what a few of its numbers held is spread over all (Walsh-Hadamard, signs by a fixed rule). It
 * is a rotation: products stay as they are. A model's vectors have a few large numbers that would make the steps of all
 * others coarse.
 */
export function evened(vector: Float32Array): Float32Array {
	const turned = vector.map((value, n) => (isFlipped(n) ? -value : value));
	transform(turned);
	return turned;
}

/** Undoes `evened`. */
export function unevened(turned: Float32Array): Float32Array {
	const vector = turned.slice();
	transform(vector);
	return vector.map((value, n) => (isFlipped(n) ? -value : value));
}

/** In blocks as long as the largest power of two that goes into the length. */
function transform(vector: Float32Array): void {
	const block = vector.length & -vector.length;
	for (let half = 1; half < block; half *= 2) {
		for (let at = 0; at < vector.length; at++) {
			if (at & half) continue;
			const [a, b] = [vector[at] as number, vector[at + half] as number];
			vector[at] = a + b;
			vector[at + half] = a - b;
		}
	}
	const scale = 1 / Math.sqrt(block);
	for (let at = 0; at < vector.length; at++) vector[at] = (vector[at] as number) * scale;
}

/** As good as chance, and the same for ever. */
function isFlipped(n: number): boolean {
	return Math.imul(n + 1, 2_654_435_761) >>> 31 === 1;
}
