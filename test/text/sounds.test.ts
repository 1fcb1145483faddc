import { describe, expect, it } from 'vitest';
import { soundingLike } from '../../src/text/sounds.js';

describe('soundingLike', () => {
	it('finds names that are written otherwise and sound the same, whatever the tone', async () => {
		expect(await soundingLike('王丽华', ['王立华', '王丽娟', '王丽', '汪丽华'])).toEqual(['王立华', '汪丽华']);
	});

	it('knows how a character sounds as a surname', async () => {
		expect(await soundingLike('单小红', ['善小红', '丹小红'])).toEqual(['善小红']);
	});

	it('never offers the name itself', async () => {
		expect(await soundingLike('李明', new Set(['李明', '黎明']))).toEqual(['黎明']);
	});
});
