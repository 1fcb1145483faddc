import { describe, expect, it } from 'vitest';
import { answererOver } from '../../support/desk.js';

const BODY =
	'昨日，云州参访团来到东湖寺，寺院理事长林建安、副理事长周正平接待。参访团团长苏小满、何立新陪同，区长郑明远致辞。';
const asking = (name: string) =>
	answererOver(
		{ '2024-05-20.txt': `## 参访团来到东湖寺\n\n本报讯（记者 陈小雨）${BODY}\n` },
		{
			id: 'one name',
			read: async (_, text) => {
				const start = text.indexOf(name);
				return { answerable: 0.97, spans: [{ start, end: start + name.length, score: 9 }], pieces: [] };
			},
		},
	);

describe('who did something together with another', () => {
	it('is told with the other', async () => {
		const { answer } = await asking('林建安').answer('参访团在东湖寺是谁接待的？');
		expect(answer.items.map(({ text }) => text)).toEqual(['林建安', '周正平']);
	});

	it('is told alone where nobody else did', async () => {
		const { answer } = await asking('郑明远').answer('在东湖寺是谁致辞的？');
		expect(answer.answer).toContain('郑明远');
		expect(answer.answer).not.toContain('林建安');
	});
});
