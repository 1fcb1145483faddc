import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { shown } from '../rich.js';
import type { Figure } from './figure.js';

/** The family of the font that is shipped. */
export const FAMILY = 'Noto Sans Hans';
const require = createRequire(import.meta.url);
const WIDTH = 900;
const ROW = 38;
const TOP = 112;
const LEFT = 210;
const RIGHT = 110;
const LABEL_CHARS = 8;
const TITLE_CHARS = 28;

/** Figures as horizontal bars in the order of the table, those asked for in another colour. */
export function svgOf({ title, measure, bars }: Figure): string {
	const most = Math.max(...bars.map((bar) => bar.value), Number.MIN_VALUE);
	const height = TOP + bars.length * ROW + 28;
	const rows = bars.map(({ label, value, printed, isAsked }, n) => {
		const y = TOP + n * ROW;
		// From zero on: a cut axis would make small differences look large.
		const width = Math.max(2, ((WIDTH - LEFT - RIGHT) * value) / most);
		const colour = isAsked ? '#c8402a' : '#7d9db5';
		return [
			`<text x="${LEFT - 14}" y="${y + 22}" font-size="20" text-anchor="end" fill="#222">${safe(label, LABEL_CHARS)}</text>`,
			`<rect x="${LEFT}" y="${y + 4}" width="${width.toFixed(1)}" height="24" rx="3" fill="${colour}"/>`,
			`<text x="${(LEFT + width + 10).toFixed(1)}" y="${y + 23}" font-size="19" fill="#222">${safe(printed, 12)}</text>`,
		].join('');
	});
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" font-family="${FAMILY}">`,
		`<rect width="${WIDTH}" height="${height}" fill="#fff"/>`,
		`<text x="32" y="48" font-size="27" fill="#111">${safe(title, TITLE_CHARS)}</text>`,
		`<text x="32" y="84" font-size="20" fill="#666">${safe(measure, TITLE_CHARS)}</text>`,
		...rows,
		'</svg>',
	].join('\n');
}

/** Charts that are kept drawn: many ask for the same table on the day it is printed. */
const KEPT = 32;
const drawn = new Map<string, Promise<Uint8Array>>();

/** Draws figures as a PNG, beside the main thread. */
export function drawChart(figure: Figure): Promise<Uint8Array> {
	const svg = svgOf(figure);
	const known = drawn.get(svg);
	if (known) return known;
	const png = drawSvg(svg);
	drawn.set(svg, png);
	if (drawn.size > KEPT) drawn.delete(drawn.keys().next().value ?? '');
	png.catch(() => drawn.delete(svg));
	return png;
}

/** Draws an SVG as a PNG with the font that comes with the package, so that no system needs to have Chinese glyphs. */
export async function drawSvg(svg: string): Promise<Uint8Array> {
	// The renderer is loaded when the first picture is drawn.
	const { renderAsync } = await import('@resvg/resvg-js');
	const fontFile = join(dirname(require.resolve('@embedpdf/fonts-sc')), '..', 'fonts', 'NotoSansHans-Regular.otf');
	const image = await renderAsync(svg, {
		font: { fontFiles: [fontFile], loadSystemFonts: false, defaultFontFamily: FAMILY },
	});
	return image.asPng();
}

function safe(text: string, most: number): string {
	const chars = [...shown(text).replace(/\s+/gu, ' ')];
	const cut = chars.length > most ? `${chars.slice(0, most - 1).join('')}…` : chars.join('');
	return cut.replace(/[&<>"']/gu, (char) => `&#${char.charCodeAt(0)};`);
}
