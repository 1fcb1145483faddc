import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseIssue } from '../../src/newspaper/parse.js';

const SHARED = new URL('../../../shared/', import.meta.url);
const there = existsSync(SHARED);
const why = there ? '' : ' (skipped: no folder ../shared beside the repository)';

const bare = (text: string): string => text.replace(/[\s#]/gu, '');

function records<T>(path: string): T[] {
	const lines = readFileSync(new URL(path, SHARED), 'utf8').trim().split('\n');
	return lines.map((line) => JSON.parse(line) as T);
}

function parsed(folder: string, file: string) {
	const text = readFileSync(new URL(`${folder}/${file}`, SHARED), 'utf8');
	return { text, ...parseIssue({ file, text, issueDate: null }) };
}

describe(`issues of the shared folder${why}`, () => {
	it.skipIf(!there)('finds every article of the real issues under its own headline', () => {
		const gold = records<{ file: string; headline: string; has: string[] }>('gold/articles.jsonl');
		const missed = gold.filter(({ file, headline, has }) => {
			const { text, articles } = parsed('issues', file);
			const mine = articles.filter((article) => bare(article.headline).includes(bare(headline)));
			const [article] = mine;
			if (!article || mine.length > 1) return true;
			const inside = bare(text.slice(article.start, article.end));
			const others = gold.filter((other) => other.file === file && other.headline !== headline);
			const alone = !others.some((other) => bare(article.headline).includes(bare(other.headline)));
			return !(alone && has.every((piece) => inside.includes(bare(piece))));
		});
		console.log(`real issues: ${gold.length - missed.length} of ${gold.length} articles with their own headline`);
		expect(missed).toEqual([]);
	});

	it.skipIf(!there)('opens an article at the headlines of the made-up issues, people inside, no neighbour', () => {
		const gold = records<{ source: string; issue: string; people: { name: string }[] }>('district/people.jsonl');
		const missed = gold.filter(({ source, issue, people }) => {
			const { text, articles } = parsed('district/issues', issue);
			const article = articles.find(({ headline }) => {
				const [a, b] = [bare(headline), bare(source)];
				return a !== '' && (a.includes(b) || b.includes(a));
			});
			if (!article) return true;
			const inside = text.slice(article.start, article.end);
			const lines = new Set(inside.split('\n').map(bare));
			const swallows = gold.some(
				(other) => other.issue === issue && other.source !== source && lines.has(bare(other.source)),
			);
			return swallows || !people.every(({ name }) => bare(inside).includes(bare(name)));
		});
		const found = gold.length - missed.length;
		console.log(`made-up issues: ${found} of ${gold.length} headlines open an article of their own`);
		for (const { source } of missed) console.log(`  missed: ${source}`);
		expect(found / gold.length).toBeGreaterThanOrEqual(0.97);
	});
});
