const [WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM] = [760, 420, 60, 30, 210, 50];
const COLOURS = ['#c0392b', '#2471a3', '#1e8449', '#7d3c98', '#b9770e', '#566573'];

/** What is drawn: a name, and a number of a row. */
const CURVES = [
	['a question p50, ms', ({ p50 }) => p50],
	['a question p95, ms', ({ p95 }) => p95],
	['whole process, ms', ({ start }) => 1000 * start],
	['one more issue, ms', ({ adding }) => 1000 * adding],
	['… without the model, ms', ({ addingWithoutModel }) => 1000 * addingWithoutModel],
	['memory, MB', ({ rss }) => rss],
];

/** How the cost grows with the reports, both axes logarithmic, as a picture in SVG. */
export function drawGrowth(rows, caption) {
	const [low, high] = [0, 4];
	const sizes = rows.map(({ size }) => Math.log10(size));
	const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
	const x = (size) => LEFT + ((Math.log10(size) - least) / (most - least || 1)) * (WIDTH - LEFT - RIGHT);
	const y = (value) => HEIGHT - BOTTOM - ((Math.log10(value) - low) / (high - low)) * (HEIGHT - TOP - BOTTOM);
	const text = (at, to, value, more = '') => `<text x="${at.toFixed(0)}" y="${to.toFixed(0)}" ${more}>${value}</text>`;
	const grid = [1, 10, 100, 1_000, 10_000].map(
		(value) =>
			`<path d="M${LEFT} ${y(value).toFixed(1)}H${WIDTH - RIGHT}" stroke="#ddd"/>${text(LEFT - 8, y(value) + 4, value.toLocaleString('en'), 'text-anchor="end"')}`,
	);
	const ticks = rows.map(({ size }) =>
		text(x(size), HEIGHT - BOTTOM + 18, size.toLocaleString('en'), 'text-anchor="middle"'),
	);
	const ends = [];
	const curves = CURVES.map(([name, of], n) => {
		const points = rows.map((row) => `${x(row.size).toFixed(1)},${y(Math.max(of(row), 1)).toFixed(1)}`);
		let end = y(Math.max(of(rows.at(-1)), 1)) + 4;
		while (ends.some((other) => Math.abs(other - end) < 14)) end += 2;
		ends.push(end);
		const dots = points.map((point) => `<circle cx="${point.split(',')[0]}" cy="${point.split(',')[1]}" r="3"/>`);
		return `<g fill="${COLOURS[n]}"><polyline points="${points.join(' ')}" fill="none" stroke="${COLOURS[n]}" stroke-width="2"/>${dots.join('')}${text(WIDTH - RIGHT + 10, end, name)}</g>`;
	});
	const title = text(LEFT, 18, `How the cost grows with the reports. ${caption}`, 'font-size="10"');
	return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" font-family="sans-serif" font-size="12"><rect width="100%" height="100%" fill="#fff"/>${grid.join('')}${ticks.join('')}${curves.join('')}${title}${text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 10, 'reports', 'text-anchor="middle"')}</svg>\n`;
}
