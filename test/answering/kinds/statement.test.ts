import { describe, expect, it } from 'vitest';
import { candidateOf } from '../../../src/answering/desk.js';
import { answerStatement } from '../../../src/answering/kinds/statement.js';
import { understand } from '../../../src/answering/understand.js';
import type { Reader, Span } from '../../../src/reading/types.js';
import { deskOver } from '../../support/desk.js';

const article = (headline: string, body: string): string => `## ${headline}\n\n本报讯（记者 陈小雨）${body}\n`;
const desk = deskOver({
	'2024-05-20.txt': [
		article('云州区召开点评会', '昨日，云州区召开点评会，副区长吴立新参加。'),
		article('云州区召开座谈会', '昨日，云州区召开座谈会，区长周正平主持，副区长吴立新强调，要把实事办到群众心里去。'),
		article('云州区召开防汛会', '昨日,云州区召开防汛会,区长周正平主持,副区长吴立新强调,要抓好防汛。'),
	].join('\n'),
});
const people = new Set(['吴立新', '周正平']);

async function said(question: string, ...numbers: number[]): Promise<string | undefined> {
	const articles = await desk.snapshot.articles(numbers);
	const candidates = articles.map((one) => candidateOf(one, 1, 1));
	return (await answerStatement(understand(question, people), candidates, desk))?.answer;
}

describe('what somebody said', () => {
	it.each(['吴立新强调了什么？', '吴立新在会上说了什么？', '吴立新怎么看？'])('%s', async (question) => {
		expect(await said(question, 1)).toBe('副区长吴立新强调，要把实事办到群众心里去。');
	});

	it('begins at the clause in issues that print half-width commas too', async () => {
		expect(await said('吴立新强调了什么？', 2)).toBe('副区长吴立新强调,要抓好防汛。');
	});

	it('is found where the speaker is named by office', async () => {
		const over = deskOver({
			'2024-05-22.txt': article(
				'云州区与河港集团座谈',
				'昨日，云州区与河港集团座谈，河港集团董事长吴立新，区长周正平参加。吴立新表示，河港看好云州。',
			),
		});
		const [one] = await over.snapshot.articles([0]);
		const ask = async (question: string): Promise<string | undefined> =>
			one && (await answerStatement(understand(question, new Set()), [candidateOf(one, 1, 1)], over))?.answer;
		expect(await ask('河港集团董事长怎么看？')).toBe('吴立新表示，河港看好云州。');
		expect(await ask('河湾集团总经理怎么看？')).toBeUndefined();
	});

	it('stands in the second article where the first only names the person', async () => {
		expect(await said('吴立新强调了什么？', 0, 1)).toBe('副区长吴立新强调，要把实事办到群众心里去。');
	});

	it('gives a view from its beginning where a reader marks what follows from it, and a demand from where it is marked', async () => {
		const talk = '副区长吴立新表示，云州十分看重河港的合作。今后要多修码头，为河港的货运添一份力。';
		const text = article('云州区与河港集团座谈', `昨日，云州区与河港集团座谈。${talk}`);
		const marks = (page: string, part: string): Span => {
			const start = page.indexOf(part);
			return { start, end: start + part.length, score: 9 };
		};
		const reader: Reader = {
			id: 'marks the last clause',
			read: async (_, page) => ({ answerable: 0.9, spans: [marks(page, '为河港的货运添一份力')], pieces: [] }),
		};
		const over = deskOver({ '2024-05-21.txt': text }, reader);
		const ask = async (question: string): Promise<string | undefined> => {
			const [one] = await over.snapshot.articles([0]);
			return one && (await answerStatement(understand(question, people), [candidateOf(one, 1, 1)], over))?.answer;
		};
		expect(await ask('吴立新对河港有什么评价？')).toBe('副区长吴立新表示，云州十分看重河港的合作。');
		expect(await ask('吴立新对货运提出了什么要求？')).toBe('为河港的货运添一份力。');
	});

	it('is nothing where nobody is named, no words are asked for, or none are told', async () => {
		expect(await said('会上强调了什么？', 1)).toBeUndefined();
		expect(await said('吴立新参加了什么会议？', 1)).toBeUndefined();
		expect(await said('吴立新强调了什么？', 0)).toBeUndefined();
	});
});
