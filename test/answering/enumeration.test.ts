import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { membersOf, partsOf } from '../../src/answering/enumeration.js';

function members(text: string, word: string): string[] | null {
	const start = text.indexOf(word);
	return membersOf(text, { start, end: start + word.length }, [])?.map((one) => text.slice(one.start, one.end)) ?? null;
}

describe('the members of an enumeration', () => {
	it.each([
		['比赛包括足球、篮球、象棋和双升等项目。', '篮球', ['足球', '篮球', '象棋', '双升']],
		['大赛设置最佳原创奖、最佳应用奖、杰出人才奖等单项奖。', '最佳应用奖', ['最佳原创奖', '最佳应用奖', '杰出人才奖']],
		['会议审议了《防汛条例》《图书馆办法》两个文件。', '《防汛条例》', ['《防汛条例》', '《图书馆办法》']],
		// Words that hold 与 or 和 are whole.
		['精神包括同心同德、水乳交融、生死与共的内涵。', '水乳交融', ['同心同德', '水乳交融', '生死与共']],
		['他辞任公司总裁、董事及战略与投资委员会委员。', '董事', ['他辞任公司总裁', '董事', '战略与投资委员会委员']],
		// Who goes is no place gone to.
		[
			'县委副书记、县长周正平带队前往县人武部、消防大队、武警中队慰问。',
			'消防大队',
			['县人武部', '消防大队', '武警中队慰问'],
		],
		// The reader begins or ends within a name; the name stays whole.
		['力争项目早竣工、早达产、早见效。', '竣工', ['早竣工', '早达产', '早见效']],
		['他与青山大学、青山高等研究院等合作密切。', '青山大学', ['青山大学', '青山高等研究院']],
	])('%s', (text, word, wanted) => {
		expect(members(text, word)).toEqual(wanted);
	});

	it('are none where nothing is enumerated', () => {
		expect(members('会议在会展中心举行。', '会展中心')).toBeNull();
	});

	it('of a span without list marks are parted where words join them', () => {
		const text = '双方考察了青山农业产业园和“河与山”养殖基地。';
		const start = text.indexOf('青山');
		const parts = partsOf(text, { start, end: text.length - 1 }).map((part) => text.slice(part.start, part.end));
		expect(parts).toEqual(['青山农业产业园', '“河与山”养殖基地']);
	});

	it('lie in the text, in order, and are not empty', () => {
		fc.assert(
			fc.property(
				fc.string({ unit: fc.constantFrom(...'甲乙丙、和，。《》“”等为') }),
				fc.nat(30),
				fc.nat(30),
				(text, a, b) => {
					const span = { start: Math.min(a, b, text.length), end: Math.min(Math.max(a, b), text.length) };
					let at = -1;
					for (const { start, end } of membersOf(text, span, []) ?? []) {
						expect(start).toBeGreaterThanOrEqual(at);
						expect(end).toBeGreaterThan(start);
						expect(end).toBeLessThanOrEqual(text.length);
						at = end;
					}
				},
			),
		);
	});
});
