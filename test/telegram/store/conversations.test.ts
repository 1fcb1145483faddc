import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CONVERSATION_MS, Conversations, type PortableTurn } from '../../../src/telegram/store/conversations.js';
import { openDatabase } from '../../../src/telegram/store/database.js';

const turn: PortableTurn = {
	turn: { question: '座谈会谁主持的？', articles: [], person: null, items: [], choices: [] },
	articles: [],
	choices: [],
};
const speaker = { chat: -7, thread: null, user: 11 };

test('a conversation is forgotten after an hour without a question, and kept over a restart until then', () => {
	const folder = mkdtempSync(join(tmpdir(), 'wenqu-data-'));
	const first = openDatabase(folder);
	new Conversations(first).remember(speaker, turn, 1_000);
	first.close();
	const db = openDatabase(folder);
	const kept = new Conversations(db);
	expect(kept.last(speaker, 1_000 + CONVERSATION_MS - 1)).toEqual(turn);
	expect(kept.last(speaker, 1_000 + CONVERSATION_MS)).toBeNull();
	// Nobody else in the group goes on with it.
	expect(kept.last({ ...speaker, user: 12 }, 2_000)).toBeNull();
	kept.tidy(1_000 + CONVERSATION_MS);
	expect(db.prepare('SELECT count(*) AS n FROM conversations').get()).toEqual({ n: 0 });
	db.close();
});
