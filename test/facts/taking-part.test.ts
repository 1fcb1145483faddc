import { describe, expect, it } from 'vitest';
import { extractFacts } from '../../src/facts/extract.js';
import { joinPeople, type PeopleTags } from '../../src/facts/taking-part.js';
import { parseIssue } from '../../src/newspaper/parse.js';
import { bodyOf, readingOf } from '../../src/newspaper/reading.js';

/** Who takes part by the grammar and tags that say: these names surely, these hardly, of all else nothing. */
function joined(body: string, surely: readonly string[], hardly: readonly string[] = []) {
	const text = `## 云州区召开防汛会议\n\n${body}\n`;
	const article = parseIssue({ file: 'x.txt', text, issueDate: null }).articles[0];
	if (!article) throw new Error('no article');
	const reading = readingOf(article, text.slice(article.start, article.end));
	const whole = bodyOf(reading);
	const tags: PeopleTags = {
		names: surely.map((name) => {
			const start = whole.text.indexOf(name);
			return { start, end: start + name.length, score: 0.99 };
		}),
		likelihood: (start, end) => (hardly.includes(whole.text.slice(start, end)) ? 0.001 : 0.99),
	};
	const people = joinPeople(extractFacts(reading).people, whole, tags);
	const present = people.filter(({ roles }) => roles.includes('attend'));
	return {
		text,
		people,
		present,
		names: present.map(({ name }) => name),
	};
}

const MEETING = '3月11日，云州区召开防汛会议。区长郑海波主持，副区长黄大伟参加会议。';

describe('joinPeople', () => {
	it('takes in whom the grammar passed over, with the title in front, each offset true to the file', () => {
		const { text, names, present } = joined(`${MEETING}区防汛办主任水生介绍了汛情。`, ['水生']);
		expect(names).toEqual(['郑海波', '黄大伟', '水生']);
		const added = present[2];
		expect(added).toMatchObject({ organisation: null, title: '区防汛办主任' });
		expect(text.slice(added?.start, added?.end)).toBe('水生');
		expect(text.slice(added?.proof.start, added?.proof.end)).toBe('区防汛办主任水生介绍了汛情。');
	});

	it('takes in whom a list names among those who came, in its place', () => {
		const { names } = joined('3月11日，云州区召开防汛会议。区长郑海波、水生、副区长黄大伟参加会议。', ['水生']);
		expect(names).toEqual(['郑海波', '水生', '黄大伟']);
	});

	it('leaves out of whom the text only tells', () => {
		expect(joined(`${MEETING}当年水生带领乡亲筑堤。`, ['水生']).names).toEqual(['郑海波', '黄大伟']);
	});

	it('takes no part of a name that is known already', () => {
		expect(joined(MEETING, ['海波', '大伟参加']).names).toEqual(['郑海波', '黄大伟']);
	});

	it('takes part from a word that only looks like a name, and keeps who is no more than named', () => {
		const { names, people } = joined(MEETING, [], ['黄大伟']);
		expect(names).toEqual(['郑海波']);
		expect(people.map(({ name }) => name)).toContain('黄大伟');
	});

	it('keeps whom the tagger did not read', () => {
		const run = '郑海波黄大伟参加';
		const text = `## 云州区召开防汛会议\n\n${run}\n\n${MEETING}\n`;
		expect(text).toContain(run);
		expect(joined(`${run}\n\n${MEETING}`, []).names).toEqual(['郑海波', '黄大伟']);
	});
});
