/** Where a term occurs: passages by internal id, rising, with how often in the body and in the headline. */
export interface Posting {
	readonly passage: number;
	readonly body: number;
	readonly headline: number;
}

/** A list that grows: packed bytes, the first step counted from 0, and the last passage in it. */
export interface PackedList {
	last: number;
	readonly bytes: number[];
}

/** The most a headline count can be: two bits of the packed count. */
const MOST_HEADLINE = 3;

/** Packs a posting behind the others: the step from the passage before, then both counts in one, in as few bytes as they need. */
export function appendPosting(list: PackedList, { passage, body, headline }: Posting): void {
	pushNumber(list.bytes, passage - list.last);
	pushNumber(list.bytes, body * (MOST_HEADLINE + 1) + Math.min(headline, MOST_HEADLINE));
	list.last = passage;
}

export function packPostings(postings: readonly Posting[]): Buffer {
	const list: PackedList = { last: 0, bytes: [] };
	for (const posting of postings) appendPosting(list, posting);
	return Buffer.from(list.bytes);
}

/** Puts a list behind another whose passages all come before: its first step is counted from the other's end instead of from 0. */
export function appendList(
	before: { readonly last: number; readonly list: Uint8Array },
	list: Uint8Array,
): Buffer<ArrayBuffer> {
	let first = 0;
	let at = 0;
	for (let shift = 0, more = true; more; shift += 7) {
		const byte = list[at++] ?? 0;
		first |= (byte & 0x7f) << shift;
		more = byte > 0x7f;
	}
	const step: number[] = [];
	pushNumber(step, first - before.last);
	return Buffer.concat([before.list, Buffer.from(step), list.subarray(at)]);
}

function pushNumber(bytes: number[], value: number): void {
	let rest = value;
	while (rest > 0x7f) {
		bytes.push((rest & 0x7f) | 0x80);
		rest >>>= 7;
	}
	bytes.push(rest);
}

/** Calls `visit` for each posting of a packed list; a plain loop, because a question reads some hundred thousand of them. */
export function eachPosting(list: Uint8Array, visit: (passage: number, body: number, headline: number) => void): void {
	let passage = 0;
	let at = 0;
	while (at < list.length) {
		let byte = list[at++] ?? 0;
		let step = byte & 0x7f;
		for (let shift = 7; byte > 0x7f; shift += 7) {
			byte = list[at++] ?? 0;
			step |= (byte & 0x7f) << shift;
		}
		byte = list[at++] ?? 0;
		let counts = byte & 0x7f;
		for (let shift = 7; byte > 0x7f; shift += 7) {
			byte = list[at++] ?? 0;
			counts |= (byte & 0x7f) << shift;
		}
		passage += step;
		visit(passage, counts >>> 2, counts & MOST_HEADLINE);
	}
}

/** The postings of a packed list. */
export function unpackPostings(list: Uint8Array): Posting[] {
	const postings: Posting[] = [];
	eachPosting(list, (passage, body, headline) => postings.push({ passage, body, headline }));
	return postings;
}
