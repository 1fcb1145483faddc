import type { ArticleReading, ReadingLine } from '../newspaper/types.js';
import { fileRange } from '../text/mapped.js';
import type { Cell, TableFact } from './types.js';

type Row = TableFact['rows'][number];

/** Reads the tables of an article: tab-separated lines one under another, a header row, group lines between the rows. */
export function tablesOf(reading: ArticleReading): readonly TableFact[] {
	const tables: TableFact[] = [];
	let block: ReadingLine[] = [];
	let title: string | null = null;
	const flush = (): void => {
		const table = tableOf(block, title);
		if (table) tables.push(table);
		block = [];
	};
	for (const line of reading.lines) {
		if (line.kind === 'table') block.push(line);
		else {
			flush();
			title = line.text.text.trim() || title;
		}
	}
	flush();
	return tables;
}

function tableOf(lines: readonly ReadingLine[], title: string | null): TableFact | null {
	const cells = lines.map(cellsOf);
	const header = cells.find((row) => row.length > 1);
	if (!header) return null;
	const rows: Row[] = [];
	let group: string | null = null;
	let ungrouped: number | null = null;
	const rank = header.length - 1;
	cells.forEach((row, n) => {
		const line = lines[n];
		if (!line || row === header) return;
		if (row.length === 1) {
			// A group's name stands before its rows; one that the scan put behind them names the rows that began to count anew.
			const name = row[0]?.text ?? null;
			const rest = lines.slice(n + 1).some((_, k) => (cells[n + 1 + k]?.length ?? 0) > 1);
			if (!rest && ungrouped !== null) {
				for (let k = ungrouped; k < rows.length; k++) rows[k] = { ...(rows[k] as Row), group: name };
			} else group = name;
			return;
		}
		const restarts = row[rank]?.text === '1' && rows.length > 0 && rows.at(-1)?.cells[rank]?.text !== '1';
		if (restarts && group !== null && ungrouped === null) {
			ungrouped = rows.length;
			group = null;
		}
		const at = fileRange(line.text, 0, line.text.text.length);
		rows.push({ group, cells: row, line: at });
	});
	return rows.length > 0 ? { title, header, rows } : null;
}

function cellsOf(line: ReadingLine): readonly Cell[] {
	const cells: Cell[] = [];
	for (const match of line.text.text.matchAll(/[^\t|]+/gu)) {
		const text = match[0].trim();
		if (!text) continue;
		const start = match.index + match[0].indexOf(text);
		cells.push({ text, ...fileRange(line.text, start, start + text.length) });
	}
	return cells;
}
