import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holds, missingNames } from '../../src/answering/relevance.js';
import { understand } from '../../src/answering/understand.js';
import { articlesOf } from '../support/desk.js';

describe('whether a text holds a name', () => {
	it.each([
		['研讨会7月14日在京举办。', '北京', true],
		['代表团抵沪。', '上海市', true],
		['会议在津南区召开。', '天津', false],
		['京剧社演出。', '北京', false],
		['中国工商银行召开会议', '工行', true],
		['工行召开会议', '工商银行', true],
		['东海银行召开会议', '工商银行', false],
		['永安镇的居民', '永安', true],
		['最高人民法院发布', '最高法院', true],
		['副中心建设与北京银行', '建设银行', false],
	])('%s %s: %s', (text, word, is) => {
		expect(holds(text, word)).toBe(is);
	});
});

describe('names that an article lacks', () => {
	const [article] = articlesOf({ '2024-05-20.txt': '## 江夏区东湖中学建清廉学校\n\n本报讯 东湖中学建清廉学校。\n' });
	if (!article) throw new TypeError('no article');
	const lacking = (question: string): readonly string[] =>
		missingNames(understand(question, new Set()), article).filter((name) => /武汉|长沙/u.test(name));

	it('are not the city of a district that the headline has', () => {
		expect(lacking('武汉江夏东湖中学怎么建清廉学校？')).toEqual([]);
		expect(lacking('武汉市江夏区东湖中学怎么建清廉学校？')).toEqual([]);
		expect(lacking('长沙东湖中学怎么建清廉学校？')).toEqual(['长沙']);
	});

	it('are a body that stands in front of the district of the headline: only a place may hold it', () => {
		const question = '东海银行江夏区支行给东湖中学捐了什么？';
		expect(missingNames(understand(question, new Set()), article)).toContain('东海银行');
	});

	it('are looked for whatever marks a question holds', () => {
		const anything = fc.string({ unit: fc.constantFrom(...'北京武汉区(（[*?+\\．。 “银行”') });
		fc.assert(fc.property(anything, (text) => void missingNames(understand(`北京${text}`, new Set()), article)));
	});
});
