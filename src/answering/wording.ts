import { UsageError } from '../errors.js';

const KEYS = [
	'who',
	'who_open',
	'who_one',
	'chair',
	'speak',
	'person',
	'person_plain',
	'span',
	'when_dated',
	'disagree',
	'list',
	'list_open',
	'why',
	'table_cell',
	'table_rank',
	'table_compare',
	'table_count',
	'table_sum',
	'table_doubt',
	'aggregate_events',
	'aggregate_chaired',
	'aggregate_articles',
	'aggregate_meetings',
	'aggregate_contents',
	'aggregate_most',
	'reckoned',
	'unclear_event',
	'no_such_event',
	'no_such_event_bare',
	'no_such_person',
	'no_such_person_similar',
	'not_stated',
	'outside_dates',
	'not_about_issues',
	'nothing_indexed',
] as const;

export type WordingKey = (typeof KEYS)[number];

/** The sentences of prompts/answers.md, filled in. */
export interface Wording {
	say(key: WordingKey, words?: Readonly<Record<string, string | number>>): string;
}

/** Reads the wordings; a missing sentence ends with a UsageError that names it. */
export function parseWording(markdown: string): Wording {
	return { say: parseSentences(markdown, KEYS, 'answers.md') };
}

/**
 * Reads a wording file: `## ` and a key, the sentence below it, words to fill in between braces. Gives the function that
 * fills them in. A key without a sentence ends with a UsageError that names it and the file.
 */
export function parseSentences<Key extends string>(
	markdown: string,
	keys: readonly Key[],
	file: string,
): (key: Key, words?: Readonly<Record<string, string | number>>) => string {
	const sentences = new Map<string, string>();
	for (const part of markdown.split(/^## /mu).slice(1)) {
		const [key = '', ...rest] = part.split('\n');
		sentences.set(key.trim(), rest.join('\n').trim());
	}
	const missing = keys.filter((key) => !sentences.get(key));
	if (missing.length > 0)
		throw new UsageError(`措辞文件 ${file} 缺少：${missing.join('、')}。请补上，或换回原来的文件。`);
	return (key, words = {}) =>
		(sentences.get(key) ?? '').replace(/\{(\w+)\}/gu, (_, name: string) => String(words[name] ?? ''));
}
