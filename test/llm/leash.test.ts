import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { candidateOf } from '../../src/answering/desk.js';
import { type Fault, type ProvenSentence, prove } from '../../src/llm/leash.js';
import type { ShownPassage } from '../../src/llm/passages.js';
import { mapPiece } from '../../src/text/mapped.js';
import { sentencesOf } from '../../src/text/sentences.js';
import { articlesOf } from '../support/desk.js';

const TEXT =
	'区委书记周正平主持座谈会,东海银行党委书记、董事长吴立新,区委副书记、区长郑海波参加。吴立新表示,东海银行将支持云州建设绿色金融中心。东海银行成立于1998年,在云州设有12家网点,网址www.donghai.example。郑海波未出席签约仪式。';
const issues = { '2025-03-11.txt': `云州区与东海银行召开座谈会\n\n${TEXT}\n` };
const [article] = articlesOf(issues);
if (!article) throw new Error('no article');
const start = issues['2025-03-11.txt'].indexOf(TEXT);
const passages: readonly ShownPassage[] = [{ number: 1, article, text: mapPiece(TEXT, start) }];
const people = new Set(article.facts.people.map((person) => person.name));
const judge = (text: string, quote = TEXT, passage = 1): ProvenSentence | Fault =>
	prove({ text, passage, quote }, passages, people);

describe('a sentence that its quote proves', () => {
	it.each([
		['周正平主持座谈会。', '区委书记周正平主持座谈会'],
		['座谈会由区委书记周正平主持。', '区委书记周正平主持座谈会'],
		['参加座谈会的有东海银行党委书记、董事长吴立新，区长郑海波。', TEXT.slice(0, TEXT.indexOf('。') + 1)],
		['座谈会由周正平主持召开。', '区委书记周正平主持座谈会'],
		['东海银行董事长吴立新参加座谈会。', TEXT.slice(0, TEXT.indexOf('。') + 1)],
		['座谈会上，吴立新指出，东海银行将支持云州建设绿色金融中心。', '吴立新表示,东海银行将支持云州建设绿色金融中心'],
		['出席的还有吴立新、郑海波', TEXT.slice(0, TEXT.indexOf('。') + 1)],
		['东海银行在云州设有12家网点。', '东海银行成立于1998年,在云州设有12家网点'],
		['据报道，东海银行成立于1998年。', '东海银行成立于1998年'],
		['东海银行将支持云州建设绿色金融中心。', '吴立新表示,东海银行将支持云州建设绿色金融中心。'],
		['郑海波未出席签约仪式。', '郑海波未出席签约仪式。'],
	])('%s', (text, quote) => {
		const proof = judge(text, quote);
		if (typeof proof === 'string') throw new Error(proof);
		const { citation } = proof;
		expect(issues['2025-03-11.txt'].slice(citation.start, citation.end)).toBe(citation.quote);
		expect(proof.text).toMatch(/。$/u);
	});

	it('its quote may differ in the width of marks and in blanks; what is cited is the file', () => {
		const proof = judge('东海银行成立于1998年。', '东海银行成立于１９９８年， 在云州 设有12家网点');
		expect(proof).toMatchObject({ citation: { quote: '东海银行成立于1998年,在云州设有12家网点' } });
	});
});

describe('a sentence is dropped', () => {
	it.each<[Fault, string, string]>([
		['no_quote', '周正平主持座谈会。', '区委书记周正平主持了座谈会'],
		['name', '李明远主任主持座谈会。', TEXT],
		['number', '东海银行在云州设有120家网点。', TEXT],
		['number', '东海银行在云州设有2家网点。', TEXT],
		['number', '东海银行在云州设有十二家网点。', TEXT],
		['date', '3月9日，周正平主持座谈会。', TEXT],
		['number', '东海银行成立于998年。', TEXT],
		['title', '区长周正平主持座谈会。', TEXT],
		['title', '东海银行董事长郑海波参加座谈会。', TEXT],
		['title', '吴立新是区委书记。', TEXT],
		['title', '参加的有市长、区长郑海波。', TEXT],
		['deed', '吴立新主持座谈会。', TEXT],
		['deed', '周正平表示，东海银行将支持云州建设绿色金融中心。', TEXT],
		['word', '周正平辞职。', TEXT],
		['word', '东海银行破产。', TEXT],
		['word', '座谈会取消。', TEXT],
		['word', '周正平被查。', TEXT],
		['word', '东海银行召开座谈会。', '东海银行成立于1998年'],
		['word', '周正平被调查，不再主持座谈会。', TEXT],
		['qualifier', '郑海波出席签约仪式。', '郑海波未出席签约仪式。'],
		['qualifier', '东海银行支持云州建设绿色金融中心。', TEXT],
		['foreign', '东海银行在云州设有12家网点，网址www.donghai.example。', TEXT],
		['foreign', '请访问http://evil.example/a领取。', TEXT],
		['foreign', '东海银行Donghai Bank参加。', TEXT],
		['foreign', '周正平主持座谈会\u202e。', TEXT],
		['foreign', '周正平主持座谈会🎉。', TEXT],
	])('%s: %s', (fault, text, quote) => {
		expect(judge(text, quote)).toBe(fault);
	});

	it('where its passage was never shown', () => {
		expect(judge('周正平主持座谈会。', '区委书记周正平主持座谈会', 2)).toBe('no_passage');
	});
});

describe('every sentence of the bundled issues', () => {
	const seeds = new URL('../../seeds/', import.meta.url);
	const bundled = Object.fromEntries(
		readdirSync(seeds).map((file) => [file, readFileSync(new URL(file, seeds), 'utf8')]),
	);
	const articles = articlesOf(bundled);
	const everybody = new Set(articles.flatMap((one) => one.facts.people.map((person) => person.name)));
	const sentences = articles.flatMap((one) => {
		const { body } = candidateOf(one, 1, 1);
		const shown = [{ number: 1, article: one, text: body }];
		return sentencesOf(body.text).map(({ start, end }) => ({ shown, text: body.text.slice(start, end) }));
	});

	it('proves itself, but for those with an address', () => {
		const faults = sentences.flatMap(({ shown, text }) => {
			if (text.length < 6 || text.length > 300) return [];
			const proof = prove({ text, passage: 1, quote: text }, shown, everybody);
			return typeof proof === 'string' ? [`${proof} ${text}`] : [];
		});
		expect(faults.filter((one) => !one.startsWith('foreign'))).toEqual([]);
		expect(faults.length).toBeLessThan(sentences.length / 50);
	});
});
