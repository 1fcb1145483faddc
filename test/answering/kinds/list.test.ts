import { describe, expect, it } from 'vitest';
import { candidateOf } from '../../../src/answering/desk.js';
import { answerList } from '../../../src/answering/kinds/list.js';
import type { Guess } from '../../../src/answering/kinds/spans.js';
import { understand } from '../../../src/answering/understand.js';
import { deskOver } from '../../support/desk.js';

describe('a list', () => {
	it('of clauses of one length is given as it is printed, a member each', async () => {
		const desk = deskOver({
			'2024-05-22.txt': '## 云州倡导家风\n\n本报讯 云州区提出“尊老爱幼，邻里和睦，清洁家园”的十二字家风。\n',
		});
		const [article] = await desk.snapshot.articles([0]);
		if (!article) throw new TypeError('no article');
		const candidate = candidateOf(article, 1, 1);
		const start = candidate.body.text.indexOf('尊老');
		// The reader lost the first character of one member.
		const guess: Guess = {
			candidate,
			start,
			end: start + 14,
			score: 9,
			answerable: 0.9,
			pieces: [
				{ start, end: start + 4, score: 5 },
				{ start: start + 6, end: start + 14, score: 5 },
			],
			isAside: false,
		};
		const found = answerList(understand('云州的家风是哪十二个字？', new Set()), guess, [guess], desk);
		expect(found.answer).toBe('尊老爱幼，邻里和睦，清洁家园');
		expect(found.items.map(({ text }) => text)).toEqual(['尊老爱幼', '邻里和睦', '清洁家园']);
	});
});
