import type { Turn } from '../answering/conversation.js';
import type { Answer } from '../answering/types.js';
import type { App } from '../app.js';
import { type PortableTurn, portable, turnOf } from './store/conversations.js';

/** Times a question is asked anew when a new issue comes in just then. */
const TRIES = 3;

/**
 * Asks the app, from one generation of the index: when a new one takes its place meanwhile, the question is asked
 * again, for the article numbers of the old one mean nothing in the new and its files may be closed.
 */
export async function askApp(
	app: App,
	question: string,
	last: PortableTurn | null,
	request: string,
): Promise<{ readonly answer: Answer; readonly turn: PortableTurn }> {
	for (let tries = 1; ; tries++) {
		const { snapshot } = app;
		const before: Turn | null = last && turnOf(last, snapshot);
		try {
			const { answer, turn } = await app.ask(question, before, request);
			if (app.snapshot === snapshot) return { answer, turn: portable(turn, snapshot) };
			if (tries >= TRIES) return { answer, turn: portable({ ...turn, articles: [], choices: [] }, app.snapshot) };
		} catch (error) {
			if (app.snapshot === snapshot || tries >= TRIES) throw error;
		}
	}
}
