import { describe, expect, it } from 'vitest';
import { calendarOf, dayIn, isOn, periodIn } from '../../src/text/dates.js';

describe('relative days', () => {
	it('are reckoned from the issue', () => {
		expect(calendarOf('昨日上午', '2024-10-01')).toBe('9月30日');
		expect(calendarOf('今天', '2024-10-01')).toBe('10月1日');
		expect(calendarOf('9月3日', '2024-10-01')).toBeNull();
		expect(calendarOf('昨日', null)).toBeNull();
	});
});

describe('the period of a question', () => {
	it.each([
		['九月有哪些会议', '9月', '2023-09-01', '2024-10-01'],
		['10月开了哪些会', '10月', '2024-10-31', '2024-09-30'],
		['十一月的活动', '11月', '2024-11-01', '2024-10-31'],
		['上个月有哪些活动', '8月', '2024-08-31', '2024-09-01'],
		['2024年有哪些会', '2024年', '2024-01-01', '2023-09-28'],
		['去年9月有哪些会', '2023年9月', '2023-09-01', '2024-09-01'],
		['昨天有哪些活动', '9月27日', '2024-09-27', '2024-09-28'],
		// 2024-09-28 is a Saturday.
		['上周有哪些活动', '9月16日至9月22日', '2024-09-22', '2024-09-23'],
		['这周开了什么会', '9月23日至9月29日', '2024-09-23', '2024-09-22'],
	])('%s', (text, label, inside, outside) => {
		const period = periodIn(text, '2024-09-28');
		expect(period?.label).toBe(label);
		expect(period?.holds(inside)).toBe(true);
		expect(period?.holds(outside)).toBe(false);
	});

	it('is none where none is named, or nothing is dated', () => {
		expect(periodIn('有哪些会议', '2024-09-28')).toBeNull();
		expect(periodIn('上周有哪些会议', null)).toBeNull();
	});
});

describe('a day that is named', () => {
	it.each([
		['2024年8月8日有哪些会议', { year: 2024, month: 8, day: 8, written: '2024年8月8日' }],
		['8月17号开了什么会', { year: null, month: 8, day: 17, written: '8月17号' }],
		['12月31日', { year: null, month: 12, day: 31, written: '12月31日' }],
	])('%s', (text, day) => {
		expect(dayIn(text)).toEqual(day);
	});

	it('is one of any year, where none is named', () => {
		const named = (text: string) => dayIn(text) ?? expect.fail(text);
		expect(isOn(named('8月8日'), '2024-08-08')).toBe(true);
		expect(isOn(named('8月8日'), '2024-08-18')).toBe(false);
		expect(isOn(named('2023年8月8日'), '2024-08-08')).toBe(false);
	});

	it.each(['8月有哪些会议', '13月8日', '8月40日'])('is none in %s', (text) => {
		expect(dayIn(text)).toBeNull();
	});
});
