import { fullTitle } from '../../facts/full-title.js';
import type { Store } from '../../store/store.js';
import type { StoredArticle } from '../../store/types.js';
import { articlesOf, issuesOf, keyOfArticle } from '../articles.js';
import { type Rich, RichText } from '../rich.js';
import type { Say } from '../wording.js';
import { turning } from './article.js';
import { type Button, button, type Markup, markup, rows } from './buttons.js';

const PER_PAGE = 10;
const TIMELINE = 20;

/** A text with buttons under it. */
export interface Listing {
	readonly rich: Rich;
	readonly markup: Markup | null;
}

/** The headlines of an issue, paged, with a button for each article and for the issues before and after. */
export async function issueListing(
	snapshot: Store,
	key: string | null,
	page: number,
	say: Say,
): Promise<Listing | null> {
	const issues = issuesOf(snapshot);
	const place = key === null ? 0 : issues.findIndex((issue) => issue.key === key);
	const issue = issues[place];
	if (!issue) return null;
	const pages = Math.max(1, Math.ceil(issue.articles / PER_PAGE));
	const shown = Math.min(page, pages - 1);
	const first = shown * PER_PAGE;
	const articles = (await articlesOf(snapshot, issue)).slice(first, first + PER_PAGE);
	const text = new RichText()
		.add(say('issue_head', { date: issue.issueDate ?? issue.file, count: issue.articles }), 'bold')
		.gap();
	articles.forEach(({ headline }, n) => {
		text.line().add(`${first + n + 1}. ${cut(headline)}`);
	});
	const turn = pages > 1 ? turning(shown, pages, (to) => ({ kind: 'issue', issue: issue.key, page: to })) : markup();
	const older = issues[place + 1];
	const newer = issues[place - 1];
	const others = [
		...(older ? [button(`« ${older.issueDate ?? older.file}`, { kind: 'issue', issue: older.key, page: 0 })] : []),
		...(newer ? [button(`${newer.issueDate ?? newer.file} »`, { kind: 'issue', issue: newer.key, page: 0 })] : []),
	];
	const numbers = articles.map((article, n) =>
		button(String(first + n + 1), { kind: 'article', article: article.key, page: null }),
	);
	return { rich: text.build(), markup: markup(...rows(numbers, 5), ...turn.inline_keyboard, others) };
}

/** Numbered articles with a button for each. */
export async function articleListing(
	snapshot: Store,
	head: string,
	numbers: readonly number[],
	say: Say,
): Promise<Listing> {
	const text = new RichText().add(head, 'bold').gap();
	const articles = await snapshot.articles(numbers);
	articles.forEach(({ issueDate, headline }, n) => {
		text.line().add(`${n + 1}. ${issueDate ?? say('undated')} ${cut(headline)}`);
	});
	return { rich: text.build(), markup: markup(...rows(await buttonsTo(snapshot, articles), 5)) };
}

const ROLES = { attend: '出席', chair: '主持', speak: '讲话', sign: '签约', accompany: '陪同' } as const;

/** Where a person appears, newest first: date, headline, the title then, and what the person did there. */
export async function personListing(snapshot: Store, name: string, say: Say): Promise<Listing | null> {
	const all = [...(await snapshot.articles(await snapshot.articlesNaming(name)))];
	if (all.length === 0) return null;
	all.sort((a, b) => (b.issueDate ?? '').localeCompare(a.issueDate ?? '') || a.number - b.number);
	const shown = all.slice(0, TIMELINE);
	const text = new RichText().add(say('person_head', { name, count: all.length }), 'bold');
	shown.forEach((article, n) => {
		const facts = article.facts.people.filter((fact) => fact.name === name);
		const title = facts.map(fullTitle).find((one) => one !== '');
		const roles = new Set(facts.flatMap((fact) => fact.roles));
		// Whoever chairs or speaks attends too; that need not be said.
		if (roles.size > 1) roles.delete('attend');
		const did = [...roles].map((role) => ROLES[role]).join('、');
		text
			.gap()
			.add(`${n + 1}. ${article.issueDate ?? say('undated')} `)
			.add(cut(article.headline), 'bold');
		const detail = [title, did].filter(Boolean).join('，');
		if (detail) text.line().add(detail);
	});
	if (all.length > TIMELINE) text.gap().add(say('person_more', { count: TIMELINE }));
	return { rich: text.build(), markup: markup(...rows(await buttonsTo(snapshot, shown), 5)) };
}

/** A numbered button for each article. */
function buttonsTo(snapshot: Store, articles: readonly StoredArticle[]): Promise<Button[]> {
	return Promise.all(
		articles.map(async (article, n) =>
			button(String(n + 1), { kind: 'article', article: await keyOfArticle(snapshot, article), page: null }),
		),
	);
}

function cut(headline: string): string {
	const chars = [...headline];
	return chars.length > 120 ? `${chars.slice(0, 119).join('')}…` : headline;
}
