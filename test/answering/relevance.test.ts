import { describe, expect, it } from 'vitest';
import { holds } from '../../src/answering/relevance.js';

describe('whether a text holds a name', () => {
	it.each([
		['研讨会7月14日在京举办。', '北京', true],
		['代表团抵沪。', '上海市', true],
		['会议在津南区召开。', '天津', false],
		['京剧社演出。', '北京', false],
		['工商银行云州支行开业。', '工行', true],
	])('%s %s: %s', (text, word, is) => {
		expect(holds(text, word)).toBe(is);
	});
});
