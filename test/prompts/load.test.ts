import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { loadLlmPrompts } from '../../src/llm/prompts.js';
import { loadPrompt } from '../../src/prompts/load.js';

const BUNDLED = new URL('../../prompts', import.meta.url).pathname;
const dir = mkdtempSync(join(tmpdir(), 'wenqu-prompts-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
beforeEach(() => cpSync(BUNDLED, dir, { recursive: true }));

function change(file: string, from: string | RegExp, to: string): void {
	const text = readFileSync(join(dir, file), 'utf8');
	const changed = text.replace(from, to);
	expect(changed).not.toBe(text);
	writeFileSync(join(dir, file), changed);
}

it.each(readdirSync(BUNDLED))('%s says what it is for, what goes in and what comes out', (file) => {
	const { purpose, inputs, output, hash } = loadPrompt([BUNDLED], file);
	expect(purpose.length).toBeGreaterThan(5);
	expect(inputs.length).toBeGreaterThan(0);
	expect(output === 'text' || typeof JSON.parse(output) === 'object').toBe(true);
	expect(hash).toMatch(/^[\da-f]{12}$/u);
});

describe("a user's own file", () => {
	it('comes before the bundled one, and has a hash of its own', () => {
		change('llm-word.md', '你是区报的编辑', '你是晚报的编辑');
		const { tasks } = loadLlmPrompts([dir, BUNDLED]);
		const words = { question: '问', draft: '答', passages: '料' };
		expect(tasks.word.fill(words).system).toContain('晚报');
		expect(tasks.word.file.hash).not.toBe(loadPrompt([BUNDLED], 'llm-word.md').hash);
	});

	it('need not be there', () => {
		rmSync(join(dir, 'llm-word.md'));
		expect(loadLlmPrompts([dir, BUNDLED]).tasks.word.file.file).toBe('llm-word.md');
	});

	it.each<[string, string, string | RegExp, string, RegExp]>([
		['no front matter', 'llm-word.md', /^---\n/u, '', /llm-word\.md.*说明/u],
		['no purpose', 'llm-word.md', /^purpose:.*\n/mu, '', /purpose/u],
		['an input that nobody fills in', 'llm-word.md', '{draft}', '{drafts}', /\{drafts\}/u],
		['an input left out', 'llm-summarise.md', '{passages}', '', /\{passages\}/u],
		['an example of another form', 'llm-compare.md', '"quote"', '"cite"', /output/u],
		['an example that is no JSON', 'llm-understand.md', /^output: .*$/mu, 'output: {', /output/u],
		['no part for the user', 'llm-explain.md', '## user', '## reader', /user/u],
		['no sentence for a note', 'llm.md', '## budget', '## money', /budget/u],
	])('with %s is named before the first question', (_, file, from, to, message) => {
		change(file, from, to);
		expect(() => loadLlmPrompts([dir, BUNDLED])).toThrow(message);
		expect(() => loadLlmPrompts([dir, BUNDLED])).toThrow(file);
	});
});

it('what is filled in is not looked through for more to fill in', () => {
	const { tasks } = loadLlmPrompts([BUNDLED]);
	const { user } = tasks.word.fill({ question: '{passages}{output}', draft: '$&', passages: '料' });
	expect(user).toContain('{passages}{output}');
	expect(user).toContain('$&');
});
