/** Steps until nothing changes; half of them are enough. */
const STEPS = 30;

/** Brings every feature to mean 0 and spread 1 over all candidates; a ridge treats them alike only then. */
export function standardised(rows) {
	const all = rows.flatMap(({ features }) => features);
	const columns = all[0].map((_, k) => all.map((features) => features[k]));
	const mean = columns.map((column) => column.reduce((sum, value) => sum + value, 0) / column.length);
	const spread = columns.map(
		(column, k) => Math.sqrt(column.reduce((sum, value) => sum + (value - mean[k]) ** 2, 0) / column.length) || 1,
	);
	const scaled = rows.map((row) => ({
		...row,
		features: row.features.map((features) => features.map((value, k) => (value - mean[k]) / spread[k])),
	}));
	return { scaled, spread };
}

/** Weights of some columns under which the right candidates of the rows are likeliest. */
export function learn(rows, columns, ridge) {
	const used = rows
		.filter(({ right }) => right.includes(true))
		.map(({ features, right }) => ({ right, x: features.map((row) => columns.map((column) => row[column])) }));
	let weights = columns.map(() => 0);
	let { loss, slope, curve } = lossOf(used, weights, ridge);
	for (let n = 0; n < STEPS; n++) {
		const step = solve(curve, slope);
		let share = 1;
		let next;
		do {
			const tried = weights.map((weight, k) => weight - share * step[k]);
			next = { weights: tried, ...lossOf(used, tried, ridge) };
			share /= 2;
		} while (next.loss > loss && share > 1e-4);
		if (!(loss - next.loss > 1e-7)) break;
		({ weights, loss, slope, curve } = next);
	}
	return weights;
}

/** Mean negative log chance of the right ones, its slope, and the curvature of its convex part. */
function lossOf(rows, weights, ridge) {
	const size = weights.length;
	let loss = ridge * dot(weights, weights);
	const slope = weights.map((weight) => 2 * ridge * weight);
	const curve = weights.map((_, k) => weights.map((__, m) => (k === m ? 2 * ridge : 0)));
	for (const { x, right } of rows) {
		const chances = softmax(x.map((features) => dot(features, weights)));
		const held = chances.reduce((sum, chance, i) => sum + (right[i] ? chance : 0), 0) || 1e-12;
		loss -= Math.log(held) / rows.length;
		const mean = new Float64Array(size);
		for (const [i, features] of x.entries()) {
			const pull = chances[i] - (right[i] ? chances[i] / held : 0);
			for (let k = 0; k < size; k++) {
				slope[k] += (pull * features[k]) / rows.length;
				mean[k] += chances[i] * features[k];
				for (let m = 0; m < size; m++) curve[k][m] += (chances[i] * features[k] * features[m]) / rows.length;
			}
		}
		for (let k = 0; k < size; k++) for (let m = 0; m < size; m++) curve[k][m] -= (mean[k] * mean[m]) / rows.length;
	}
	return { loss, slope, curve };
}

function softmax(scores) {
	const most = Math.max(...scores);
	const powers = scores.map((score) => Math.exp(score - most));
	const sum = powers.reduce((total, power) => total + power, 0);
	return powers.map((power) => power / sum);
}

function dot(a, b) {
	return a.reduce((sum, value, k) => sum + value * b[k], 0);
}

/** Solves a small system of equations by elimination; the ridge keeps it from being singular. */
function solve(matrix, vector) {
	const rows = matrix.map((row, k) => [...row, vector[k]]);
	for (let k = 0; k < rows.length; k++) {
		const pivot = rows.reduce((best, row, n) => (n > k && Math.abs(row[k]) > Math.abs(rows[best][k]) ? n : best), k);
		[rows[k], rows[pivot]] = [rows[pivot], rows[k]];
		for (let n = 0; n < rows.length; n++) {
			if (n === k) continue;
			const factor = rows[n][k] / rows[k][k];
			for (let m = k; m <= rows.length; m++) rows[n][m] -= factor * rows[k][m];
		}
	}
	return rows.map((row, k) => row[rows.length] / row[k]);
}
