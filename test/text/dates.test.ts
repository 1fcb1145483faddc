import { describe, expect, it } from 'vitest';
import { calendarOf, monthIn } from '../../src/text/dates.js';

describe('relative days', () => {
	it('are reckoned from the issue', () => {
		expect(calendarOf('昨日上午', '2024-10-01')).toBe('9月30日');
		expect(calendarOf('今天', '2024-10-01')).toBe('10月1日');
		expect(calendarOf('9月3日', '2024-10-01')).toBeNull();
		expect(calendarOf('昨日', null)).toBeNull();
	});
});

describe('the month of a question', () => {
	it.each([
		['九月有哪些会议', 9],
		['10月开了哪些会', 10],
		['十一月的活动', 11],
		['上个月有哪些活动', 8],
		['有哪些会议', null],
	])('%s', (text, month) => {
		expect(monthIn(text, '2024-09-28')).toBe(month);
	});
});
