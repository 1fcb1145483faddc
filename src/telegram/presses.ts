import { articleNumber, findQuote } from './articles.js';
import { type Press, pressOf } from './callbacks.js';
import type { Context } from './context.js';
import { buttonsOf } from './messages/answer.js';
import { articlePage, type Page } from './messages/article.js';
import { articleListing, issueListing } from './messages/lists.js';
import { editOf, messagesTo, pressed } from './messages/send.js';
import type { Place } from './place.js';
import { answerQuestion } from './question.js';
import type { Outgoing } from './store/ledger.js';
import type { CallbackQuery } from './wire.js';

const RELATED = 5;

/** A pressed button: what it was pressed under, and what is to be done. */
interface Pressed {
	readonly context: Context;
	readonly place: Place;
	readonly query: string;
	readonly message: number;
}

/** What is sent when a button is pressed. Button data may be anything, of any age, from anybody. */
export async function runPress(context: Context, place: Place, query: CallbackQuery): Promise<readonly Outgoing[]> {
	const press = pressOf(query.data ?? '');
	const message = query.message?.message_id;
	if (!press || press.kind === 'idle' || message === undefined) return [pressed(query.id, place.request)];
	return run({ context, place, query: query.id, message }, press);
}

async function run(at: Pressed, press: Exclude<Press, { kind: 'idle' }>): Promise<readonly Outgoing[]> {
	switch (press.kind) {
		case 'quote':
			return openQuote(at, press);
		case 'article':
			return openArticle(at, press.article, press.page);
		case 'issue':
			return turnIssue(at, press.issue, press.page);
		case 'related':
			return related(at, press.answer);
		case 'vote':
			return vote(at, press.answer, press.value);
		case 'choice':
			return choose(at, press.answer, press.choice);
	}
}

function tell({ query, place }: Pressed, text: string): readonly Outgoing[] {
	return [pressed(query, place.request, text, true)];
}

/** A page in a new message, or, when a page is turned, in place of the one before. */
function showPage({ query, place, message }: Pressed, shown: Page, page: number | null): readonly Outgoing[] {
	const done = pressed(query, place.request);
	if (page === null) return [done, ...messagesTo({ ...place, replyTo: message }, shown.rich, shown.markup)];
	return [done, editOf(place.chat, message, shown.rich, shown.markup, place.request)];
}

async function openQuote(at: Pressed, press: Extract<Press, { kind: 'quote' }>): Promise<readonly Outgoing[]> {
	const { app, answers, say } = at.context;
	const kept = answers.find(press.answer, at.place.chat);
	const place = kept?.places[press.citation];
	if (!place) return tell(at, say('answer_gone'));
	const found = await findQuote(app.snapshot, place);
	if (!found) return tell(at, say('changed'));
	const marked = { at: found.at, length: place.quote.length };
	return showPage(
		at,
		articlePage(found.article, marked, press.page, (page) => ({ ...press, page }), say),
		press.page,
	);
}

async function openArticle(at: Pressed, key: string, page: number | null): Promise<readonly Outgoing[]> {
	const { app, say } = at.context;
	const { snapshot } = app;
	const number = await articleNumber(snapshot, key);
	if (number === null) return tell(at, say('changed'));
	const article = await snapshot.article(number);
	const { start, end } = article.headlineRange;
	const marked = { at: start - article.start, length: end - start };
	const turn = (to: number): Press => ({ kind: 'article', article: key, page: to });
	// Without a page asked for, the first: the headline stands there.
	const shown = articlePage(article, marked, page ?? 0, turn, say);
	return showPage(at, shown, page);
}

async function turnIssue(at: Pressed, key: string, page: number): Promise<readonly Outgoing[]> {
	const list = await issueListing(at.context.app.snapshot, key, page, at.context.say);
	if (!list) return tell(at, at.context.say('changed'));
	const { place, message, query } = at;
	return [pressed(query, place.request), editOf(place.chat, message, list.rich, list.markup, place.request)];
}

async function related(at: Pressed, answer: string): Promise<readonly Outgoing[]> {
	const { app, answers, say } = at.context;
	const kept = answers.find(answer, at.place.chat);
	if (!kept) return tell(at, say('answer_gone'));
	const { snapshot } = app;
	const quotes = await Promise.all(kept.places.map((place) => findQuote(snapshot, place)));
	const cited = new Set(quotes.map((quote) => quote?.article.number));
	const hits = await app.retriever.searchArticles(kept.question, RELATED + cited.size, { keywordsOnly: true });
	// The search is not waited for across generations: what it found is looked up in the one it was asked of.
	if (app.snapshot !== snapshot) return related(at, answer);
	const numbers = hits.map((hit) => hit.article).filter((number) => !cited.has(number));
	if (numbers.length === 0) return tell(at, say('related_none'));
	const list = await articleListing(snapshot, say('related_head'), numbers.slice(0, RELATED), say);
	return [
		pressed(at.query, at.place.request),
		...messagesTo({ ...at.place, replyTo: at.message }, list.rich, list.markup),
	];
}

function vote(at: Pressed, answer: string, value: 1 | -1): readonly Outgoing[] {
	const { answers, say } = at.context;
	const { place, message, query } = at;
	const kept = answers.find(answer, place.chat);
	if (!kept) return tell(at, say('answer_gone'));
	const counted = answers.vote(answer, place.user, value, Date.now());
	return [
		pressed(query, place.request, say('voted')),
		{
			chat: place.chat,
			method: 'editMessageReplyMarkup',
			request: place.request,
			payload: {
				chat_id: place.chat,
				message_id: message,
				reply_markup: buttonsOf(kept.places.length, answer, counted, say),
			},
		},
	];
}

async function choose(at: Pressed, answer: string, choice: number): Promise<readonly Outgoing[]> {
	const { answers, say, app } = at.context;
	const kept = answers.find(answer, at.place.chat);
	if (!kept?.turn) return tell(at, say('answer_gone'));
	const key = kept.turn.choices[choice];
	if (key === undefined || (await articleNumber(app.snapshot, key)) === null) return tell(at, say('changed'));
	// One choice is left of the turn, and it is taken: what has gone from before it cannot shift the count.
	const chosen = kept.turn.turn.choices[choice];
	if (!chosen) return tell(at, say('changed'));
	const turn = { ...kept.turn, turn: { ...kept.turn.turn, choices: [chosen] }, choices: [key] };
	const reply = { ...at.place, replyTo: at.message };
	return [pressed(at.query, at.place.request), ...(await answerQuestion(at.context, reply, '1', turn))];
}
