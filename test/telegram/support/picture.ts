import { FAMILY } from '../../../src/telegram/chart/draw.js';
import type { Call } from './bot-api.js';
import type { Said } from './transcript.js';

/** A stretch of a line that is of one kind. */
interface Glyphs {
	readonly text: string;
	readonly bold: boolean;
	readonly faint: boolean;
}

interface Line {
	readonly parts: readonly Glyphs[];
	readonly quoted: boolean;
}

const SIZE = 17;
const LEADING = 26;
const WIDTH = 720;
const BUBBLE = 560;
const PAD = 14;
const TEXT = BUBBLE - 2 * PAD;
const MOST_LINES = 22;
const THUMB = 'M2 9h4v11H2zM8 20h9c1 0 2-1 2-2l2-6c0-2-1-3-2-3h-5l1-5c0-2-2-3-3-1L8 9z';

/** A conversation as it looks in a client: bubbles, bold, quotes and buttons as the messages themselves mark them. */
export function pictureOf(turns: readonly Said[]): string {
	const shapes: string[] = [];
	let y = 20;
	const place = (made: { readonly svg: string; readonly height: number }): void => {
		shapes.push(made.svg);
		y += made.height + 12;
	};
	for (const { said, calls } of turns) {
		place(asked(said, y));
		for (const call of calls) place(call.method === 'sendPhoto' ? photo(call, y) : message(call, y));
	}
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${y + 8}" font-family="${FAMILY}" font-size="${SIZE}">`,
		`<rect width="${WIDTH}" height="${y + 8}" fill="#dfe7d8"/>`,
		...shapes,
		'</svg>',
	].join('\n');
}

function asked(said: string, y: number): { svg: string; height: number } {
	const text = said.startsWith('[') ? `（按下按钮：${said.slice(1, -1)}）` : said;
	const width = widthOf(text) + 2 * PAD;
	const x = WIDTH - 20 - width;
	return {
		svg: `<rect x="${x}" y="${y}" width="${width}" height="42" rx="14" fill="#effdde"/><text x="${x + PAD}" y="${y + 27}">${safe(text)}</text>`,
		height: 42,
	};
}

function message(call: Call, y: number): { svg: string; height: number } {
	const all = linesOf(call);
	const cut = all.length > MOST_LINES;
	const more = { parts: [{ text: '……', bold: false, faint: true }], quoted: false };
	const lines = cut ? [...all.slice(0, MOST_LINES), more] : all;
	const height = lines.length * LEADING + 2 * PAD - 4;
	const shapes = [`<rect x="20" y="${y}" width="${BUBBLE}" height="${height}" rx="14" fill="#fff"/>`];
	lines.forEach((line, n) => {
		const top = y + PAD + n * LEADING;
		if (line.quoted)
			shapes.push(
				`<rect x="${20 + PAD - 4}" y="${top - 2}" width="${TEXT + 8}" height="${LEADING}" fill="#e8f1f8"/>`,
				`<rect x="${20 + PAD - 4}" y="${top - 2}" width="3" height="${LEADING}" fill="#3a86c8"/>`,
			);
		let x = 20 + PAD + (line.quoted ? 8 : 0);
		for (const { text, bold, faint } of line.parts) {
			// The font has one weight; an outline stands for the other.
			const weight = bold ? ' stroke="#111" stroke-width="0.7"' : '';
			shapes.push(`<text x="${x}" y="${top + 17}" fill="${faint ? '#777' : '#111'}"${weight}>${safe(text)}</text>`);
			x += widthOf(text);
		}
	});
	const buttons = buttonRows(call, y + height + 5);
	return { svg: [...shapes, buttons.svg].join('\n'), height: height + buttons.height };
}

function buttonRows(call: Call, top: number): { svg: string; height: number } {
	const markup = call.payload['reply_markup'] as { inline_keyboard: { text: string }[][] } | undefined;
	const rows = markup?.inline_keyboard ?? [];
	const shapes = rows.flatMap((row, n) =>
		row.map(({ text }, at) => {
			const width = (BUBBLE - 5 * (row.length - 1)) / row.length;
			const x = 20 + at * (width + 5);
			const y = top + n * 39;
			const middle = x + width / 2;
			const label = /^(?:👍|👎)/u.test(text)
				? `<path d="${THUMB}" transform="translate(${middle - 12} ${y + (text.startsWith('👍') ? 5 : 29)}) scale(1 ${text.startsWith('👍') ? 1 : -1})" fill="#456"/>`
				: `<text x="${middle}" y="${y + 23}" text-anchor="middle" fill="#234">${safe(fitting(text, width - 12))}</text>`;
			return `<rect x="${x}" y="${y}" width="${width}" height="34" rx="8" fill="#b9cbb0"/>${label}`;
		}),
	);
	return { svg: shapes.join('\n'), height: rows.length * 39 + (rows.length > 0 ? 5 : 0) };
}

function photo(call: Call, y: number): { svg: string; height: number } {
	const png = call.files[0] ?? Buffer.alloc(0);
	const height = Math.round((BUBBLE * png.readUInt32BE(20)) / png.readUInt32BE(16));
	const caption = safe(String(call.payload['caption'] ?? ''));
	return {
		svg: [
			`<rect x="20" y="${y}" width="${BUBBLE}" height="${height + 40}" rx="14" fill="#fff"/>`,
			`<image x="20" y="${y}" width="${BUBBLE}" height="${height}" href="data:image/png;base64,${png.toString('base64')}"/>`,
			`<text x="${20 + PAD}" y="${y + height + 26}">${caption}</text>`,
		].join('\n'),
		height: height + 40,
	};
}

/** The text of a message broken into lines, each stretch with the formatting that its entities give it. */
function linesOf(call: Call): readonly Line[] {
	const text = String(call.payload['text']);
	const entities = (call.payload['entities'] ?? []) as { type: string; offset: number; length: number }[];
	const is = (at: number, kind: RegExp): boolean =>
		entities.some((one) => kind.test(one.type) && one.offset <= at && at < one.offset + one.length);
	const lines: Line[] = [];
	let parts: Glyphs[] = [];
	let width = 0;
	let quoted = false;
	const end = (): void => {
		lines.push({ parts, quoted });
		parts = [];
		width = 0;
	};
	let at = 0;
	for (const char of text) {
		if (char === '\n') end();
		else {
			quoted = is(at, /blockquote/u);
			if (width + widthOf(char) > TEXT - (quoted ? 8 : 0)) end();
			const last = parts.at(-1);
			const bold = is(at, /bold/u);
			const faint = is(at, /italic/u);
			if (last && last.bold === bold && last.faint === faint)
				parts[parts.length - 1] = { ...last, text: last.text + (char === '\t' ? '　' : char) };
			else parts.push({ text: char, bold, faint });
			width += widthOf(char);
		}
		at += char.length;
	}
	end();
	return lines.map((line) => (line.parts.length === 0 ? { ...line, quoted: false } : line));
}

function widthOf(text: string): number {
	let width = 0;
	for (const char of text) width += /[\u0020-\u007e]/u.test(char) ? SIZE * 0.5 : SIZE;
	return width;
}

function fitting(text: string, width: number): string {
	if (widthOf(text) <= width) return text;
	const most = Math.floor(width / SIZE) - 1;
	return `${[...text].slice(0, most).join('')}…`;
}

function safe(text: string): string {
	return text.replace(/[&<>"']/gu, (char) => `&#${char.charCodeAt(0)};`);
}
