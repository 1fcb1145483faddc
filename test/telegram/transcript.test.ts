import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PACKAGE_ROOT } from '../../src/config.js';
import { drawSvg } from '../../src/telegram/chart/draw.js';
import { pictureOf } from './support/picture.js';
import { hold, RUN, transcriptOf } from './support/transcript.js';

/** WENQU_PICTURES=1: prints the transcript and draws the pictures of docs/telegram.md anew. */
const IS_DRAWING = process.env['WENQU_PICTURES'] === '1';

test('the run of docs/telegram.md can be made again: every turn gets its answer', async () => {
	const turns = await hold(RUN);
	const text = transcriptOf(turns);
	expect(text.match(/^读者>/gmu)).toHaveLength(RUN.length);
	expect(text.match(/^问区>/gmu)?.length).toBeGreaterThan(RUN.length);
	const photos = turns.flatMap(({ calls }) => calls.filter((call) => call.method === 'sendPhoto'));
	const [chart] = photos.flatMap((call) => call.files);
	expect(chart?.subarray(1, 4).toString()).toBe('PNG');
	const png = await drawSvg(pictureOf(turns.slice(1, 5)));
	expect(png.length).toBeGreaterThan(50_000);
	if (!IS_DRAWING || !chart) return;
	console.info(text);
	const folder = join(PACKAGE_ROOT, 'docs', 'images');
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, 'telegram-chart.png'), chart);
	writeFileSync(join(folder, 'telegram-answers.png'), png);
	writeFileSync(join(folder, 'telegram-more.png'), await drawSvg(pictureOf([...turns.slice(0, 1), ...turns.slice(5)])));
}, 150_000);
