import type { App } from '../app.js';
import type { Store } from '../store/store.js';
import type { StoredArticle } from '../store/types.js';
import { issuesOf } from './articles.js';

const WANTED = 3;
const TRIED = 12;
const HEADLINE_LIMIT = 28;
/** What people take part in; a headline without such a word is a saying or a report, and asked after it reads oddly. */
const EVENT = /会|仪式|活动|大赛|论坛|签约/u;
const made = new WeakMap<Store, Promise<readonly string[]>>();

/** Questions that these very issues answer, for whoever does not know what to ask; found once per generation. */
export function sampleQuestions(app: App): Promise<readonly string[]> {
	const known = made.get(app.snapshot);
	if (known) return known;
	const found = findSamples(app);
	made.set(app.snapshot, found);
	return found;
}

async function findSamples(app: App): Promise<readonly string[]> {
	const samples: string[] = [];
	for (const question of await candidates(app.snapshot)) {
		if (samples.length >= WANTED) break;
		// What cannot be answered, for whatever reason, is not shown as an example.
		const asked = await app.ask(question).catch(() => null);
		if (asked?.answer.status === 'answered') samples.push(question);
	}
	return samples;
}

async function candidates(snapshot: Store): Promise<readonly string[]> {
	const asks: ((event: string, person: string) => string)[] = [
		(event) => `谁参加了${event}？`,
		(_, person) => `${person}是谁？`,
		(event) => `谁主持了${event}？`,
	];
	const questions: string[] = [];
	for await (const article of newestFirst(snapshot)) {
		if (questions.length >= TRIED) break;
		const { start, end } = article.headlineRange;
		const headline = article.source.slice(start - article.start, end - article.start).replace(/^[#\s]+|\s+$/gu, '');
		const event = headline.split(/\s/u)[0] ?? '';
		const person = article.facts.people.find((fact) => fact.roles.length > 0 && fact.title)?.name;
		if (!person || event.length < 6 || event.length > HEADLINE_LIMIT || !EVENT.test(event)) continue;
		const ask = asks[questions.length % asks.length];
		if (ask) questions.push(ask(event, person));
	}
	return questions;
}

async function* newestFirst(snapshot: Store): AsyncGenerator<StoredArticle> {
	for (const { first, articles } of issuesOf(snapshot))
		yield* await snapshot.articles(Array.from({ length: articles }, (_, n) => first + n));
}
