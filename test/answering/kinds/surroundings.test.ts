import { describe, expect, it } from 'vitest';
import { sentenceFit } from '../../../src/answering/kinds/surroundings.js';
import { understand } from '../../../src/answering/understand.js';

const TEXT =
	'运动会持续两个月。5月，围棋比赛闭幕，青山队获得冠军；6月，跳绳比赛落幕，河西队获得冠军；7月，游泳比赛结束，南湖队第一。区领导周正平到场。';
const fitAt = (question: string, word: string): ReturnType<typeof sentenceFit> =>
	sentenceFit(understand(question, new Set()), TEXT, TEXT.indexOf(word));

describe('the sentence around a span', () => {
	it.each([
		['跳绳比赛的冠军是哪支队？', '河西队', 2],
		['跳绳比赛的冠军是哪支队？', '青山队', -6],
		['跳绳比赛的冠军是哪支队？', '南湖队', -6],
		// A word that several clauses hold tells nothing, and one that none holds neither.
		['哪支队获得了比赛冠军？', '青山队', 0],
		['射箭比赛的冠军是哪支队？', '青山队', 0],
	])('%s %s: by its clause %i', (question, word, score) => {
		expect(fitAt(question, word)).toEqual({ score, isAside: score < 0 });
	});

	it('tells labelled clauses apart that commas part, and no others', () => {
		const rooms = '会客厅不大，一楼为书店，二楼为棋牌室、阅览室，三楼为展厅。';
		const at = (word: string): number =>
			sentenceFit(understand('棋牌室在几楼？', new Set()), rooms, rooms.indexOf(word)).score;
		expect(['一楼', '二楼', '三楼', '会客厅'].map(at)).toEqual([-6, 2, -6, 0]);
	});

	it('speaks against a span where it shares nothing with the question', () => {
		expect(fitAt('跳绳比赛的冠军是谁？', '周正平').score).toBe(-3);
	});
});
