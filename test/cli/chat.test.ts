import { PassThrough } from 'node:stream';
import pc from 'picocolors';
import { expect, it } from 'vitest';
import { converse } from '../../src/cli/commands/chat.js';
import type { Terminal } from '../../src/cli/terminal.js';
import { answerOf, type FakeApp, fakeApp } from '../telegram/support/fake-app.js';

/** A terminal that somebody types at. */
class Screen {
	readonly input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => undefined });
	text = '';
	readonly terminal: Terminal = {
		out: (line) => this.#write(`${line}\n`),
		put: (part) => this.#write(part),
		err: (line) => this.#write(`${line}\n`),
		isTty: true,
		width: 80,
		colour: pc.createColors(false),
	};

	#write(part: string): void {
		this.text += part;
	}

	start(app: FakeApp): Promise<number> {
		const output = Object.assign(new PassThrough(), { isTTY: true, columns: 80 });
		output.resume();
		return converse(app, this.terminal, this.input, output);
	}

	async shows(part: string): Promise<void> {
		for (let n = 0; !this.text.includes(part); n++) {
			if (n > 500) throw new Error(`never shown: ${part}, but ${this.text}`);
			await new Promise((resolve) => setTimeout(resolve, 10));
		}
	}
}

const CTRL_C = '\u0003';

it('writes an answer as it grows, once', async () => {
	const app = fakeApp();
	app.answers = async (question, _last, _snapshot, options) => {
		options?.onText?.('一句。');
		options?.onText?.('一句。二句。');
		return answerOf(question, { answer: '一句。二句。' });
	};
	const screen = new Screen();
	const done = screen.start(app);
	screen.input.write('问\n');
	await screen.shows('二句。\n');
	screen.input.write('/quit\n');
	expect(await done).toBe(0);
	expect(screen.text.split('一句。')).toHaveLength(2);
});

it('writes the answer anew where it turned out another', async () => {
	const app = fakeApp();
	app.answers = async (question, _last, _snapshot, options) => {
		options?.onText?.('一句。');
		return answerOf(question, { answer: '别的答案。' });
	};
	const screen = new Screen();
	const done = screen.start(app);
	screen.input.write('问\n');
	await screen.shows('一句。\n\n别的答案。');
	screen.input.write('/quit\n');
	await done;
});

it('Ctrl-C ends the waiting for a language model and not the program; twice at the prompt ends the program', async () => {
	const app = fakeApp();
	app.answers = async (question, _last, _snapshot, options) => {
		const { signal } = options ?? {};
		await new Promise((resolve) => signal?.addEventListener('abort', resolve, { once: true }));
		return answerOf(question, { answer: '没有模型的答案。' });
	};
	const screen = new Screen();
	const done = screen.start(app);
	screen.input.write('问\n');
	while (app.asked.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
	screen.input.write(CTRL_C);
	await screen.shows('没有模型的答案。');
	screen.input.write(CTRL_C);
	await screen.shows('再按一次');
	screen.input.write(CTRL_C);
	expect(await done).toBe(0);
});
