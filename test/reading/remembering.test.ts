import { describe, expect, it } from 'vitest';
import { remembering } from '../../src/reading/remembering.js';

/** Counts what is done, and fails the first time where it is told to. */
function counting() {
	const done: string[] = [];
	const work = async (...given: readonly string[]): Promise<string> => {
		done.push(given.join('|'));
		if (given[0] === 'bad' && done.length === 1) throw new Error('no');
		return given.join('');
	};
	return { done, work: remembering(work) };
}

describe('remembering', () => {
	it('does once what is asked by several at once, and again later', async () => {
		const { done, work } = counting();
		await Promise.all([1, 2, 3].map(() => work('问', '文')));
		expect(await work('问', '文')).toBe('问文');
		expect(done).toEqual(['问|文']);
	});

	it('keeps what is given apart', async () => {
		const { done, work } = counting();
		await work('问', '文字');
		await work('问文', '字');
		await work('问文字');
		expect(done).toHaveLength(3);
	});

	it('does not remember a failure', async () => {
		const { work } = counting();
		await expect(work('bad')).rejects.toThrow('no');
		await expect(work('bad')).resolves.toBe('bad');
	});

	it('forgets what was asked longest ago', async () => {
		const { done, work } = counting();
		for (let n = 0; n < 500; n++) await work(`${n}`);
		await work('0');
		await work('new');
		await work('0');
		expect(done).toHaveLength(501);
		await work('1');
		expect(done).toHaveLength(502);
	});
});
