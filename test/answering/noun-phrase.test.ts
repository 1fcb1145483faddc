import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wholePhrase } from '../../src/answering/kinds/noun-phrase.js';

function phrase(question: string, text: string, part: string): string {
	const start = text.indexOf(part);
	const { start: from, end } = wholePhrase(question, text, { start, end: start + part.length });
	return text.slice(from, end);
}

describe('the whole phrase of a span', () => {
	it.each([
		['大家参观了哪里？', '大家走进东海汽车超级工厂。', '超级工厂', '东海汽车超级工厂'],
		['门牌是多少？', '书店位于湖滨一路142号。', '142号', '湖滨一路142号'],
		['他在哪个市任职？', '他曾在盘锦市任职。', '盘锦', '盘锦市'],
		['展览在哪里？', '展览在会展中心举行。', '会展中心', '会展中心'],
	])('%s', (question, text, part, whole) => {
		expect(phrase(question, text, part)).toBe(whole);
	});

	it('does not say again what the question says', () => {
		expect(phrase('东海汽车的哪个工厂？', '大家走进东海汽车超级工厂。', '超级工厂')).toBe('超级工厂');
	});

	it('holds the span and stays in the text', () => {
		fc.assert(
			fc.property(
				fc.string({ unit: fc.constantFrom(...'会展中心市区，。的在1号a') }),
				fc.nat(30),
				fc.nat(30),
				(text, a, b) => {
					const [start, end] = [Math.min(a, b, text.length), Math.min(Math.max(a, b), text.length)];
					const whole = wholePhrase('哪里？', text, { start, end });
					expect(whole.start).toBeLessThanOrEqual(start);
					expect(whole.end).toBeGreaterThanOrEqual(end);
					expect(whole.start).toBeGreaterThanOrEqual(0);
					expect(whole.end).toBeLessThanOrEqual(text.length);
				},
			),
		);
	});
});
