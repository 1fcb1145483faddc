import { simplified } from '../text/script.js';
import { candidatesFor } from './candidates.js';
import { remember, resolve, type Turn } from './conversation.js';
import { type Candidate, candidateOf, citeHeadline, type Desk, mainHeadline } from './desk.js';
import { isOtherEdition } from './editions.js';
import { refused } from './findings.js';
import type { Helper } from './helper.js';
import { answerAggregate, rangeOf } from './kinds/aggregate.js';
import { answerByline } from './kinds/byline.js';
import { answerBoth } from './kinds/disagree.js';
import { answerList } from './kinds/list.js';
import { answerOfficeHolder, answerSentBy } from './kinds/office.js';
import { answerPeople } from './kinds/people.js';
import { answerMention, answerWhichPerson, answerWhoIs, asksTitle, titleOf } from './kinds/person.js';
import {
	answerSpan,
	type Guess,
	hasForm,
	hasTellingForm,
	isPhrase,
	leadTime,
	readGuesses,
	typedGuesses,
} from './kinds/spans.js';
import { answerStatement, speakerAsked } from './kinds/statement.js';
import { askedName, similarNames } from './kinds/stranger.js';
import { answerSummary } from './kinds/summary.js';
import { answerTable } from './kinds/table.js';
import { answerTwoFigures } from './kinds/two-figures.js';
import { namesNoOption } from './options.js';
import { proven, type SourceText } from './prove.js';
import { coverage, missingNames } from './relevance.js';
import { withTwins } from './twins.js';
import type { Answer, Finding, Query } from './types.js';
import { isTyped, understand } from './understand.js';

const SMALL_TALK =
	/^(?:你好|您好|嗨|hi|hello|谢谢|再见|拜拜|早上好|晚上好|在吗|你是谁|你叫什么|你会什么|讲个?笑话|唱首?歌|哈哈+|测试|test|(?:你|您)(?:们|这个?|个)?.{0,4}(?:机器人|程序|软件).{0,10})[？?！!。~～]*$/iu;
export const SUMMARY =
	/^(?:请)?(?:说说|讲讲|介绍(?:一下)?|概括|总结|简述|谈谈)|(?:说|讲)了(?:些)?什么[？?]?$|主要内容|怎么回事/u;

/** Answers questions over one generation of the index. */
export class Answerer {
	readonly #desk: Desk;
	readonly #source: SourceText;

	constructor(desk: Desk, source: SourceText) {
		this.#desk = desk;
		this.#source = source;
	}

	/** Answers one question; `last` is the turn before in the same conversation. An answer whose quotes do not hold becomes a refusal. */
	async answer(
		question: string,
		last: Turn | null = null,
		id: string | null = null,
		helper: Helper | null = null,
	): Promise<{ readonly answer: Answer; readonly turn: Turn }> {
		const started = performance.now();
		const { snapshot } = this.#desk;
		const asked = await simplified(question.trim());
		const named = await snapshot.peopleIn(asked);
		const { text, pinned, changed } = resolve(asked, last, named);
		const people = text === asked ? named : await snapshot.peopleIn(text);
		const { query, found } = await this.#typed(understand(text, people), pinned, helper);
		const cited = await withTwins(found, this.#desk);
		const plain = (await proven(cited, this.#source)) ? cited : refused(this.#desk, 'not_stated', null);
		const worded = await helper?.word(query, plain);
		const finding = worded && (await proven(worded, this.#source)) ? worded : plain;
		const answer: Answer = {
			id,
			question,
			status: finding.status,
			kind: query.kind,
			answer: finding.answer,
			items: finding.items,
			complete: finding.complete,
			citations: finding.citations,
			reason: finding.reason,
			understood: changed || asked !== question.trim() ? text : null,
			ms: Math.round(performance.now() - started),
			...(helper ? { llm: helper.use } : {}),
		};
		const articles: number[] = [];
		for (const { file, start } of finding.citations) {
			const article = await snapshot.articleAt(file, start);
			if (article && !articles.includes(article.number)) articles.push(article.number);
		}
		const choices =
			finding.status === 'unclear'
				? finding.items.map((item, n) => ({ label: item.text, article: articles[n] ?? 0 }))
				: [];
		const spoken = await snapshot.peopleIn([text, ...finding.items.slice(0, 1).map((item) => item.text)].join('\n'));
		return { answer, turn: remember(answer, articles, choices, spoken) };
	}

	/** The question as the rules read it, or, where they cannot type it and it is answered so, as the helper does. */
	async #typed(
		query: Query,
		pinned: readonly number[],
		helper: Helper | null,
	): Promise<{ readonly query: Query; readonly found: Finding }> {
		const found = await this.#chosen(query, pinned);
		// What was answered needs no other reading; what the issues do not hold stays so, however the question is read.
		if (!helper || found.reason !== 'not_stated' || isTyped(query.text)) return { query, found };
		const typed = await helper.understand(query);
		const other = typed ? await this.#chosen(typed, pinned) : null;
		return typed && other?.status === 'answered' ? { query: typed, found: other } : { query, found };
	}

	/** What was found; nothing, where the question leaves a choice and what was found is neither. */
	async #chosen(query: Query, pinned: readonly number[]): Promise<Finding> {
		const found = await this.#find(query, pinned);
		const [cited] = found.citations;
		if (found.status !== 'answered' || !cited || !namesNoOption(query, found.answer)) return found;
		return refused(this.#desk, 'not_stated', await this.#desk.snapshot.articleAt(cited.file, cited.start));
	}

	async #find(query: Query, pinned: readonly number[]): Promise<Finding> {
		const desk = this.#desk;
		if (desk.snapshot.counts.articles === 0)
			return { ...refused(desk, 'no_such_event', null), answer: desk.wording.say('nothing_indexed') };
		if (SMALL_TALK.test(query.text) || query.text.length < 2) return refused(desk, 'not_about_issues', null);
		const stranger = await this.#stranger(query);
		if (stranger) return stranger;
		if (query.kind === 'aggregate') return answerAggregate(query, desk);
		const asked = query.kind === 'person' ? titleOf(query) : null;
		const who =
			asked && ((await answerWhoIs(asked, desk)) ?? (asksTitle(query.text) ? null : await answerMention(asked, desk)));
		if (who) return who;
		const candidates =
			pinned.length > 0
				? (await desk.snapshot.articles(pinned)).map((article) => candidateOf(article, 1, 1))
				: await candidatesFor(query, desk);
		const best = candidates[0];
		if (!best) return refused(desk, 'not_about_issues', null);
		const table = answerTable(query, candidates, desk);
		if (table) return table;
		if (pinned.length === 0) {
			const wrong = this.#wrongEvent(query, best);
			if (wrong) return wrong;
			const unclear = this.#unclear(query, candidates);
			if (unclear) return unclear;
		}
		return this.#byKind(query, candidates, best);
	}

	/** A question about somebody whom no issue names. */
	async #stranger(query: Query): Promise<Finding | null> {
		if (query.persons.length > 0) return null;
		const name = askedName(query.text);
		if (!name || (await this.#desk.snapshot.articlesContaining(name)).length > 0) return null;
		const similar = await similarNames(name, this.#desk.snapshot);
		return refused(this.#desk, 'no_such_person', null, {
			name,
			...(similar.length > 0 ? { similar: similar.join('、') } : {}),
		});
	}

	/** The nearest article is about another event: it lacks a name that the question insists on, or nearly all of its words. */
	#wrongEvent(query: Query, best: Candidate): Finding | null {
		const year = /(?:19|20)\d{2}(?=年)/u.exec(query.text)?.[0];
		const dates = this.#desk.snapshot.issues().flatMap((issue) => issue.issueDate?.slice(0, 4) ?? []);
		if (year && dates.length > 0 && !dates.includes(year) && !best.article.source.includes(year)) {
			return refused(this.#desk, 'outside_dates', null, rangeOf(this.#desk, `${year}年`));
		}
		// A person whom the question names and the article holds says more than any share of words.
		const held = query.persons.some((name) => best.article.source.includes(name)) ? 1 : coverage(query, best.article);
		const missing = missingNames(query, best.article);
		if (held < this.#desk.thresholds.coverage)
			return refused(
				this.#desk,
				query.words.length === 0 || held === 0 ? 'not_about_issues' : 'no_such_event',
				held === 0 ? null : best.article,
			);
		if (isOtherEdition(query, best.article)) return refused(this.#desk, 'not_stated', best.article);
		if (missing.length > 0 && held < this.#desk.thresholds.coverageWithoutName)
			return refused(this.#desk, 'no_such_event', best.article);
		return null;
	}

	/** The article does not say it; where it holds little of the question, it is about something else altogether. */
	#unsaid(query: Query, { article }: Candidate): Finding {
		const other = query.persons.length === 0 && coverage(query, article) < this.#desk.thresholds.sameEvent;
		return refused(this.#desk, other ? 'no_such_event' : 'not_stated', article);
	}

	/** Several events fit equally: the question names only their kind (`座谈会谁参加了？`). */
	#unclear(query: Query, candidates: readonly Candidate[]): Finding | null {
		const named = query.topic.replace(/[参加出席主持的了在是有上都\s]/gu, '');
		if (named.length < 2 || named.length > 4 || query.persons.length > 0) return null;
		const fitting = candidates.filter((candidate) => candidate.article.headline.includes(named));
		if (fitting.length < 2) return null;
		const items = fitting.map(({ article }, n) => {
			const headline = mainHeadline(article);
			return {
				text: article.issueDate ? `${headline}（${article.issueDate}）` : headline,
				title: null,
				organisation: null,
				roles: [],
				citation: n,
			};
		});
		const words = { count: items.length, items: items.map((item, n) => `${n + 1}. ${item.text}`).join('；') };
		return {
			status: 'unclear',
			answer: this.#desk.wording.say('unclear_event', words),
			items,
			complete: true,
			citations: fitting.map(({ article }) => citeHeadline(article)),
			reason: null,
		};
	}

	async #byKind(query: Query, candidates: readonly Candidate[], best: Candidate): Promise<Finding> {
		const desk = this.#desk;
		const byline = answerByline(query, best, desk);
		if (byline) return byline;
		const lead = leadTime(query, best);
		if (lead) return answerSpan(query, lead, desk);
		if (query.kind === 'person' && asksTitle(query.text)) return this.#title(query, candidates.slice(0, 1), best);
		const holder =
			query.kind === 'person' ? (answerOfficeHolder(query, best, desk) ?? answerSentBy(query, best, desk)) : null;
		if (holder) return holder;
		const kept = candidates.filter(({ score }) => score >= desk.thresholds.secondArticle).slice(0, 2);
		const statement = await answerStatement(query, kept, desk);
		if (statement) return statement;
		// Who has said nothing is not told by telling what was reported.
		if ((query.kind === 'what' || query.kind === 'how') && SUMMARY.test(query.text) && !speakerAsked(query, best))
			return answerSummary(query, best, desk);
		if (query.kind === 'who' || query.kind === 'chair' || query.kind === 'speak') {
			const people = answerPeople(query, best, desk);
			if (people) return people;
			const guesses = await readGuesses(query, candidates.slice(0, 1), desk);
			return this.#person(query, candidates.slice(0, 1), guesses, best) ?? this.#unsaid(query, best);
		}
		const read = await readGuesses(query, kept, desk);
		const guesses = read.length > 0 ? read : typedGuesses(query, kept);
		const first = guesses[0];
		if (query.kind === 'person') return this.#person(query, kept, guesses, best) ?? this.#unsaid(query, best);
		if (!first || this.#unstated(first, query)) return this.#unsaid(query, best);
		if (query.kind === 'list') return answerList(query, first, guesses, desk);
		// What has not the form or the unit asked for is about something else.
		if (!hasForm(query, first)) return this.#unsaid(query, best);
		return (
			answerTwoFigures(query, guesses, desk) ??
			answerBoth(query, first, guesses, desk) ??
			answerSpan(query, first, desk)
		);
	}

	/** A title that the grammar did not find beside the name: read like any other phrase. */
	async #title(query: Query, candidates: readonly Candidate[], best: Candidate): Promise<Finding> {
		const [first] = await readGuesses(query, candidates, this.#desk);
		if (first && !this.#unstated(first) && isPhrase(first))
			return answerSpan({ ...query, kind: 'what' }, first, this.#desk);
		const name = titleOf(query);
		return (name && (await answerMention(name, this.#desk))) || this.#unsaid(query, best);
	}

	#person(query: Query, candidates: readonly Candidate[], guesses: readonly Guess[], best: Candidate): Finding | null {
		const first = guesses[0];
		if (first && this.#unstated(first)) return this.#unsaid(query, best);
		return answerWhichPerson(query, candidates, guesses, this.#desk);
	}

	#unstated(guess: Guess, query?: Query): boolean {
		const { typed, answerable, answerableByForm } = this.#desk.thresholds;
		if (guess.answerable === null) return guess.score < typed;
		if (guess.isAside) return true;
		return guess.answerable < (query && hasTellingForm(query, guess) ? answerableByForm : answerable);
	}
}
