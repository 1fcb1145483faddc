import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { issueDateOf } from '../../src/newspaper/issue-date.js';

describe('the date of an issue', () => {
	it.each([
		['2024-09-28.txt', '2024-09-28'],
		['通州报20240928.txt', '2024-09-28'],
		['2024年9月28日.md', '2024-09-28'],
		['2024.9.8 头版.txt', '2024-09-08'],
		['2024_09_28.txt', '2024-09-28'],
		['2024-09-28-02版.txt', '2024-09-28'],
		['2024/09/28.txt', '2024-09-28'],
		['二〇二四年九月二十八日.txt', '2024-09-28'],
		['2024-02-30.txt', null],
		['20241345.txt', null],
		['000_f57f83410edbe5e4.txt', null],
		['13812345678.txt', null],
	])('is in the name %s', (file, date) => {
		expect(issueDateOf(file, '运河码头迎来首批游客')).toBe(date);
	});

	it.each([
		['日期：2024-09-28\n\n码头开放', '2024-09-28'],
		['\uFEFF运河时报\r\n２０２４年９月２８日　星期六　第１版\r\n码头开放', '2024-09-28'],
		['2024年9月28日 农历八月廿六 第12期', '2024-09-28'],
		['码头开放\n\n2024年9月28日，码头开放，游客说很好。', null],
		['码头开放\n\n本报讯 一\n\n二\n\n三\n\n四\n\n五\n\n六\n\n2024年9月28日', null],
		['日期：2024-09-31', null],
	])('or at the top: %j', (text, date) => {
		expect(issueDateOf('a.txt', text)).toBe(date);
	});

	it('is a real day or null, whatever the name and text', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (file, text) => {
				const date = issueDateOf(file, text);
				if (date !== null) expect(new Date(`${date}T00:00:00Z`).toISOString().slice(0, 10)).toBe(date);
			}),
		);
	});
});
