const CHINESE_DIGITS = '〇一二三四五六七八九';
const NUMERAL = '[\\d０-９〇零一二三四五六七八九十]';
const YEAR = `((?:19|20)\\d\\d|[〇零一二三四五六七八九]{4}|[１２][０-９]{3})`;
const WRITTEN = new RegExp(
	`${YEAR}\\s*(?:年|[-－—_./．])\\s*(${NUMERAL}{1,3})\\s*(?:月|[-－—_./．])\\s*(${NUMERAL}{1,3})(?:\\s*日)?(?!${NUMERAL})`,
	'u',
);
const COMPACT = /(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)/u;

/** Lines at the top of a file that are looked at for a date. */
const TOP_LINES = 6;
const LONGEST_DATELINE = 60;

/**
 * The date of an issue as `YYYY-MM-DD`: from the file's name (`2024-09-28.txt`, `通州报20240928.txt`,
 * `2024年9月28日.txt`), else from a dateline or a line `日期：2024-09-28` at its top; null when neither says.
 */
export function issueDateOf(file: string, text: string): string | null {
	const name = file.slice(file.lastIndexOf('/') + 1);
	return dateIn(name) ?? dateIn(file) ?? dateAtTop(text);
}

function dateAtTop(text: string): string | null {
	let seen = 0;
	for (const line of text.slice(0, 4000).split(/\r\n|\n|\r/u)) {
		const bare = line.replace(/^[\s\uFEFF#*]+|[\s*]+$/gu, '');
		if (bare === '') continue;
		if (++seen > TOP_LINES) return null;
		const date = isDateline(bare) ? dateIn(bare) : null;
		if (date) return date;
	}
	return null;
}

/** A line about the issue: little but a date on it, no sentence. */
function isDateline(line: string): boolean {
	if (line.length > LONGEST_DATELINE || /[。！？，,]/u.test(line)) return false;
	if (/^(?:日期|出版日期|出版时间|date)\s*[:：]/iu.test(line)) return true;
	const rest = line
		.replace(WRITTEN, '')
		.replace(COMPACT, '')
		.replace(
			/[(（]?(?:星期|周|礼拜)[一二三四五六日天][)）]?|农历\S+|第?\s*\d+\s*[期版]|总第\d+期|[A-D]?\d{1,2}版?/gu,
			'',
		)
		.replace(/[\s|｜·:：]/gu, '');
	// What is left beside the date may be the paper's name; a headline with a date in it is longer, or says more.
	return rest.length <= 10;
}

function dateIn(text: string): string | null {
	const written = WRITTEN.exec(text);
	if (written) {
		const date = dateOf(yearOf(written[1] ?? ''), numberOf(written[2] ?? ''), numberOf(written[3] ?? ''));
		if (date) return date;
	}
	const compact = COMPACT.exec(text);
	return compact ? dateOf(Number(compact[1]), Number(compact[2]), Number(compact[3])) : null;
}

function dateOf(year: number, month: number, day: number): string | null {
	const date = new Date(Date.UTC(year, month - 1, day));
	const valid = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
	return valid && year >= 1900 && year < 2100 ? date.toISOString().slice(0, 10) : null;
}

function yearOf(text: string): number {
	const plain = text.normalize('NFKC');
	return /^\d+$/u.test(plain) ? Number(plain) : Number([...plain].map(digitOf).join(''));
}

/** `9`, `０９`, `九`, `十`, `二十八`, `二八`. */
function numberOf(text: string): number {
	const plain = text.normalize('NFKC');
	if (/^\d+$/u.test(plain)) return Number(plain);
	const ten = plain.indexOf('十');
	if (ten < 0) return Number([...plain].map(digitOf).join(''));
	const tens = ten === 0 ? 1 : digitOf(plain.slice(0, ten));
	const ones = ten === plain.length - 1 ? 0 : digitOf(plain.slice(ten + 1));
	return tens * 10 + ones;
}

function digitOf(char: string): number {
	const plain = char === '零' ? '〇' : char;
	const digit = CHINESE_DIGITS.indexOf(plain);
	return plain.length === 1 && digit >= 0 ? digit : /^\d$/u.test(plain) ? Number(plain) : Number.NaN;
}
