/** How many times what is wanted is gathered before it is sorted and cut. */
const ROOM = 8;

/** Places of the highest scores, highest first, equal ones by place; only such as are above a bar. One pass, and little sorting. */
export function highest(scores: Float32Array, limit: number, above = Number.NEGATIVE_INFINITY): number[] {
	const byScore = (a: number, b: number): number => (scores[b] as number) - (scores[a] as number) || a - b;
	const most = Math.max(limit, 1) * ROOM;
	let found: number[] = [];
	let bar = above;
	for (let place = 0; place < scores.length; place++) {
		if ((scores[place] as number) <= bar) continue;
		found.push(place);
		if (found.length < most) continue;
		found = found.sort(byScore).slice(0, limit);
		// Whoever comes later needs more than the last of them: an equal one stands behind it.
		bar = scores[found[limit - 1] ?? 0] ?? bar;
	}
	return found.sort(byScore).slice(0, limit);
}
