const DAY = 86_400_000;

/** `2024-09-27` as `9月27日`. */
function printed(date: Date): string {
	return `${date.getUTCMonth() + 1}月${date.getUTCDate()}日`;
}

/**
 * The calendar day of a relative expression (`昨日上午`), reckoned from the issue's date (`YYYY-MM-DD`);
 * null when the expression is not relative or the issue's date is unknown.
 */
export function calendarOf(expression: string, issueDate: string | null): string | null {
	if (!issueDate) return null;
	const shift = /昨[日天晚晨]/u.test(expression)
		? -1
		: /前[日天](?!后)/u.test(expression)
			? -2
			: /(?:今[日天晚晨])/u.test(expression)
				? 0
				: /明[日天晚晨]/u.test(expression)
					? 1
					: null;
	const base = Date.parse(`${issueDate}T00:00:00Z`);
	if (shift === null || Number.isNaN(base)) return null;
	return printed(new Date(base + shift * DAY));
}

/** A day of the calendar as somebody writes it: `2024年8月8日`, `8月8号`. */
export interface Day {
	readonly year: number | null;
	readonly month: number;
	readonly day: number;
	readonly written: string;
}

/** The first day that a text names by month and number; null where it names none. */
export function dayIn(text: string): Day | null {
	const found = /(?:(\d{4})年)?(?<!\d)(1[0-2]|0?[1-9])月(3[01]|[12]\d|0?[1-9])[日号]/u.exec(text);
	if (!found) return null;
	const [written, year, month, day] = found;
	return { year: year ? Number(year) : null, month: Number(month), day: Number(day), written };
}

/** Whether a day (`YYYY-MM-DD`) is the one that is written; one written without a year is of any. */
export function isOn({ year, month, day }: Day, date: string): boolean {
	const [y, m, d] = date.split('-').map(Number);
	return m === month && d === day && (year === null || y === year);
}

/** A stretch of days that a question names. */
export interface Period {
	/** As an answer may say it: `9月`, or the days that a relative expression means (`9月23日至9月29日`). */
	readonly label: string;
	/** Whether it was reckoned from the newest issue. */
	readonly relative: boolean;
	/** Whether a day (`YYYY-MM-DD`) lies in it. */
	holds(day: string): boolean;
}

function days(first: number, last: number): Period {
	const [from, to] = [new Date(first), new Date(last)];
	const said = first === last ? printed(from) : `${printed(from)}至${printed(to)}`;
	return {
		label: said,
		relative: true,
		holds: (day) => Date.parse(`${day}T00:00:00Z`) >= first && Date.parse(`${day}T00:00:00Z`) <= last,
	};
}

function month(number: number, relative: boolean): Period {
	return { label: `${number}月`, relative, holds: (day) => Number(day.slice(5, 7)) === number };
}

/** A year by its number, or reckoned from the newest issue's date. */
function yearIn(text: string, newest: string | null): Period | null {
	const written = /(?:19|20)\d\d(?=年)/u.exec(text)?.[0];
	const word = /[今去前明]年/u.exec(text)?.[0];
	if (!written && !(word && newest)) return null;
	const back = { 今年: 0, 去年: 1, 前年: 2, 明年: -1 }[word ?? ''] ?? 0;
	const year = written ?? String(Number(newest?.slice(0, 4)) - back);
	return { label: `${year}年`, relative: !written, holds: (day) => day.startsWith(`${year}-`) };
}

/**
 * The period that a question names: a year (`2024年`), a month (`9月`, `九月`), one in the other, or what is reckoned from
 * the newest issue's date (`YYYY-MM-DD`): 今年, 去年, 今天, 昨天, 前天, 本周, 上周, 本月, 上个月. Null where it names none, or
 * it is to be reckoned and nothing is dated.
 */
export function periodIn(text: string, newest: string | null): Period | null {
	const year = yearIn(text, newest);
	const within = withinYear(text, newest);
	if (!year || !within) return year ?? within;
	return {
		label: year.label + within.label,
		relative: year.relative || within.relative,
		holds: (day) => year.holds(day) && within.holds(day),
	};
}

function withinYear(text: string, newest: string | null): Period | null {
	const digits = /(1[0-2]|[1-9])月(?!\d*日)/u.exec(text)?.[1];
	if (digits) return month(Number(digits), false);
	const han = /(十[一二]?|[一二三四五六七八九])月/u.exec(text)?.[1];
	if (han)
		return month(
			han.length === 2 ? 10 + '一二'.indexOf(han[1] ?? '') + 1 : '一二三四五六七八九十'.indexOf(han) + 1,
			false,
		);
	const today = newest ? Date.parse(`${newest}T00:00:00Z`) : Number.NaN;
	if (Number.isNaN(today)) return null;
	const now = new Date(today).getUTCMonth() + 1;
	if (/上个?月/u.test(text)) return month(now === 1 ? 12 : now - 1, true);
	if (/(?:本|这个?)月/u.test(text)) return month(now, true);
	const back = /前[天日](?!后)/u.test(text) ? 2 : /昨[天日晚]/u.test(text) ? 1 : /今[天日晚]/u.test(text) ? 0 : null;
	if (back !== null) return days(today - back * DAY, today - back * DAY);
	const monday = today - ((new Date(today).getUTCDay() + 6) % 7) * DAY;
	if (/上(?:个|一)?(?:周|星期|礼拜)/u.test(text)) return days(monday - 7 * DAY, monday - DAY);
	if (/[本这]个?(?:周|星期|礼拜)/u.test(text)) return days(monday, monday + 6 * DAY);
	return null;
}
