import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { App } from '../../app.js';
import { UsageError } from '../../errors.js';
import type { Hit } from '../../store/types.js';
import type { CommandSpec } from '../command.js';
import { EXIT } from '../exit.js';
import { withApp } from '../session.js';
import { safe, type Terminal } from '../terminal.js';

const line = z.object({
	id: z.union([z.string(), z.number().transform(String)]).nullish(),
	query: z.string().trim().min(1).max(10_000),
});

export const searchCommand: CommandSpec = {
	usage: 'search [query...]',
	summary: '按相关程度列出段落；不给查询词时，从标准输入逐行读 JSON',
	options: [
		['--limit <n>', '最多几条（默认 10）'],
		['--explain', '显示各路得分'],
		['--json', '输出 JSON'],
	],
	async action(words, flags, terminal) {
		const limit = Number(flags['limit'] ?? 10);
		if (!Number.isInteger(limit) || limit < 1 || limit > 1000) throw new UsageError('--limit 应为 1 到 1000 的整数。');
		const query = words.join(' ').trim();
		return withApp(flags, terminal, async (app) => {
			if (!query) return batch(app, limit, terminal);
			const hits = await app.retriever.search(query, limit);
			if (flags['json'] === true) terminal.out(JSON.stringify(await Promise.all(hits.map((hit) => rowOf(app, hit)))));
			else if (hits.length === 0) terminal.out('没有找到。');
			else
				for (const [n, hit] of hits.entries())
					terminal.out(await shown(app, hit, n + 1, flags['explain'] === true, terminal));
			return EXIT.done;
		});
	},
};

async function rowOf(app: App, hit: Hit): Promise<object> {
	const { passage, score, scores } = hit;
	const { file } = await app.snapshot.article(passage.article);
	return {
		file,
		headline: passage.headline,
		text: passage.text,
		start: passage.start,
		end: passage.end,
		score,
		scores,
	};
}

async function shown(app: App, hit: Hit, n: number, explain: boolean, terminal: Terminal): Promise<string> {
	const { file } = await app.snapshot.article(hit.passage.article);
	const text = hit.passage.text.replace(/\s+/gu, ' ');
	const why = explain
		? ` ${terminal.colour.dim(`总 ${hit.score.toFixed(3)} = 关键词 ${hit.scores.keyword.toFixed(3)}，向量 ${hit.scores.vector.toFixed(3)}`)}`
		: '';
	return `${terminal.colour.cyan(`${n}.`)} 《${safe(hit.passage.headline)}》 ${terminal.colour.dim(`${safe(file)}:${hit.passage.start}-${hit.passage.end}`)}${why}\n   ${safe(text.length > 160 ? `${text.slice(0, 160)}……` : text)}`;
}

async function batch(app: App, limit: number, terminal: Terminal): Promise<number> {
	for await (const text of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
		if (text.trim() === '') continue;
		const parsed = line.safeParse(parseOrNull(text));
		if (!parsed.success) {
			terminal.out(JSON.stringify({ id: null, error: '这一行不是 {"id","query"} 格式的 JSON' }));
			continue;
		}
		const hits = await app.retriever.search(parsed.data.query, limit);
		const rows = await Promise.all(hits.map((hit) => rowOf(app, hit)));
		terminal.out(JSON.stringify({ id: parsed.data.id ?? null, hits: rows }));
	}
	return EXIT.done;
}

function parseOrNull(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}
