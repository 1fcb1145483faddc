import { expect, test } from 'vitest';
import { transcript } from './support/transcript.js';

test('the transcript of docs/telegram.md can be made again: every turn gets its answer', async () => {
	const text = await transcript();
	expect(text.match(/^读者>/gmu)).toHaveLength(7);
	expect(text.match(/^问区>/gmu)?.length).toBeGreaterThanOrEqual(8);
	expect(text).toContain('🖼');
	console.info(text);
}, 150_000);
