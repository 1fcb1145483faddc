import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type Gold, parseGold } from '../../src/evaluation/gold.js';
import { judge } from '../../src/evaluation/score.js';
import { openReader } from '../../src/reading/open.js';
import { answererOver } from '../support/desk.js';

const root = new URL('../../', import.meta.url);
const issues = Object.fromEntries(
	readdirSync(new URL('seeds/', root))
		.filter((name) => name.endsWith('.txt'))
		.map((name) => [name, readFileSync(new URL(`seeds/${name}`, root), 'utf8')]),
);
const gold = parseGold(readFileSync(new URL('test/gold/seeds.jsonl', root), 'utf8')).filter(
	(question) => !question.refuse && !question.turns && question.kind !== 'aggregate',
);

/** The same issues with every occurrence of one string changed. */
function changed(from: string, to: string): Record<string, string> {
	return Object.fromEntries(Object.entries(issues).map(([file, text]) => [file, text.split(from).join(to)]));
}

const NEW_NAMES = ['宋佳宁', '程立群', '高云帆', '沈慕华', '蒋若愚', '梁思远', '许文澜', '何景行', '罗一鸣', '田晓禾'];
const PEOPLE = ['who', 'chair', 'speak', 'person'];

/** What an answer's item may be changed to: other names for a name, the last number of anything else made others. */
function othersFor(question: Gold, text: string): readonly string[] {
	if (PEOPLE.includes(question.kind)) return NAME.test(text) ? NEW_NAMES : [];
	const number = /\d+(?=\D*$)/u.exec(text);
	if (!number || text.length > 12) return [];
	return [1, 2, 3].map((more) => {
		// The last digit alone changes, so that a day of the month stays one.
		const last = Number(number[0].at(-1));
		const digit = number[0].length === 1 ? ((last + more - 1) % 9) + 1 : (last + more) % 10;
		const at = number.index + number[0].length - 1;
		return `${text.slice(0, at)}${digit}${text.slice(at + 1)}`;
	});
}

/** Whether the issues hold a string as it stands. */
function stated(words: string): boolean {
	return Object.values(issues).some((text) => text.includes(words));
}

const NAME = /^\p{Script=Han}{2,3}$/u;

describe('an answer follows what the issues say', () => {
	it('when a name or a number in them is changed everywhere', async () => {
		let mutations = 0;
		let followed = 0;
		const lost: string[] = [];
		const reader = await openReader(fileURLToPath(new URL('models', root)));
		const base = answererOver(issues, reader);
		for (const question of gold) {
			const { answer } = await base.answer(question.q);
			if (!judge(question, answer).right) continue;
			for (const item of answer.items) {
				// What the question itself says cannot be changed in the issues alone.
				if (question.q.includes(item.text) || !stated(item.text)) continue;
				for (const to of othersFor(question, item.text)) {
					if (stated(to)) continue;
					mutations++;
					const after = (await answererOver(changed(item.text, to), reader).answer(question.q)).answer;
					const texts = after.items.map((one) => one.text);
					expect(texts, `${question.q}: ${item.text} is gone from the issues`).not.toContain(item.text);
					if (texts.includes(to) || after.answer.includes(to)) followed++;
					else lost.push(`${question.q} ${item.text} → ${to}: ${after.answer}`);
				}
			}
		}
		expect(mutations).toBeGreaterThanOrEqual(500);
		expect(followed / mutations, lost.join('\n')).toBeGreaterThanOrEqual(0.97);
	}, 400_000);

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
