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

/** Month asked for (`9月`, `九月`, `上个月`), 1 to 12, reckoned from the newest issue for relative ones; null where none is. */
export function monthIn(text: string, newest: string | null): number | null {
	const digits = /(1[0-2]|[1-9])月(?!\d*日)/u.exec(text)?.[1];
	if (digits) return Number(digits);
	const han = /(十[一二]?|[一二三四五六七八九])月/u.exec(text)?.[1];
	if (han) return han.length === 2 ? 10 + '一二'.indexOf(han[1] ?? '') + 1 : '一二三四五六七八九十'.indexOf(han) + 1;
	const now = newest ? Number(newest.slice(5, 7)) : null;
	if (now && /上个?月/u.test(text)) return now === 1 ? 12 : now - 1;
	if (now && /(?:本|这个?)月/u.test(text)) return now;
	return null;
}
