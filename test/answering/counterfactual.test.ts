import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseGold } from '../../src/evaluation/gold.js';
import { judge } from '../../src/evaluation/score.js';
import { answererOver } from '../support/desk.js';

const root = new URL('../../', import.meta.url);
const issues = Object.fromEntries(
	readdirSync(new URL('seeds/', root))
		.filter((name) => name.endsWith('.txt'))
		.map((name) => [name, readFileSync(new URL(`seeds/${name}`, root), 'utf8')]),
);
const gold = parseGold(readFileSync(new URL('test/gold/seeds.jsonl', root), 'utf8')).filter(
	(question) => !question.refuse && !question.turns && ['who', 'chair', 'speak', 'table'].includes(question.kind),
);

/** The same issues with every occurrence of one string changed. */
function changed(from: string, to: string): Record<string, string> {
	return Object.fromEntries(Object.entries(issues).map(([file, text]) => [file, text.split(from).join(to)]));
}

const NEW_NAMES = ['宋佳宁', '程立群', '高云帆', '沈慕华', '蒋若愚', '梁思远'];

describe('an answer follows what the issues say', () => {
	it('when a name or a number in them is changed everywhere', async () => {
		let mutations = 0;
		let followed = 0;
		const base = answererOver(issues);
		for (const [n, question] of gold.entries()) {
			const { answer } = await base.answer(question.q);
			if (!judge(question, answer).right) continue;
			for (const [k, item] of answer.items.slice(0, 4).entries()) {
				const to =
					question.kind === 'table' && /^[\d.]+$/u.test(item.text)
						? `${Number.parseFloat(item.text) + 0.37}`
						: (NEW_NAMES[(n + k) % NEW_NAMES.length] ?? '');
				if (question.kind === 'table' && !/^[\d.]+$/u.test(item.text)) continue;
				// A number may stand elsewhere in the question's own row; names stand for one person only.
				if (question.q.includes(item.text)) continue;
				mutations++;
				const after = (await answererOver(changed(item.text, to)).answer(question.q)).answer;
				const texts = after.items.map((one) => one.text);
				expect(texts, `${question.q}: ${item.text} is gone from the issues`).not.toContain(item.text);
				if (texts.includes(to) || after.answer.includes(to)) followed++;
			}
		}
		expect(mutations).toBeGreaterThan(30);
		expect(followed / mutations).toBeGreaterThanOrEqual(0.97);
	});

	it('when the cited article is taken away', async () => {
		for (const question of gold.filter((one) => one.kind === 'who' || one.kind === 'chair')) {
			const { answer } = await answererOver(issues).answer(question.q);
			const [citation] = answer.citations;
			if (answer.status !== 'answered' || !citation) continue;
			const text = issues[citation.file] ?? '';
			const without = {
				...issues,
				[citation.file]: text.slice(0, Math.max(0, citation.start - 900)) + text.slice(citation.end + 900),
			};
			const after = (await answererOver(without).answer(question.q)).answer;
			for (const { quote } of after.citations) expect(quote).not.toBe(citation.quote);
		}
	});
});
