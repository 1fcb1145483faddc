/**
 * Measures a reader as the program runs it: windows, int8 and all.
 *
 *   node evaluate.mjs work/measured.json ../models [../dist] [--no-context]
 *
 * Right: every string of the answer stands in the best span, or, where the answer has several, in the best span
 * and the pieces together. CMRC: exact match and the F1 of its scorer (longest common run of characters); its answers
 * may be whole sentences, so the program's limit on an answer's length does not hold there.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const [measured, folder, program = '../dist'] = process.argv.slice(2).filter((a) => !a.startsWith('--'));
const withContext = !process.argv.includes('--no-context');
const verbose = process.argv.includes('--verbose');
const { openReader } = await import(resolve(program, 'reading/open.js'));
const reader = await openReader(folder);
const LONGEST_OF_CMRC = 140;
const cmrcReader = await openReader(folder, { maxLength: LONGEST_OF_CMRC });
const sets = JSON.parse(readFileSync(measured, 'utf8'));
const bare = (text) => text.replace(/[\s\p{P}\p{S}]/gu, '').toLowerCase();
const percent = (part, whole) => (whole === 0 ? '-' : `${((100 * part) / whole).toFixed(1)}`);

/** The longest run of characters that two texts share. */
function commonRun(a, b) {
	let best = 0;
	let row = new Array(b.length + 1).fill(0);
	for (let i = 1; i <= a.length; i++) {
		const next = new Array(b.length + 1).fill(0);
		for (let j = 1; j <= b.length; j++) {
			if (a[i - 1] === b[j - 1]) next[j] = row[j - 1] + 1;
			if (next[j] > best) best = next[j];
		}
		row = next;
	}
	return best;
}

function f1(answer, gold) {
	const common = commonRun(answer, gold);
	return common === 0 ? 0 : (2 * common) / (answer.length + gold.length);
}

/** The chance that an answerable question scores above an unanswerable one. */
function auc(yes, no) {
	let above = 0;
	for (const y of yes) for (const n of no) above += y > n ? 1 : y === n ? 0.5 : 0;
	return above / (yes.length * no.length);
}

const times = [];
async function read(row, by = reader) {
	const began = performance.now();
	const reading = await by.read(row.q, row.text, withContext ? row.headline : undefined);
	times.push(performance.now() - began);
	const words = (spans) => spans.map((s) => row.text.slice(s.start, s.end));
	return { answerable: reading.answerable, spans: words(reading.spans), pieces: words(reading.pieces) };
}

async function district(name, rows) {
	const kinds = new Map();
	const yes = [];
	const no = [];
	for (const row of rows) {
		const { answerable, spans, pieces } = await read(row);
		(row.kind === 'refuse' ? no : yes).push(answerable);
		if (row.kind === 'refuse') continue;
		const holds = (texts) => row.all.every((a) => texts.some((t) => t.includes(a)));
		const tally = kinds.get(row.kind) ?? { n: 0, right: 0, three: 0 };
		const best = spans.slice(0, 1);
		const right = holds(best) || (row.all.length > 1 && holds([...best, ...pieces]));
		tally.n++;
		tally.right += right;
		tally.three += right || (row.all.length > 1 ? holds(spans.slice(0, 3)) : spans.slice(0, 3).some((s) => holds([s])));
		kinds.set(row.kind, tally);
		if (verbose && !right) console.log(`  ${row.kind} ${row.q} -> ${spans.slice(0, 3).join(' | ')} [${pieces}] (${row.all})`);
	}
	const seven = ['when', 'where', 'howmany', 'what', 'person', 'chair', 'speak'];
	const sum = (chosen, key) => chosen.reduce((total, [, t]) => total + t[key], 0);
	const line = (label, chosen) =>
		console.log(`${name} ${label}: right ${percent(sum(chosen, 'right'), sum(chosen, 'n'))}, in three ${percent(sum(chosen, 'three'), sum(chosen, 'n'))} (n ${sum(chosen, 'n')})`);
	line('all kinds', [...kinds]);
	line('seven kinds', [...kinds].filter(([k]) => seven.includes(k)));
	console.log(`${name} by kind: ${[...kinds].map(([k, t]) => `${k} ${t.right} (${t.n})`).join(', ')}`);
	// How many near misses are refused where 18 % of the answerable questions are (the trial's point), and at 0.5.
	const sorted = [...yes].sort((a, b) => a - b);
	const cut = sorted[Math.floor(0.18 * yes.length)];
	console.log(
		`${name} no-answer AUC ${auc(yes, no).toFixed(3)}; refused at 18 % false refusals ${percent(no.filter((n) => n < cut).length, no.length)}; ` +
			`at 0.5: refused ${percent(no.filter((n) => n < 0.5).length, no.length)}, false refusals ${percent(yes.filter((y) => y < 0.5).length, yes.length)}`,
	);
}

/** All held-out contexts, and by set: of the trial set each question has one answer, often a whole sentence. */
async function cmrc(rows) {
	const sets = new Map();
	for (const row of rows) {
		const answer = bare((await read(row, cmrcReader)).spans[0] ?? '');
		const golds = row.all.map(bare);
		for (const name of ['all', row.kind]) {
			const tally = sets.get(name) ?? { n: 0, exact: 0, f1: 0 };
			tally.n++;
			tally.exact += golds.includes(answer);
			tally.f1 += Math.max(...golds.map((g) => f1(answer, g)));
			sets.set(name, tally);
		}
	}
	for (const [name, { n, exact, f1: sum }] of sets)
		console.log(`cmrc ${name}: EM ${percent(exact, n)}, F1 ${percent(sum, n)} (n ${n})`);
}

console.log(reader.id, withContext ? 'with headline' : 'without headline');
await district('gold', sets.gold);
await district('held', sets.held);
await cmrc(sets.cmrc);
times.sort((a, b) => a - b);
console.log(`milliseconds a reading: median ${times[times.length >> 1].toFixed(0)}, p95 ${times[Math.floor(times.length * 0.95)].toFixed(0)}`);
