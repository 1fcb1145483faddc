import type { Turn } from '../../../src/answering/conversation.js';
import type { Answer } from '../../../src/answering/types.js';
import type { App, AskOptions } from '../../../src/app.js';
import { readSettings } from '../../../src/config.js';
import type { PersonFact } from '../../../src/facts/types.js';
import { checkIndex } from '../../../src/indexing/check.js';
import { EmbeddedStore } from '../../../src/store/embedded-store.js';
import type { Store } from '../../../src/store/store.js';
import type { StoredArticle } from '../../../src/store/types.js';

/** An issue of the fake paper: headline and text of each article. */
export interface FakeIssue {
	readonly file: string;
	readonly date: string;
	readonly articles: readonly {
		readonly headline: string;
		readonly text: string;
		readonly people?: readonly string[];
	}[];
}

export const ISSUES: readonly FakeIssue[] = [
	{
		file: '2024-09-28.txt',
		date: '2024-09-28',
		articles: [
			{
				headline: '全区召开运河保护座谈会',
				text: '本报讯 9月27日，全区召开运河保护座谈会。区长张三出席并讲话。李四主持会议。会议要求，加快推进运河生态修复。',
				people: ['张三', '李四'],
			},
			{
				headline: '第二小学迎来新同学',
				text: '本报讯 第二小学昨天迎来三百名新同学。校长王五在门口迎接。',
				people: ['王五'],
			},
		],
	},
	{
		file: '2024-09-29.txt',
		date: '2024-09-29',
		articles: [
			{
				headline: '图书馆周末延长开放',
				text: '本报讯 区图书馆从本周起周末延长开放到二十二点。馆长赵六说，读者很多。',
				people: ['赵六'],
			},
		],
	},
];

/** A store of fake issues. */
export function fakeStore(issues: readonly FakeIssue[]): Store {
	const articles: StoredArticle[] = [];
	for (const issue of issues) {
		let start = 0;
		for (const { headline, text, people = [] } of issue.articles) {
			const source = `${headline}\n${text}\n`;
			const facts = people.map((name): PersonFact => {
				const at = start + source.indexOf(name);
				const proof = { start: at, end: at + name.length };
				return { name, title: '区长', organisation: null, roles: ['attend'], ...proof, proof };
			});
			articles.push({
				...{ number: articles.length, file: issue.file, issueDate: issue.date, headline, source, start },
				end: start + source.length,
				headlineRange: { start, end: start + headline.length },
				parts: [],
				facts: { people: facts, listIsOpen: false, tables: [] },
			});
			start += source.length;
		}
	}
	const found = (number: number): StoredArticle => {
		const article = articles[number];
		if (!article) throw new Error(`no article ${number}`);
		return article;
	};
	const naming = (person: string): number[] =>
		articles.filter((one) => one.facts.people.some((fact) => fact.name === person)).map((one) => one.number);
	return new EmbeddedStore({
		generation: 1,
		counts: { issues: issues.length, articles: articles.length, passages: articles.length },
		newestDate:
			issues
				.map((issue) => issue.date)
				.sort()
				.at(-1) ?? null,
		headlines: () => articles,
		article: found,
		passage: () => {
			throw new Error('no passages');
		},
		passagesOf: () => [],
		articlesNaming: naming,
		people: () => [...new Set(articles.flatMap((one) => one.facts.people.map((fact) => fact.name)))].sort(),
		articlesContaining: (text) => articles.filter((one) => one.source.includes(text)).map((one) => one.number),
		close: () => {},
	});
}

const NO_TURN: Turn = { question: '', articles: [], person: null, items: [], choices: [] };

/** An answer with what the contract asks for, the rest filled in. */
export function answerOf(question: string, given: Partial<Answer>): Answer {
	return {
		...{ id: null, question, status: 'answered', kind: 'who', answer: '', items: [], complete: true },
		...{ citations: [], reason: null, understood: null, ms: 1 },
		...given,
	};
}

type Ask = (question: string, last: Turn | null, snapshot: Store, options?: AskOptions) => Promise<Answer> | Answer;

/** A fake app, whose issues can be changed under it. */
export interface FakeApp extends App {
	asked: { question: string; last: Turn | null }[];
	issues: readonly FakeIssue[];
	answers: Ask;
}

/** Answers by the first article that holds a word of the question; 座谈会？ alone is unclear. */
export const quoting: Ask = async (question, _last, snapshot) => {
	if (question === '哪个会？') {
		const items = (await snapshot.articles([0, 1])).map(({ headline }, n) => ({
			...{ text: headline, title: null, organisation: null, roles: [], citation: n },
		}));
		return answerOf(question, {
			status: 'unclear',
			answer: '有2件事都对得上，请选一件。',
			items,
			citations: await cite(snapshot, [0, 1]),
		});
	}
	if (question.includes('火星'))
		return answerOf(question, { status: 'not_found', reason: 'no_such_event', answer: '报上没有这件事的报道。' });
	return answerOf(question, { answer: '参加的有张三、李四，共2人。', citations: await cite(snapshot, [0]) });
};

async function cite(snapshot: Store, numbers: readonly number[]): Promise<Answer['citations']> {
	return (await snapshot.articles(numbers)).map(({ file, issueDate, headline, source, start }) => {
		const at = source.indexOf('本报讯');
		const quote = source.slice(at, source.indexOf('。', at) + 1);
		return { file, issueDate, headline, quote, start: start + at, end: start + at + quote.length };
	});
}

export function fakeApp(issues: readonly FakeIssue[] = ISSUES, answers: Ask = quoting): FakeApp {
	let snapshot = fakeStore(issues);
	const app: FakeApp = {
		settings: readSettings({}, {}),
		issues,
		answers,
		asked: [],
		get snapshot() {
			return snapshot;
		},
		retriever: {
			search: async () => [],
			searchArticles: async (query, limit) =>
				(await snapshot.headings(snapshot.issues()))
					.filter(({ headline }) => [...query].some((char) => headline.includes(char)))
					.slice(0, limit)
					.map(({ number }) => ({ article: number, score: 1, hits: [] })),
		},
		async ask(question, last = null, _id = null, options = {}) {
			app.asked.push({ question, last });
			const answer = await app.answers(question, last, snapshot, options);
			const choices =
				answer.status === 'unclear' ? answer.items.map((item, n) => ({ label: item.text, article: n })) : [];
			return { answer, turn: { ...NO_TURN, question, articles: [0], choices } };
		},
		async refresh() {
			const known = new Set(snapshot.issues().map((row) => row.file));
			snapshot = fakeStore(app.issues);
			const added = app.issues.map((issue) => issue.file).filter((file) => !known.has(file));
			return {
				issues: { added, changed: [], removed: [], unchanged: app.issues.length - added.length },
				...{
					skipped: [],
					articles: snapshot.counts.articles,
					chunks: 0,
					embedded: 0,
					reused: 0,
					model: null,
					seconds: 0,
				},
			};
		},
		check: () => checkIndex(app.settings),
		close: () => {},
	};
	return app;
}
