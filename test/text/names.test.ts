import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nameLengthAt, occurrencesIn, partRun } from '../../src/text/names.js';

function nameAt(text: string, i: number, foreign = false): string {
	return text.slice(i, i + nameLengthAt(text, i, occurrencesIn(text), foreign));
}

describe('where a name ends', () => {
	it.each([
		['李小明出席会议', '李小明'],
		['王芳主持会议', '王芳'],
		['欧阳文静、赵亮参加', '欧阳文静'],
		['阿不都拉·买买提致辞', '阿不都拉·买买提'],
		['周开让和其他人出席', '周开让'],
	])('%s', (text, name) => {
		expect(nameAt(text, 0)).toBe(name);
	});

	it('takes no word of the language for a name', () => {
		expect(nameAt('纪律，是底线', 0)).toBe('');
		expect(nameAt('成果表示祝贺', 0)).toBe('');
	});

	it('does not begin inside a word', () => {
		expect(nameAt('学习李强调研时的讲话', 1)).toBe('');
		expect(nameAt('有关领域参加', 1)).toBe('');
		expect(nameAt('主任何文参加', 2)).toBe('何文');
	});

	it('reads a transcribed name without a dot only where it is asked to', () => {
		expect(nameAt('格奥尔基耶娃致辞', 0)).toBe('');
		expect(nameAt('格奥尔基耶娃致辞', 0, true)).toBe('格奥尔基耶娃');
	});

	it('never runs past the end of any text', () => {
		fc.assert(
			fc.property(fc.string({ unit: fc.constantFrom(...'王李张欧阳出席、，。·的明 a1') }), fc.nat(40), (text, i) => {
				const length = nameLengthAt(text, i, occurrencesIn(text), true);
				expect(length).toBeGreaterThanOrEqual(0);
				expect(i + length).toBeLessThanOrEqual(Math.max(text.length, i));
			}),
		);
	});
});

describe('names run together', () => {
	it('parts them by surnames and by the names that the article writes elsewhere', () => {
		const article = occurrencesIn('赵一鸣钱二喜孙三参加\n赵一鸣说。钱二喜、孙三在场。');
		const run = '赵一鸣钱二喜孙三';
		expect(partRun(run, article)?.map(({ start, end }) => run.slice(start, end))).toEqual(['赵一鸣', '钱二喜', '孙三']);
	});

	it('says no where it is no run of names', () => {
		expect(partRun('通州区召开会议', occurrencesIn(''))).toBeNull();
	});
});
