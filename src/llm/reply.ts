import { z } from 'zod';

/** A sentence as a model says it, unproven. */
export const saidSentence = z.object({
	text: z.string().min(2).max(400),
	passage: z.number().int().min(1).max(1000),
	quote: z.string().min(2).max(1500),
});
export type SaidSentence = z.infer<typeof saidSentence>;

/** What a model must reply with when it words something. */
export const sentencesReply = z.object({ sentences: z.array(saidSentence).max(20) });

/** What a model must reply with when it types a question. */
export const queryReply = z.object({
	kind: z.enum([
		'who',
		'chair',
		'speak',
		'person',
		'when',
		'where',
		'howmany',
		'what',
		'list',
		'aggregate',
		'why',
		'how',
	]),
	role: z.enum(['attend', 'chair', 'speak', 'sign', 'accompany']).nullable(),
	leadersOnly: z.boolean(),
	plural: z.boolean(),
	topic: z.string().max(200),
});

/** The part of a reply behind a model's thinking aloud. */
function spoken(text: string): string {
	const thought = text.lastIndexOf('</think>');
	if (thought >= 0) return text.slice(thought + 8);
	return /^\s*<think>/u.test(text) ? '' : text;
}

/** The first whole JSON object of a reply, whatever stands around it; null where there is none. */
export function objectIn(reply: string): unknown {
	const text = spoken(reply);
	const start = text.indexOf('{');
	const end = start < 0 ? null : endOfValue(text, start);
	return end === null ? null : jsonOrNull(text.slice(start, end));
}

/** The sentences that are whole in a reply so far; what is no sentence counts as `malformed`. */
export function sentencesIn(reply: string): {
	readonly sentences: readonly SaidSentence[];
	readonly malformed: number;
} {
	const text = spoken(reply);
	const open = /"sentences"\s*:\s*\[/u.exec(text);
	const sentences: SaidSentence[] = [];
	let malformed = 0;
	if (!open) return { sentences, malformed: text.trim() === '' ? 0 : 1 };
	let at = open.index + open[0].length;
	for (;;) {
		at = skip(text, at);
		if (text[at] !== '{') break;
		const end = endOfValue(text, at);
		if (end === null) break;
		const parsed = saidSentence.safeParse(jsonOrNull(text.slice(at, end)));
		if (parsed.success) sentences.push(parsed.data);
		else malformed++;
		at = end;
	}
	return { sentences: sentences.slice(0, 20), malformed };
}

function skip(text: string, at: number): number {
	let next = at;
	while (/[\s,]/u.test(text[next] ?? '')) next++;
	return next;
}

/** Where the JSON object that begins at `start` ends; null while it is not whole. */
function endOfValue(text: string, start: number): number | null {
	let depth = 0;
	let isString = false;
	for (let i = start; i < text.length; i++) {
		const char = text[i];
		if (isString) {
			if (char === '\\') i++;
			else if (char === '"') isString = false;
		} else if (char === '"') isString = true;
		else if (char === '{' || char === '[') depth++;
		else if ((char === '}' || char === ']') && --depth === 0) return i + 1;
	}
	return null;
}

function jsonOrNull(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}
