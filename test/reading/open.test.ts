import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ModelError } from '../../src/errors.js';
import { openReader } from '../../src/reading/open.js';
import type { Reader } from '../../src/reading/types.js';

const models = join(import.meta.dirname, '../../models');

describe('openReader refuses', () => {
	let folder: string;
	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'wenqu-reader-'));
	});
	afterAll(() => rm(folder, { recursive: true }));

	const refused = async (message: RegExp): Promise<void> => {
		const error = await openReader(folder).catch((e: unknown) => e);
		expect(error).toBeInstanceOf(ModelError);
		expect((error as ModelError).message).toMatch(message);
	};

	it('a folder without a model', () => refused(/reader\.json/));

	it('a description that is none', async () => {
		await writeFile(join(folder, 'reader.json'), '{"id": 1}');
		await refused(/does not describe/);
	});

	it('missing weights', async () => {
		await cp(join(models, 'reader.json'), join(folder, 'reader.json'));
		await refused(/reader(-vocabulary)?\.(onnx|txt)/);
	});

	it('weights of which one byte is another', async () => {
		await cp(join(models, 'reader-vocabulary.txt'), join(folder, 'reader-vocabulary.txt'));
		await writeFile(join(folder, 'reader.onnx'), 'no graph');
		await refused(/reader\.onnx is damaged/);
	});
});

// A real model on a busy machine: a second each, not the default's worth of patience.
describe('the reader', { timeout: 60_000 }, () => {
	let reader: Reader;
	beforeAll(async () => {
		reader = await openReader(models);
	}, 60_000);
	const text =
		'8月16日上午，青山镇举行助学金发放仪式。镇党委书记李明主持仪式，副镇长王芳致辞。爱心企业捐款30万元，资助学生62名。';
	const best = async (question: string, given = text): Promise<string | undefined> => {
		const [span] = (await reader.read(question, given, '青山镇发放助学金')).spans;
		return span && given.slice(span.start, span.end);
	};

	it('takes answers out of a text word for word', async () => {
		expect(await best('企业捐了多少钱？')).toBe('30万元');
		expect(await best('仪式是谁主持的？')).toContain('李明');
		expect(await best('助学金发放仪式是哪天？')).toContain('8月16日');
	});

	it('finds an answer behind the first window and gives its place in the whole text', async () => {
		const filler = '当天，志愿者走进社区，向居民讲解垃圾分类知识。'.repeat(40);
		const long = `${filler}\n${text}\n${filler}`;
		expect(await best('企业捐了多少钱？', long)).toBe('30万元');
	});

	it('is less sure where the answer is not', async () => {
		const here = await reader.read('资助了多少名学生？', text);
		const gone = await reader.read('资助了多少名学生？', text.replace(/爱心.*/u, '居民纷纷点赞。'));
		expect(here.answerable).toBeGreaterThan(gone.answerable);
	});

	it('says nothing of an empty text', async () => {
		expect(await reader.read('谁？', ' \n')).toEqual({ answerable: 0, spans: [], pieces: [] });
	});

	it('says the same twice, with any number of readings at once', async () => {
		const readings = await Promise.all([1, 2, 3].map(() => reader.read('捐了多少？', text)));
		expect(readings[1]).toEqual(readings[0]);
		expect(readings[2]).toEqual(await reader.read('捐了多少？', text));
	});
});
