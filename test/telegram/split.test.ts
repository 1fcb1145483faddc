import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dataOf, pressOf } from '../../src/telegram/callbacks.js';
import { redactorOf } from '../../src/telegram/redact.js';
import { RichText } from '../../src/telegram/rich.js';
import { MESSAGE_LIMIT, split } from '../../src/telegram/split.js';

const piece = fc.record({
	text: fc.oneof(
		fc.string({ unit: 'binary', maxLength: 300 }),
		fc.constantFrom('这是一句话。', '😀𠮷', '\n', '\u202e\0'),
	),
	times: fc.integer({ min: 1, max: 120 }),
	isQuote: fc.boolean(),
});

test('any text is parted within the limit, no character, quote or entity cut, nothing lost', () => {
	fc.assert(
		fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
			const rich = new RichText();
			for (const { text, times, isQuote } of pieces) {
				if (isQuote)
					rich
						.line()
						.add(
							text
								.repeat(times)
								.slice(0, 2000)
								.replace(/[\ud800-\udbff]$/, ''),
							'blockquote',
						)
						.line();
				else rich.add(text.repeat(times));
			}
			const whole = rich.build();
			const parts = split(whole);
			const bare = (text: string): string => text.replace(/\s/gu, '');
			expect(bare(parts.map((part) => part.text).join(''))).toBe(bare(whole.text));
			for (const { text, entities } of parts) {
				expect(text.length).toBeLessThanOrEqual(MESSAGE_LIMIT);
				expect(text).not.toMatch(/\p{Cs}/u);
				for (const one of entities) expect(one.offset + one.length).toBeLessThanOrEqual(text.length);
			}
			const marked = (rich_: typeof whole): string[] =>
				rich_.entities.map((one) => bare(rich_.text.slice(one.offset, one.offset + one.length))).filter(Boolean);
			expect(parts.flatMap(marked)).toEqual(marked(whole));
		}),
		{ numRuns: 150 },
	);
});

test('sentences stay whole where that is possible', () => {
	const parts = split({ text: '这一句话有十来个字。'.repeat(1000), entities: [] });
	expect(parts.every((part) => part.text.endsWith('。'))).toBe(true);
});

test('what is said stays with its closing marks', () => {
	const parts = split({ text: '他说：“这很好。”'.repeat(700), entities: [] });
	expect(parts.length).toBeGreaterThan(1);
	expect(parts.every((part) => part.text.endsWith('。”'))).toBe(true);
});

test('button data is at most 64 bytes and read back as it was; anything else is none of ours', () => {
	const press = { kind: 'quote', answer: 'abcdefghijklmnop', citation: 999, page: 9999 } as const;
	expect(Buffer.byteLength(dataOf(press))).toBeLessThanOrEqual(64);
	expect(pressOf(dataOf(press))).toEqual(press);
	fc.assert(fc.property(fc.string({ unit: 'binary' }), (data) => data === '-' || pressOf(data) === null));
});

test('a token is taken out of any text, whole, in half and encoded', () => {
	const token = '7000000001:AAtestTOKENtestTOKENtestTOKENtest12';
	const text = `at https://x/bot${token}/getMe ${encodeURIComponent(token)} ${token.split(':')[1]}`;
	expect(redactorOf(token)(text)).not.toMatch(/AAtest/u);
});
