import type { Cell, TableFact } from '../../facts/types.js';
import { type Candidate, cite, type Desk } from '../desk.js';
import { answered, CitationList, plainItem } from '../findings.js';
import type { Finding, Query } from '../types.js';

type Row = TableFact['rows'][number];

const ASKS_TABLE = /名|排|分|最高|最低|倒数|相差|差多少|合计|总和|平均|超过|以上|低于|多少|几/u;
const HAN_NUMBER = '零一二三四五六七八九十';

/** Answers out of the tables of the best articles; null where the question fits none. */
export function answerTable(query: Query, candidates: readonly Candidate[], desk: Desk): Finding | null {
	if (!ASKS_TABLE.test(query.text)) return null;
	for (const [n, candidate] of candidates.entries()) {
		for (const table of candidate.article.facts.tables) {
			const found = inTable(query.text, table, candidate, desk, n === 0);
			if (found) return found;
		}
	}
	return null;
}

/** `nearest`: the table stands in the article that fits the question best; else the question must name a column. */
function inTable(text: string, table: TableFact, candidate: Candidate, desk: Desk, nearest: boolean): Finding | null {
	const rows = table.rows.filter((row) => named(text, row.cells[0]?.text ?? ''));
	const column = columnIn(text, table);
	if (
		column === null &&
		!(
			nearest &&
			/排名|名次|位次|第几|排第|总分|得分|分(?:数)?(?:更|最)?[高低多少]|成绩|第[一二三四五六七八九十\d]+名?|倒数|最高|最低/u.test(
				text,
			)
		)
	)
		return null;
	if (rows.length > 0) {
		const at = column ?? (/排|名次|第几/u.test(text) ? rankColumn(table) : totalColumn(table));
		if (at === null) return null;
		if (rows.length === 2 && /差|高|多|低|少|比/u.test(text) && rows[0]?.cells[0]?.text !== rows[1]?.cells[0]?.text)
			return compare(rows, at, table, candidate, desk);
		return cellsOf(rows, at, table, candidate, desk);
	}
	const group = table.rows.find((row) => row.group && text.includes(row.group.replace(/组$/u, '')))?.group ?? null;
	const pool = group ? table.rows.filter((row) => row.group === group) : table.rows;
	if (!group && column === null && !(table.title && sharesTitle(text, table.title))) return null;
	return ranked(text, pool, column, group, table, candidate, desk);
}

function sharesTitle(text: string, title: string): boolean {
	return [...title.matchAll(/[\p{Script=Han}]{4}/gu)].some((match) => text.includes(match[0]));
}

/** Whether a question names a row: its label, with or without 镇, 乡, 街道 behind it. */
function named(text: string, label: string): boolean {
	return label.length >= 2 && text.includes(label);
}

function columnIn(text: string, table: TableFact): number | null {
	let best: number | null = null;
	let longest = 1;
	table.header.forEach((cell, n) => {
		if (n > 0 && text.includes(cell.text) && cell.text.length > longest) {
			best = n;
			longest = cell.text.length;
		}
	});
	return best;
}

function rankColumn(table: TableFact): number | null {
	const at = table.header.findIndex((cell) => /排名|名次|位次/u.test(cell.text));
	return at > 0 ? at : null;
}

function totalColumn(table: TableFact): number | null {
	const at = table.header.findIndex((cell) => /总分|总计|合计|得分|成绩/u.test(cell.text));
	return at > 0 ? at : null;
}

function numberOf(cell: Cell | undefined): number {
	return Number.parseFloat((cell?.text ?? '').replace(/[,，%％]/gu, ''));
}

function cellsOf(rows: readonly Row[], at: number, table: TableFact, candidate: Candidate, desk: Desk): Finding {
	const citations = new CitationList();
	const column = table.header[at]?.text ?? '';
	const said = rows.map((row) =>
		desk.wording.say('table_cell', { row: row.cells[0]?.text ?? '', column, value: row.cells[at]?.text ?? '' }),
	);
	const items = rows.map((row) =>
		plainItem(row.cells[at]?.text ?? '', citations.add(cite(candidate.article, row.line))),
	);
	const doubts = at === totalColumn(table) ? rows.flatMap((row) => doubt(row, table, at, desk)) : [];
	return answered([...said, ...doubts].join(''), items, citations.all);
}

/** A row whose parts do not add up to its total was misprinted or misread: said, never mended. */
function doubt(row: Row, table: TableFact, total: number, desk: Desk): string[] {
	const rank = rankColumn(table);
	const parts = row.cells.filter((_, n) => n > 0 && n !== total && n !== rank).map(numberOf);
	const sum = parts.reduce((a, b) => a + b, 0);
	if (parts.length < 2 || Number.isNaN(sum) || Math.abs(sum - numberOf(row.cells[total])) < 0.051) return [];
	return [desk.wording.say('table_doubt', { row: row.cells[0]?.text ?? '', sum: rounded(sum) })];
}

function compare(rows: readonly Row[], at: number, table: TableFact, candidate: Candidate, desk: Desk): Finding | null {
	const [first, second] = rows;
	if (!first || !second) return null;
	const [a, b] = [numberOf(first.cells[at]), numberOf(second.cells[at])];
	if (Number.isNaN(a) || Number.isNaN(b)) return null;
	const citations = new CitationList();
	const items = rows.map((row) =>
		plainItem(
			`${row.cells[0]?.text ?? ''} ${row.cells[at]?.text ?? ''}`,
			citations.add(cite(candidate.article, row.line)),
		),
	);
	const words = {
		first: first.cells[0]?.text ?? '',
		second: second.cells[0]?.text ?? '',
		column: table.header[at]?.text ?? '',
		a,
		b,
		difference: rounded(Math.abs(a - b)),
	};
	return answered(desk.wording.say('table_compare', words), items, citations.all);
}

/** Sums and differences of printed decimals, without binary dust. */
function rounded(value: number): string {
	return String(Math.round(value * 1e6) / 1e6);
}

function ranked(
	text: string,
	pool: readonly Row[],
	column: number | null,
	group: string | null,
	table: TableFact,
	candidate: Candidate,
	desk: Desk,
): Finding | null {
	const rank = rankColumn(table);
	const at = column ?? (/分/u.test(text) ? totalColumn(table) : null) ?? rank ?? totalColumn(table);
	if (at === null) return null;
	const threshold = /(?:超过|高于|大于|不低于|以上)/u.test(text) ? /(\d+(?:\.\d+)?)/u.exec(text)?.[1] : undefined;
	const citations = new CitationList();
	const header = table.header[at]?.text ?? '';
	if (threshold) {
		const above = pool.filter((row) => numberOf(row.cells[at]) > Number(threshold));
		const items = above.map((row) =>
			plainItem(row.cells[0]?.text ?? '', citations.add(cite(candidate.article, row.line))),
		);
		const words = {
			column: header,
			condition: `超过${threshold}`,
			count: above.length,
			rows: items.map((item) => item.text).join('、'),
		};
		return answered(desk.wording.say('table_count', words), items, citations.all);
	}
	if (/合计|总和|一共|总共/u.test(text)) {
		const sum = pool.reduce((total, row) => total + (numberOf(row.cells[at]) || 0), 0);
		for (const row of pool) citations.add(cite(candidate.article, row.line));
		return answered(desk.wording.say('table_sum', { column: header, value: rounded(sum) }), [], citations.all);
	}
	if (/各|每一?个|所有|全部/u.test(text) && (group || column !== null))
		return cellsOf(pool, at, table, candidate, desk);
	const place = placeIn(text);
	if (!place) return null;
	// A rank column counts from 1 downwards; any other column is better the higher it is.
	const byRank = at === rank;
	const sorted = [...pool].sort((a, b) =>
		byRank ? numberOf(a.cells[at]) - numberOf(b.cells[at]) : numberOf(b.cells[at]) - numberOf(a.cells[at]),
	);
	if (place.last) sorted.reverse();
	const chosen = sorted.slice(place.from - 1, place.to);
	if (chosen.length === 0) return null;
	const said = chosen.map((row, n) => {
		const words = {
			group: group ?? '',
			column: header,
			rank: place.says(place.from + n),
			row: row.cells[0]?.text ?? '',
			value: row.cells[at]?.text ?? '',
		};
		return desk.wording.say('table_rank', words);
	});
	const items = chosen.map((row) =>
		plainItem(row.cells[0]?.text ?? '', citations.add(cite(candidate.article, row.line))),
	);
	return answered(said.join(''), items, citations.all);
}

interface Place {
	readonly from: number;
	readonly to: number;
	readonly last: boolean;
	readonly says: (n: number) => string;
}

/** `第三名`, `倒数第一`, `前三`, `最高`, `最后`: which places of the order are asked for. */
function placeIn(text: string): Place | null {
	const number = (digits: string): number =>
		/\d/u.test(digits) ? Number(digits) : HAN_NUMBER.indexOf(digits.replace('两', '二'));
	const last = /倒数|最低|最后|最差|垫底|末位/u.test(text);
	const top =
		/(?:前|后)([\d一二三四五六七八九十]+)(?:名|位)?/u.exec(text)?.[1] ??
		/(?:最[高低好差多少]|领先|靠[前后]|垫底)的([\d两二三四五六七八九十]+)[个名位家]/u.exec(text)?.[1];
	const says = (n: number): string => (last ? `倒数第${HAN_NUMBER[n] ?? n}` : `第${HAN_NUMBER[n] ?? n}`);
	if (top && number(top) > 0)
		return { from: 1, to: number(top), last: last || /后[\d一二三四五六七八九十]/u.test(text), says };
	const nth = /第([\d一二三四五六七八九十]+)/u.exec(text)?.[1];
	if (nth && number(nth) > 0) return { from: number(nth), to: number(nth), last, says };
	if (last || /最高|第一|冠军|榜首|最好|领先/u.test(text)) return { from: 1, to: 1, last, says };
	return null;
}
