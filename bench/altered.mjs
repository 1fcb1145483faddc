import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unpackVector } from '../dist/store/packed-vector.js';

/** Articles an issue, as a district paper has them. */
const AN_ISSUE = 12;
/** How far a made-up vector lies from the real one that it is taken from: a cosine of 0.95, as of two reports of one event. */
const NOISE = 0.33;

/** A copy of a report with other figures and every third sentence from another report. */
function altered(reports, n, round) {
	const sentences = (text) => text.split(/(?<=[。！？])/u);
	const own = sentences(reports[n].text);
	const other = sentences(reports[(n * 7 + round * 1_231) % reports.length].text);
	const mixed = own.map((sentence, i) => (i % 3 === 2 ? (other[i % other.length] ?? sentence) : sentence)).join('');
	return mixed.replace(/\d/gu, (digit) => String((Number(digit) + round) % 10));
}

/** Issues of altered reports, behind the real ones, until there are so many reports in all. */
export function writeAltered(reports, folder, total) {
	mkdirSync(folder, { recursive: true });
	const there = new Set(readdirSync(folder));
	let text = 0;
	for (let from = reports.length, issue = 0; from < total; from += AN_ISSUE, issue++) {
		const articles = Array.from({ length: Math.min(AN_ISSUE, total - from) }, (_, n) => {
			const body = altered(reports, (from + n) % reports.length, Math.floor((from + n) / reports.length));
			const [headline = ''] = /[\p{Script=Han}\d]{4,24}/u.exec(body) ?? [];
			return `## ${headline}${from + n}\n\n${body}\n`;
		}).join('\n');
		const name = `altered-${String(issue).padStart(5, '0')}.txt`;
		text += Buffer.byteLength(articles);
		if (!there.has(name)) writeFileSync(join(folder, name), articles);
	}
	return text;
}

/**
 * An embedder that computes nothing for passages: it takes a real vector by the text's hash and turns it a little.
 * Questions get their true vectors. How well is found with it means nothing; how fast does.
 */
export function inventingEmbedder(embedder, packed) {
	return {
		id: embedder.id,
		dimension: embedder.dimension,
		embedQuestion: (text) => embedder.embedQuestion(text),
		async embedPassage(text) {
			let state = 2_166_136_261;
			for (let i = 0; i < text.length; i++) state = Math.imul(state ^ text.charCodeAt(i), 16_777_619);
			const real = unpackVector(packed[(state >>> 0) % packed.length]);
			const noise = real.map(() => {
				state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
				return state / 2 ** 31;
			});
			const part = NOISE / Math.hypot(...noise);
			const turned = real.map((value, n) => value + part * noise[n]);
			const length = Math.hypot(...turned);
			return turned.map((value) => value / length);
		},
	};
}
