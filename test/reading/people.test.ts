import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ModelError } from '../../src/errors.js';
import { openTagger } from '../../src/reading/people.js';

const models = join(import.meta.dirname, '../../models');

// A real model on a busy machine: a second, not the default's worth of patience.
describe('the tagger of people', { timeout: 60_000 }, () => {
	const text =
		'8月16日上午，青山镇举行助学金发放仪式。镇党委书记李明主持仪式，副镇长王芳致辞。青山镇自古重教，发放的钱由乡亲捐出。';

	it('marks who took part, word for word, and no other words', async () => {
		const tagger = await openTagger(models);
		const tags = await tagger.tag(text, '青山镇发放助学金');
		expect(tags.names.map(({ start, end }) => text.slice(start, end))).toEqual(['李明', '王芳']);
		const chance = (name: string): number => {
			const at = text.indexOf(name);
			return tags.likelihood(at, at + name.length) ?? -1;
		};
		expect(chance('李明')).toBeGreaterThan(0.9);
		expect(chance('自古')).toBeLessThan(0.1);
		expect(tags.likelihood(text.length, text.length)).toBeNull();
		expect((await tagger.tag('', '')).names).toEqual([]);
	});

	it('marks the same whatever stands in a window before', async () => {
		const tagger = await openTagger(models);
		const before = '青山镇的冬天很长，山上的雪要到四月才化。'.repeat(30);
		const tags = await tagger.tag(before + text, '青山镇发放助学金');
		expect(tags.names.map(({ start, end }) => (before + text).slice(start, end))).toEqual(['李明', '王芳']);
	});

	it('is refused where its files are missing', async () => {
		await expect(openTagger(join(models, 'none'))).rejects.toThrow(ModelError);
	});
});
