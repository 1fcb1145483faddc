import { describe, expect, it } from 'vitest';
import { candidateOf } from '../../../src/answering/desk.js';
import { answerStatement } from '../../../src/answering/kinds/statement.js';
import { understand } from '../../../src/answering/understand.js';
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

	it('stands in the second article where the first only names the person', async () => {
		expect(await said('吴立新强调了什么？', 0, 1)).toBe('副区长吴立新强调，要把实事办到群众心里去。');
	});

	it('is nothing where nobody is named, no words are asked for, or none are told', async () => {
		expect(await said('会上强调了什么？', 1)).toBeUndefined();
		expect(await said('吴立新参加了什么会议？', 1)).toBeUndefined();
		expect(await said('吴立新强调了什么？', 0)).toBeUndefined();
	});
});
