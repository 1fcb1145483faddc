import type { Turn } from '../answering/conversation.js';
import type { Answer } from '../answering/types.js';
import type { App, AskOptions } from '../app.js';
import type { Store } from '../store/store.js';
import { type PortableTurn, portable, turnOf } from './store/conversations.js';
import { Turnstile } from './turnstile.js';

interface Asked {
	readonly answer: Answer;
	readonly turn: PortableTurn;
}

/** Times a question is asked anew when a new issue comes in just then. */
const TRIES = 3;
/** Answers under way at once, and how long one of them may keep another waiting. */
const AT_ONCE = 4;
const LONGEST_MS = 400;
/** So long after it began, work is joined by those who ask the same. */
const JOINED_MS = 5000;

interface UnderWay {
	readonly asked: Promise<Asked>;
	readonly since: number;
	/** Those who wait for it and want to see it grow. */
	readonly watchers: Set<OnText>;
}

type OnText = (soFar: string) => void;

const turnstile = new Turnstile(AT_ONCE, LONGEST_MS);
const underWay = new WeakMap<Store, Map<string, UnderWay>>();

/**
 * Asks the app, from one generation of the index: when a new one takes its place meanwhile, the question is asked
 * again, for the article numbers of the old one mean nothing in the new and its files may be closed. What many ask
 * at once is worked out once. Nothing is remembered beyond that: quotes are proven anew for each answer. A language
 * model helps only whoever gives `onText`, which takes the answer as it grows: it may take longer than others can wait.
 */
export async function askApp(
	app: App,
	question: string,
	last: PortableTurn | null,
	request: string,
	onText?: OnText,
): Promise<Asked> {
	const { snapshot } = app;
	const works = underWay.get(snapshot) ?? new Map<string, UnderWay>();
	underWay.set(snapshot, works);
	const key = JSON.stringify([question, last, onText !== undefined]);
	let work = works.get(key);
	if (!work || Date.now() - work.since > JOINED_MS) {
		const watchers = new Set<OnText>();
		const tell = (soFar: string): void => {
			for (const watch of watchers) watch(soFar);
		};
		const options = onText ? { withLlm: true, onText: tell } : {};
		const own: UnderWay = { asked: ask(app, question, last, options), since: Date.now(), watchers };
		const end = (): void => {
			if (works.get(key) === own) works.delete(key);
		};
		own.asked.then(end, end);
		works.set(key, own);
		work = own;
	}
	if (onText) work.watchers.add(onText);
	const { answer, turn } = await work.asked;
	return { answer: { ...answer, id: request }, turn };
}

async function ask(app: App, question: string, last: PortableTurn | null, options: AskOptions): Promise<Asked> {
	for (let tries = 1; ; tries++) {
		let { snapshot } = app;
		try {
			const { answer, turn } = await turnstile.run(async () => {
				({ snapshot } = app);
				const before: Turn | null = last && (await turnOf(last, snapshot));
				return app.ask(question, before, null, options);
			});
			if (app.snapshot === snapshot) return { answer, turn: await portable(turn, snapshot) };
			if (tries >= TRIES) return { answer, turn: await portable({ ...turn, articles: [], choices: [] }, app.snapshot) };
		} catch (error) {
			if (app.snapshot === snapshot || tries >= TRIES) throw error;
		}
	}
}
