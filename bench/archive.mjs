import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** Where the reports lie that are searched: beside the checkout, never in it. */
const ARCHIVE = new URL('../../shared/archive/', import.meta.url);
/** A stretch of so many characters that two reports share is no chance. */
const SHINGLE = 8;
/** From this share of common stretches on, counted in the shorter one, two reports are near-twins. */
const TWIN = 0.5;

const lines = (text) =>
	text
		.trim()
		.split('\n')
		.map((line) => JSON.parse(line));

export function archiveIsThere() {
	return existsSync(new URL('articles.jsonl.gz', ARCHIVE));
}

/** What the crawler put in front of each text (address, time, source); no newspaper prints it. */
const STAMP = /^[^。]{0,150}?正文：\s*/su;

/** Reports and questions; with a `most`, the reports that questions ask about come first, and other questions fall away. */
export function loadArchive(most) {
	const stored = lines(gunzipSync(readFileSync(new URL('articles.jsonl.gz', ARCHIVE))).toString('utf8'));
	const all = stored.map(({ id, text }) => ({ id, text: text.replace(STAMP, '') }));
	const asked = lines(readFileSync(new URL('questions.jsonl', ARCHIVE), 'utf8'));
	const wanted = new Set(asked.map(({ article }) => article));
	const reports = [...all.filter(({ id }) => wanted.has(id)), ...all.filter(({ id }) => !wanted.has(id))].slice(
		0,
		most,
	);
	const ids = new Set(reports.map(({ id }) => id));
	return {
		reports: reports.sort((a, b) => (a.id < b.id ? -1 : 1)),
		questions: asked.filter(({ article }) => ids.has(article)),
	};
}

/** Writes each report as an issue file of its own, so that a hit's file names its report. Returns the folder. */
export function writeSeeds(reports, folder) {
	mkdirSync(folder, { recursive: true });
	const there = new Set(readdirSync(folder));
	for (const { id, text } of reports) {
		const path = join(folder, `${id}.txt`);
		const wanted = `${text}\n`;
		if (!there.has(`${id}.txt`) || readFileSync(path, 'utf8') !== wanted) writeFileSync(path, wanted);
	}
	return folder;
}

/**
 * The reports that count as right for each question: its own, and any other that holds the answer string and is a
 * near-twin of it. The same rule for everything that is compared.
 */
export function rightReports(reports, questions) {
	const texts = new Map(reports.map(({ id, text }) => [id, text]));
	const shingles = new Map();
	const shinglesOf = (id) => {
		if (!shingles.has(id)) {
			const text = (texts.get(id) ?? '').replace(/\s+/gu, '');
			const found = new Set();
			for (let at = 0; at + SHINGLE <= text.length; at++) found.add(text.slice(at, at + SHINGLE));
			shingles.set(id, found);
		}
		return shingles.get(id);
	};
	const areTwins = (a, b) => {
		const [less, more] = [shinglesOf(a), shinglesOf(b)].sort((x, y) => x.size - y.size);
		let common = 0;
		for (const shingle of less) if (more.has(shingle)) common++;
		return less.size > 0 && common / less.size >= TWIN;
	};
	return questions.map(({ a, article }) => {
		const right = new Set([article]);
		for (const { id, text } of reports) if (id !== article && text.includes(a) && areTwins(article, id)) right.add(id);
		return right;
	});
}
