import { z } from 'zod';
import { LlmError } from '../errors.js';
import { bytesOf } from '../http/bytes.js';
import { EventReader } from './sse.js';

const usage = z.object({ total_tokens: z.number().int().nonnegative() }).nullish();
const chunk = z.object({
	choices: z
		.array(
			z.object({
				delta: z.object({ content: z.string().nullish() }).nullish(),
				message: z.object({ content: z.string().nullish() }).nullish(),
				finish_reason: z.string().nullish(),
			}),
		)
		.default([]),
	usage,
	error: z.unknown().optional(),
});
const models = z.object({ data: z.array(z.object({ id: z.string().min(1) })).min(1) });

/** Characters of a reply that are read; a server that never stops is cut off. */
const LONGEST = 200_000;

/** What a server sent in answer to a request for a completion. */
export interface Completion {
	readonly text: string;
	readonly tokens: number | null;
}

/** The address of the chat endpoint, and that of the list of models, from what the user set. */
export function endpointsOf(url: string): { readonly chat: string; readonly models: string } {
	const whole = new URL(url);
	const path = whole.pathname.replace(/\/+$/u, '').replace(/\/chat\/completions$/u, '');
	const at = (tail: string): string => {
		const end = new URL(whole);
		end.pathname = `${path === '' ? '/v1' : path}${tail}`;
		return end.href;
	};
	return { chat: at('/chat/completions'), models: at('/models') };
}

/** Reads a completion, streamed or whole. `onText` gets what has come so far; `onMore` is called whenever bytes come. */
export async function readCompletion(
	response: Response,
	signal: AbortSignal,
	onText: (soFar: string) => void,
	onMore: () => void,
): Promise<Completion> {
	const isStream = /event-stream/iu.test(response.headers.get('content-type') ?? '');
	let text = '';
	let tokens: number | null = null;
	let isDone = false;
	const take = (data: string): void => {
		if (data.trim() === '[DONE]') {
			isDone = true;
			return;
		}
		const parsed = chunk.safeParse(jsonOrNull(data));
		if (!parsed.success || parsed.data.error !== undefined)
			throw new LlmError('语言模型的服务器没有按格式回答。', 'malformed');
		const [choice] = parsed.data.choices;
		const more = choice?.delta?.content ?? choice?.message?.content ?? '';
		tokens = parsed.data.usage?.total_tokens ?? tokens;
		if (choice?.finish_reason) isDone = true;
		if (more === '') return;
		text += more;
		onText(text);
	};
	const events = new EventReader();
	let whole = '';
	for await (const piece of textOf(bytesOf(response, signal), onMore)) {
		if (isStream) for (const data of events.feed(piece)) take(data);
		else whole += piece;
		if (text.length + whole.length > LONGEST) throw new LlmError('语言模型的回答长得不合情理。', 'malformed');
	}
	if (isStream) for (const data of events.end()) take(data);
	else {
		take(whole);
		isDone = true;
	}
	if (!isDone) throw new LlmError('语言模型的回答中途断了。', 'cut_off');
	return { text, tokens };
}

async function* textOf(body: AsyncIterable<Uint8Array>, onMore = (): void => {}): AsyncGenerator<string> {
	const decoder = new TextDecoder();
	for await (const bytes of body) {
		onMore();
		yield decoder.decode(bytes, { stream: true });
	}
	yield decoder.decode();
}

/** The first model of a server's list; null where the answer is no list. */
export async function readFirstModel(response: Response, signal: AbortSignal): Promise<string | null> {
	let list = '';
	for await (const piece of textOf(bytesOf(response, signal))) list += piece;
	return models.safeParse(jsonOrNull(list)).data?.data[0]?.id ?? null;
}

function jsonOrNull(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}
