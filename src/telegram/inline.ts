import type { Store } from '../store/store.js';
import type { StoredArticle } from '../store/types.js';
import { askApp } from './ask.js';
import type { Context } from './context.js';
import { answerText } from './messages/answer.js';
import { type Rich, RichText, shown } from './rich.js';
import { split } from './split.js';
import type { Outgoing } from './store/ledger.js';
import { pause } from './timing.js';
import type { InlineQuery } from './wire.js';

const RESULTS = 10;
const QUERY_LIMIT = 200;
/** A typed answer that is not there by then is left out: the results appear while somebody types. */
const ANSWER_MS = 220;
const QUESTION = /[谁何吗呢几哪？?]|什么|多少|怎么|是否|参加|出席|主持/u;
const CACHED = 500;
/** Telegram's own cache; ours does the rest. A new issue shall be found within ten seconds. */
const CACHE_S = 8;
const LEAD_LIMIT = 600;

type Results = readonly Readonly<Record<string, unknown>>[];

const caches = new WeakMap<Store, Map<string, Results>>();

/** Results for an inline query: a finished answer first where there is one, then articles, each complete in itself. */
export async function runInline(context: Context, query: InlineQuery, request: string): Promise<readonly Outgoing[]> {
	const text = shown(query.query).trim().slice(0, QUERY_LIMIT);
	const results = text === '' ? [] : await resultsFor(context, text, request);
	context.people.count('inline');
	return [
		{
			chat: null,
			method: 'answerInlineQuery',
			request,
			payload: { inline_query_id: query.id, results, cache_time: CACHE_S, is_personal: context.isClosed },
		},
	];
}

async function resultsFor(context: Context, text: string, request: string): Promise<Results> {
	const { app } = context;
	const { snapshot } = app;
	const cache = caches.get(snapshot) ?? new Map<string, Results>();
	caches.set(snapshot, cache);
	const known = cache.get(text);
	if (known) return known;
	const hits = await app.retriever.searchArticles(text, RESULTS, { keywordsOnly: true });
	const found = await snapshot.articles(hits.map((hit) => hit.article));
	const articles = found.map((article, n) => articleResult(article, hits[n]?.hits[0]?.passage.start, context));
	// Keywords alone ask nothing; articles are what is looked for, and they are there at once.
	const isQuestion = QUESTION.test(text);
	const asked = isQuestion
		? await Promise.race([askApp(app, text, null, request).catch(() => null), pause(ANSWER_MS).then(() => null)])
		: null;
	const answered = asked?.answer.status === 'answered' ? [answerResult(asked.answer, context)] : [];
	const results = [...answered, ...articles].slice(0, RESULTS);
	if (asked || !isQuestion) {
		cache.set(text, results);
		if (cache.size > CACHED) cache.delete(cache.keys().next().value ?? '');
	}
	return results;
}

function answerResult(answer: Parameters<typeof answerText>[0], { say }: Context): Results[number] {
	return result('answer', answer.answer, answer.citations[0]?.headline ?? '', answerText(answer, say));
}

/** An article as a message: date, headline, and its text around what was found, or from its beginning. */
function articleResult(article: StoredArticle, from: number | undefined, { say }: Context): Results[number] {
	const begin = Math.max(article.headlineRange.end, from ?? 0) - article.start;
	const lead = article.source
		.slice(begin, begin + LEAD_LIMIT)
		.replace(/\s*\n\s*/gu, '\n')
		.trim();
	const stop = Math.max(lead.lastIndexOf('。'), lead.lastIndexOf('！'), lead.lastIndexOf('？'));
	const quote = stop > 40 ? lead.slice(0, stop + 1) : lead;
	const date = article.issueDate ?? say('undated');
	const text = new RichText().add(`${date} `).add(`《${article.headline}》`, 'bold').line().add(quote, 'blockquote');
	return result(`a${article.number}`, article.headline, `${date} ${quote}`, text.build());
}

function result(id: string, title: string, description: string, rich: Rich): Results[number] {
	const first = split(rich)[0] ?? rich;
	return {
		type: 'article',
		id,
		title: shown(title).slice(0, 100) || '—',
		description: shown(description).slice(0, 160),
		input_message_content: {
			message_text: first.text,
			...(first.entities.length > 0 ? { entities: first.entities } : {}),
			link_preview_options: { is_disabled: true },
		},
	};
}
