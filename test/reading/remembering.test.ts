import { describe, expect, it } from 'vitest';
import { remembering } from '../../src/reading/remembering.js';
import type { Reader } from '../../src/reading/types.js';

/** Counts what is read, and fails where the text says so. */
function counting(): Reader & { readonly read: Reader['read']; count: number } {
	return {
		id: 'counting',
		count: 0,
		async read(question, text) {
			this.count++;
			if (text === 'bad' && this.count === 1) throw new Error('no');
			return { answerable: question.length + text.length, spans: [], pieces: [] };
		},
	};
}

describe('remembering', () => {
	it('reads once what is asked by several at once, and again later', async () => {
		const inner = counting();
		const reader = remembering(inner);
		await Promise.all([1, 2, 3].map(() => reader.read('问', '文')));
		await reader.read('问', '文');
		expect(inner.count).toBe(1);
	});

	it('keeps question, text and headline apart', async () => {
		const inner = counting();
		const reader = remembering(inner);
		const answers = [
			await reader.read('问', '文字'),
			await reader.read('问文', '字'),
			await reader.read('问', '文字', '题'),
		];
		expect(inner.count).toBe(3);
		expect(answers.map(({ answerable }) => answerable)).toEqual([3, 3, 3]);
	});

	it('does not remember a failure', async () => {
		const reader = remembering(counting());
		await expect(reader.read('问', 'bad')).rejects.toThrow('no');
		await expect(reader.read('问', 'bad')).resolves.toMatchObject({ spans: [] });
	});

	it('forgets the one that was asked longest ago', async () => {
		const inner = counting();
		const reader = remembering(inner);
		for (let n = 0; n < 500; n++) await reader.read('问', `${n}`);
		await reader.read('问', '0');
		await reader.read('问', 'new');
		await reader.read('问', '0');
		expect(inner.count).toBe(501);
		await reader.read('问', '1');
		expect(inner.count).toBe(502);
	});
});
