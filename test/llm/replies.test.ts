import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BLIND, LlmDesk, llmSettings } from '../support/llm-desk.js';
import { LlmServer } from '../support/llm-server.js';

/** A reply, the question it was given to, and what may become of it. */
interface Recorded {
	readonly name: string;
	readonly question: string;
	readonly reply: string;
	/** The answer, where the reply is used; null: the answer is that of no model. */
	readonly answer: string | null;
	readonly used: readonly string[];
	readonly declined: string | null;
}

const ISSUES = { '2025-03-11.txt': readFileSync(new URL('replies/issue.txt', import.meta.url), 'utf8') };
const TASKS = ['understand', 'word', 'summarise', 'compare', 'explain'];

let server: LlmServer;
beforeAll(async () => {
	server = await new LlmServer().start();
});
afterAll(() => server.stop());

describe.each(TASKS)('%s', (task) => {
	const file = new URL(`replies/${task}.json`, import.meta.url);
	const recorded = JSON.parse(readFileSync(file, 'utf8')) as readonly Recorded[];

	it.each(recorded)('$name', async ({ question, reply, answer, used, declined }) => {
		const desk = new LlmDesk(ISSUES, llmSettings(server.url), task === 'understand' ? BLIND : null);
		// A second model that may be asked, to word what was understood, has nothing to say.
		server.script = ({ body }) => {
			const isTask = body.response_format?.json_schema.name === `wenqu_${task}`;
			return { kind: 'reply', text: isTask ? reply : '{"sentences":[]}' };
		};
		const given = (await desk.ask(question)).answer;
		expect(given.llm).toMatchObject({ used, declined });
		expect(given.answer).toBe(answer ?? (await desk.plain(question)).answer);
		for (const { start, end, quote, file: name } of given.citations)
			expect(ISSUES[name as keyof typeof ISSUES].slice(start, end)).toBe(quote);
	});
});
