import type { StoredArticle } from '../../store/types.js';
import { between, SENTENCE_MARK } from '../../text/between.js';
import { calendarOf, type Day, dayIn, isOn, type Period, periodIn } from '../../text/dates.js';
import type { Range } from '../../text/mapped.js';
import { cite, citeHeadline, type Desk, mainHeadline } from '../desk.js';
import { answered, CitationList, plainItem, refused } from '../findings.js';
import { distinctArticles } from '../twins.js';
import type { AnswerItem, Finding, Query } from '../types.js';
import { asksContents } from '../understand.js';

/** Asks who took part most often. */
const MOST = /(?:谁|哪(?:一?位|个)(?:领导|人)?).{0,8}(?:最多|最频繁|最活跃)/u;

/** Questions over all articles: what somebody took part in, which articles hold a word, what met in a month. */
export async function answerAggregate(query: Query, desk: Desk): Promise<Finding> {
	const coverage = { issues: desk.snapshot.counts.issues, articles: desk.snapshot.counts.articles };
	if (query.persons.length > 0 && !/提到|文章|报道|新闻/u.test(query.text)) return eventsOf(query, desk, coverage);
	if (MOST.test(query.text)) return mostActive(desk, coverage);
	const word =
		(/(?:提到|提及|涉及|关于|有关|说到|写到)(?:了|过)?(.+?)(?:的)?(?:文章|报道|新闻|消息|稿件|有哪些|[？?]|$)/u.exec(
			query.text,
		) ??
			/^(\p{Script=Han}{2,4}?)(?:采写|撰写|写|拍)了?(?:的|过)?(?:哪|什么|几|多少)/u.exec(query.text) ??
			/(?:有|登了?)(?:什么|哪些)(\p{Script=Han}{2,8}?)(?:方面)?的?(?:文章|报道|新闻|消息|稿件)[？?]?$/u.exec(
				query.text,
			))?.[1]
			?.replace(/哪些|有|的$/gu, '')
			.trim();
	const named = word || query.persons[0];
	if (named) return articlesWith(named, desk, coverage);
	if (asksContents(query.text)) return contents(query, desk, coverage);
	return meetings(query, desk, coverage);
}

type Coverage = { readonly issues: number; readonly articles: number };

/** The headline block, or where that is long only its main line, as printed. */
function shortHeadline(article: StoredArticle): string {
	if (article.headline.length <= 60) return article.headline;
	return mainHeadline(article).replace(/\s+/gu, ' ');
}

async function eventsOf(query: Query, desk: Desk, coverage: Coverage): Promise<Finding> {
	const named = await Promise.all(query.persons.map((name) => desk.snapshot.articlesNaming(name)));
	const sets = named.map((numbers) => new Set(numbers));
	const common = [...(sets[0] ?? [])].filter((number) => sets.every((set) => set.has(number))).sort((a, b) => a - b);
	const chaired = /主持/u.test(query.text) && !/参加|出席/u.test(query.text);
	const citations = new CitationList();
	const items: AnswerItem[] = [];
	const articles = distinctArticles(await desk.snapshot.articles(common));
	for (const article of articles) {
		const people = query.persons.map((name) =>
			article.facts.people.find((person) => person.name === name && person.roles.length > 0),
		);
		if (people.some((person) => !person || (chaired && !person.roles.includes('chair')))) continue;
		const at = people.map((person) => (person ? citations.add(cite(article, person.proof)) : 0));
		items.push({ ...plainItem(shortHeadline(article), at[0] ?? 0), roles: people[0]?.roles ?? [] });
	}
	const who = query.persons.join('、');
	const name = chaired ? 'aggregate_chaired' : 'aggregate_events';
	if (items.length === 0) return refused(desk, 'not_stated', articles[0] ?? null);
	const words = { who, items: listed(items), count: items.length, ...coverage };
	return answered(desk.wording.say(name, words), items, citations.all);
}

function listed(items: readonly AnswerItem[]): string {
	return items.map((item) => `《${item.text}》`).join('、');
}

async function articlesWith(what: string, desk: Desk, coverage: Coverage): Promise<Finding> {
	const numbers = await desk.snapshot.articlesContaining(what);
	if (numbers.length === 0) return refused(desk, 'no_such_event', null);
	const citations = new CitationList();
	const items = distinctArticles(await desk.snapshot.articles(numbers)).map((article) => {
		const at = article.source.indexOf(what);
		const quoted = at < 0 ? citeHeadline(article) : cite(article, sentenceAround(article, at, what.length));
		return plainItem(shortHeadline(article), citations.add(quoted));
	});
	const words = { what, items: listed(items), count: items.length, ...coverage };
	return answered(desk.wording.say('aggregate_articles', words), items, citations.all);
}

/** The sentence of an article's source around a stretch of it, as a range of the file. */
function sentenceAround({ source, start }: StoredArticle, at: number, length: number): Range {
	const sentence = between(source, { start: at, end: at + length }, SENTENCE_MARK);
	return { start: start + sentence.start, end: start + sentence.end };
}

/** The headlines of the newest issue, or of the one of the day that the question names. */
async function contents(query: Query, desk: Desk, coverage: Coverage): Promise<Finding> {
	const issues = desk.snapshot.issues();
	const day = dayIn(query.text);
	const issue = day
		? issues.findLast(({ issueDate }) => issueDate !== null && isOn(day, issueDate))
		: (issues.findLast(({ issueDate }) => issueDate === desk.snapshot.newestDate) ?? issues.at(-1));
	if (!issue) return refused(desk, 'outside_dates', null, rangeOf(desk, day?.written));
	const numbers = Array.from({ length: issue.articles }, (_, n) => issue.first + n);
	const citations = new CitationList();
	const articles = await desk.snapshot.articles(numbers);
	const items = articles.map((article) => plainItem(shortHeadline(article), citations.add(citeHeadline(article))));
	const words = { period: issue.issueDate ?? '', count: items.length, items: listed(items), ...coverage };
	return answered(desk.wording.say('aggregate_contents', words), items, citations.all);
}

async function meetings(query: Query, desk: Desk, coverage: Coverage): Promise<Finding> {
	const place = query.insisted[0] ?? null;
	const day = dayIn(query.text);
	if (day) return meetingsOn(day, place, desk, coverage);
	const period = periodIn(query.text, desk.snapshot.newestDate);
	const issues = desk.snapshot
		.issues()
		.filter(({ issueDate }) => period === null || (issueDate !== null && period.holds(issueDate)));
	const numbers = await desk.snapshot.gatherings(issues, place);
	if (numbers.length === 0) return noMeetings(desk, period?.label);
	return tellMeetings(await desk.snapshot.articles(numbers), saidPeriod(period, desk) ?? '现有报纸里', desk, coverage);
}

function noMeetings(desk: Desk, asked?: string): Finding {
	const reason = asked !== undefined && desk.snapshot.newestDate ? 'outside_dates' : 'no_such_event';
	return refused(desk, reason, null, rangeOf(desk, asked));
}

function tellMeetings(articles: readonly StoredArticle[], period: string, desk: Desk, coverage: Coverage): Finding {
	const citations = new CitationList();
	const items = distinctArticles(articles).map((article) =>
		plainItem(shortHeadline(article), citations.add(citeHeadline(article))),
	);
	const words = { period, items: listed(items), ...coverage };
	return answered(desk.wording.say('aggregate_meetings', words), items, citations.all);
}

/** The events of a day: those whose report names it, and those that the issue of the day or of the next says were held 今日 or 昨日. */
async function meetingsOn(day: Day, place: string | null, desk: Desk, coverage: Coverage): Promise<Finding> {
	const { snapshot } = desk;
	const label = `${day.month}月${day.day}日`;
	const isThen = (expression: string, date: string | null): boolean => calendarOf(expression, date) === label;
	const issues = snapshot.issues();
	const near = issues.filter(({ issueDate }) => isThen('今日', issueDate) || isThen('昨日', issueDate));
	const naming = await Promise.all(
		[label, `${day.month}月${day.day}号`].map((said) => snapshot.articlesContaining(said)),
	);
	// Few are read of an archive of tens of thousands.
	const named = new Set(naming.flat());
	const numbers = new Set([
		...(await snapshot.gatherings(near, place)),
		...(await snapshot.gatherings(issues, place)).filter((number) => named.has(number)),
	]);
	const said = new RegExp(`(?<!\\d)${day.month}月${day.day}[日号]`, 'u');
	const articles = (await snapshot.articles([...numbers].sort((a, b) => a - b))).filter(
		({ source, issueDate }) =>
			(day.year === null || issueDate === null || Number(issueDate.slice(0, 4)) === day.year) &&
			(said.test(source) || isThen(/[昨今][日天晚晨]/u.exec(source)?.[0] ?? '', issueDate)),
	);
	return articles.length > 0 ? tellMeetings(articles, label, desk, coverage) : noMeetings(desk, day.written);
}

/** A period as the answer says it; relative ones with the issue that they are reckoned from. */
function saidPeriod(period: Period | null, desk: Desk): string | null {
	if (!period?.relative) return period?.label ?? null;
	return desk.wording.say('reckoned', { period: period.label, newest: desk.snapshot.newestDate ?? '' });
}

/** Who took part in most events: people by the number of articles that give them a part in one. */
async function mostActive(desk: Desk, coverage: Coverage): Promise<Finding> {
	const most = await desk.snapshot.mostActive();
	if (most.length === 0) return refused(desk, 'no_such_event', null);
	const citations = new CitationList();
	const articles = await desk.snapshot.articles(most.map(({ first }) => first));
	const items = articles.flatMap((article, n) => {
		const name = most[n]?.name ?? '';
		const person = article.facts.people.find((one) => one.name === name && one.roles.length > 0);
		return person ? [plainItem(name, citations.add(cite(article, person.proof)))] : [];
	});
	const words = { who: items.map(({ text }) => text).join('、'), count: most[0]?.articles ?? 0, ...coverage };
	return answered(desk.wording.say('aggregate_most', words), items, citations.all);
}

/** First and last issue date, for saying what the issues cover; `asked` is the period that they do not. */
export function rangeOf(desk: Desk, asked = ''): Readonly<Record<string, string>> {
	const dates = desk.snapshot
		.issues()
		.flatMap((issue) => issue.issueDate ?? [])
		.sort();
	return { first: dates[0] ?? '？', last: dates.at(-1) ?? '？', asked };
}
