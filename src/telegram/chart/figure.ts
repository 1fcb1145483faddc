import type { Answer } from '../../answering/types.js';
import type { Cell, TableFact } from '../../facts/types.js';
import type { Store } from '../../store/store.js';
import { findQuote } from '../articles.js';

/** Figures to compare, as a table prints them. */
export interface Figure {
	readonly title: string;
	/** What is measured. */
	readonly measure: string;
	readonly bars: readonly {
		readonly label: string;
		readonly value: number;
		readonly printed: string;
		readonly isAsked: boolean;
	}[];
}

const MOST_BARS = 24;
const RANK = /排名|名次|序号/u;

/** The figures around an answer that a table row proves; null where there are none to compare. */
export async function figureOf(answer: Answer, snapshot: Store): Promise<Figure | null> {
	if (answer.status !== 'answered') return null;
	for (const citation of answer.citations) {
		const found = await findQuote(snapshot, citation);
		if (!found) continue;
		const start = found.article.start + found.at;
		const end = start + citation.quote.length;
		const cited = (line: { readonly start: number; readonly end: number }): boolean =>
			line.start < end && start < line.end;
		for (const table of found.article.facts.tables) {
			const row = table.rows.find(({ line }) => cited(line));
			const figure = row ? figureFrom(table, row.group, answer, cited) : null;
			if (figure) return figure;
		}
	}
	return null;
}

function figureFrom(
	table: TableFact,
	group: string | null,
	answer: Answer,
	cited: (line: { readonly start: number; readonly end: number }) => boolean,
): Figure | null {
	const all = table.rows.filter((row) => row.group === group);
	// Of a long table, the part that holds the row in question.
	const first = Math.max(0, Math.min(all.findIndex(({ line }) => cited(line)) - MOST_BARS / 2, all.length - MOST_BARS));
	const rows = all.slice(first, first + MOST_BARS);
	const column = columnOf(table, rows, answer.understood ?? answer.question);
	if (column === null || rows.length < 2) return null;
	// A row whose cell is missing or no number is left out; it would be drawn as something that is not printed.
	const bars = rows.flatMap((row) => {
		const printed = row.cells[column]?.text ?? '';
		const value = numberIn(row.cells[column]);
		return value === null ? [] : [{ label: row.cells[0]?.text ?? '', value, printed, isAsked: cited(row.line) }];
	});
	if (bars.length < 2) return null;
	const title = [table.title, group].filter(Boolean).join('　');
	return { title, measure: table.header[column]?.text ?? '', bars };
}

/** The column that the question names, else the last one with figures that is no rank. */
function columnOf(table: TableFact, rows: TableFact['rows'], question: string): number | null {
	const fits = table.header.flatMap(({ text }, n) =>
		n > 0 && !RANK.test(text) && rows.some((row) => numberIn(row.cells[n]) !== null) ? [{ text, n }] : [],
	);
	return (fits.find(({ text }) => question.includes(text)) ?? fits.at(-1))?.n ?? null;
}

function numberIn(cell: Cell | undefined): number | null {
	const text = cell?.text.replace(/[,，\s]/gu, '') ?? '';
	return /^\d+(?:\.\d+)?[%％]?$/u.test(text) ? Number.parseFloat(text) : null;
}
