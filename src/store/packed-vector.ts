import { evened, unevened } from './even.js';

/** What stands behind the numbers of a packed vector: its scale as a float, and a byte that makes the length odd. */
const TAIL = 5;
const MOST = 127;
/** The last byte: how the rest is made. */
const MAKING = 2;

/**
 * A vector as it is kept: a byte for each number, and the scale that brings the whole back. A quarter of the floats'
 * size; what the rounding costs in finding is told in docs/performance.md.
 */
export function packVector(unturned: Float32Array): Buffer {
	const vector = evened(unturned);
	const most = vector.reduce((high, value) => Math.max(high, Math.abs(value)), 0);
	const bytes = Buffer.alloc(vector.length + TAIL);
	let own = 0;
	let rounded = 0;
	vector.forEach((value, n) => {
		const step = most > 0 ? Math.round((value * MOST) / most) : 0;
		bytes.writeInt8(step, n);
		own += value * value;
		rounded += value * step;
	});
	// Not most / 127: by this scale the vector's product with itself comes out as it was.
	bytes.writeFloatLE(rounded > 0 ? own / rounded : 0, vector.length);
	bytes.writeUInt8(MAKING, bytes.length - 1);
	return bytes;
}

/** A stored vector as it is kept now; null where nobody knows how it was made. The first indexes kept floats. */
export function packedOf(bytes: Uint8Array): Uint8Array | null {
	if (isPacked(bytes)) return bytes;
	return bytes.length % 4 === 0 ? packVector(new Float32Array(Uint8Array.from(bytes).buffer)) : null;
}

export function isPacked(bytes: Uint8Array): boolean {
	return bytes.length % 4 !== 0 && bytes.at(-1) === MAKING;
}

/** How many numbers a packed vector has. */
export function dimensionOf(packed: Uint8Array): number {
	return packed.length - TAIL;
}

/** The scale of a packed vector. */
export function scaleOf(packed: Uint8Array): number {
	return new DataView(packed.buffer, packed.byteOffset).getFloat32(dimensionOf(packed), true);
}

/** The numbers that a packed vector stands for. */
export function unpackVector(packed: Uint8Array): Float32Array {
	const scale = scaleOf(packed);
	return unevened(Float32Array.from(packed.subarray(0, dimensionOf(packed)), (byte) => ((byte << 24) >> 24) * scale));
}
