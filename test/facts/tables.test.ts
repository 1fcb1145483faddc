import { describe, expect, it } from 'vitest';
import { tablesOf } from '../../src/facts/tables.js';
import type { PartKind } from '../../src/newspaper/types.js';
import { mapPiece } from '../../src/text/mapped.js';

function lines(text: string): { kind: PartKind; text: ReturnType<typeof mapPiece> }[] {
	let at = 0;
	return text.split('\n').map((line, n) => {
		const mapped = mapPiece(line, at);
		at += line.length + 1;
		return { kind: n === 0 ? 'headline' : 'table', text: mapped };
	});
}

describe('tables', () => {
	const text =
		'环境考评成绩\n单位\t巡查\t总分\t排名\n街道组\n东街\t40.5\t90.5\t1\n西街\t38\t88\t2\n南镇\t39\t89\t1\n北镇\t30\t80\t2\n乡镇组';
	const [table] = tablesOf({ lines: lines(text) });

	it('keep title, header and cells with their places', () => {
		expect(table?.title).toBe('环境考评成绩');
		expect(table?.header.map((cell) => cell.text)).toEqual(['单位', '巡查', '总分', '排名']);
		const cell = table?.rows[0]?.cells[2];
		expect(text.slice(cell?.start, cell?.end)).toBe('90.5');
	});

	it('give rows the group above them, or the one that the scan put behind them', () => {
		expect(table?.rows.map((row) => row.group)).toEqual(['街道组', '街道组', '乡镇组', '乡镇组']);
	});
});
