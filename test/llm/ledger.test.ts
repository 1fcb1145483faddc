import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { Ledger } from '../../src/llm/ledger.js';
import { LlmDesk, llmSettings } from '../support/llm-desk.js';
import { honest, LlmServer } from '../support/llm-server.js';

const dir = mkdtempSync(join(tmpdir(), 'wenqu-ledger-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const ISSUES = {
	'2025-03-11.txt': `云州区与东海银行召开座谈会\n\n本报讯 昨日上午，云州区与东海银行召开座谈会。区委书记周正平主持座谈会，区长郑海波参加。\n`,
};
const QUESTION = '谁参加了云州区与东海银行的座谈会？';

describe('the ledger', () => {
	it('lets no two reservations pass the limit together, and counts what was truly spent', () => {
		const ledger = Ledger.inMemory();
		const settle = ledger.reserve('d', 60, 100);
		expect(ledger.reserve('d', 60, 100)).toBeNull();
		settle?.(10);
		expect(ledger.spent('d')).toBe(10);
		expect(ledger.reserve('d', 60, 100)).not.toBeNull();
		expect(ledger.reserve('other day', 60, 100)).not.toBeNull();
	});

	it('is kept from one process to the next', () => {
		const first = Ledger.open(join(dir, 'data'), () => expect.unreachable());
		first.keep('k', '答', 5);
		first.reserve('d', 40, 100);
		first.close();
		const second = Ledger.open(join(dir, 'data'), () => expect.unreachable());
		expect(second.find('k')).toEqual({ text: '答', tokens: 5 });
		expect(second.spent('d')).toBe(40);
		second.close();
	});

	it('stays in memory where its folder cannot be written, and says so', () => {
		writeFileSync(join(dir, 'file'), '');
		chmodSync(join(dir, 'file'), 0o400);
		let told = 0;
		const ledger = Ledger.open(join(dir, 'file'), () => told++);
		ledger.keep('k', '答', 5);
		expect(ledger.find('k')?.text).toBe('答');
		expect(told).toBe(1);
	});
});

describe('a question', () => {
	it('costs once', async () => {
		const server = await new LlmServer().start();
		const desk = new LlmDesk(ISSUES, llmSettings(server.url));
		const first = await desk.ask(QUESTION);
		const again = await desk.ask(QUESTION);
		expect(server.asked).toHaveLength(1);
		expect({ ...again.answer, ms: 0 }).toEqual({ ...first.answer, ms: 0 });
		expect(again.helper.trace).toMatchObject({ cached: true, tokens: 0 });
		expect(desk.ledger.spent(desk.today)).toBe(100);
		await server.stop();
	});

	it('is not asked once the day is spent, and asked again the next day', async () => {
		const server = await new LlmServer(honest).start();
		const desk = new LlmDesk(ISSUES, llmSettings(server.url, { dailyTokens: 2500, replyTokens: 800 }));
		desk.ledger.reserve(desk.today, 2000, 2500);
		expect((await desk.ask(QUESTION)).answer).toMatchObject({
			status: 'answered',
			llm: { used: [], declined: 'budget' },
		});
		expect(server.asked).toHaveLength(0);
		desk.today = '2025-03-13';
		expect((await desk.ask(QUESTION)).answer.llm?.used).toEqual(['word']);
		await server.stop();
	});
});
