import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a model was asked, as its server sees it. */
export interface Asked {
	readonly headers: IncomingHttpHeaders;
	readonly body: {
		readonly model: string;
		readonly messages: readonly { readonly role: string; readonly content: string }[];
		readonly max_tokens: number;
		readonly response_format?: { readonly json_schema: { readonly name: string; readonly schema: object } };
	};
	/** All that was said to it. */
	readonly said: string;
	readonly question: string;
	readonly draft: string;
	/** Passages without the line of their headline. */
	readonly passages: readonly { readonly number: number; readonly headline: string; readonly text: string }[];
}

/** What the server does with a request. */
export type Deed =
	| { readonly kind: 'reply'; readonly text: string; readonly pieces?: number; readonly everyMs?: number }
	/** Sends a part of the reply and cuts the connection. */
	| { readonly kind: 'cut'; readonly text: string }
	/** Takes the request and says nothing, or only this much. */
	| { readonly kind: 'hang'; readonly text?: string }
	| { readonly kind: 'status'; readonly status: number; readonly headers?: Readonly<Record<string, string>> }
	/** The whole body, as it is. */
	| { readonly kind: 'raw'; readonly type: string; readonly body: string };

/** Decides what is done with a request. */
export type Script = (asked: Asked) => Deed;

/** A sentence as a model says it. */
export interface Said {
	readonly text: string;
	readonly passage: number;
	readonly quote: string;
}

/** A reply that holds to the format. */
export function saying(sentences: readonly Said[]): Deed {
	return { kind: 'reply', text: JSON.stringify({ sentences }) };
}

/** Says the first sentences of the passages, word for word. */
export const honest: Script = ({ passages, question, body }) => {
	if (body.response_format?.json_schema.name === 'wenqu_understand') return { kind: 'reply', text: typed(question) };
	return saying(
		passages.flatMap(({ number, text }) =>
			(text.match(/[^。！？\n]+[。！？]/gu) ?? [text])
				.slice(0, 2)
				.map((quote) => ({ text: quote, passage: number, quote })),
		),
	);
};

/** A question typed by the words in it. */
function typed(question: string): string {
	const asks = /主持/u.test(question)
		? { kind: 'chair', role: 'chair' }
		: /数量|总数/u.test(question)
			? { kind: 'howmany', role: null }
			: { kind: 'who', role: 'attend' };
	const topic = question.replace(/主持人?|数量|总数|出席者|[的。？，]/gu, ' ').trim();
	return JSON.stringify({ ...asks, leadersOnly: false, plural: false, topic });
}

/** A server of the kind that language models are asked through, on loopback: scripted, and with a memory. */
export class LlmServer {
	readonly asked: Asked[] = [];
	/** Connections that the other side gave up. */
	dropped = 0;
	script: Script;
	url = '';
	/** Model ids that it lists; null: it knows no such address. */
	models: readonly string[] | null = null;
	#server: Server | undefined;

	constructor(script: Script = honest) {
		this.script = script;
	}

	async start(): Promise<this> {
		this.#server = createServer((request, response) => {
			let text = '';
			request.setEncoding('utf8').on('data', (more: string) => {
				text += more;
			});
			request.on('end', () => {
				if (request.url?.endsWith('/models')) return this.#list(response);
				const asked = askedOf(request.headers, text);
				this.asked.push(asked);
				response.on('close', () => {
					if (!response.writableFinished) this.dropped++;
				});
				void this.#do(this.script(asked), response);
			});
		});
		await new Promise<void>((resolve) => this.#server?.listen(0, '127.0.0.1', resolve));
		this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/v1`;
		return this;
	}

	async stop(): Promise<void> {
		this.#server?.closeAllConnections();
		await new Promise((resolve) => this.#server?.close(resolve));
	}

	#list(response: ServerResponse): void {
		if (!this.models) response.writeHead(404).end();
		else response.end(JSON.stringify({ data: this.models.map((id) => ({ id })) }));
	}

	async #do(deed: Deed, response: ServerResponse): Promise<void> {
		if (deed.kind === 'status') {
			response.writeHead(deed.status, deed.headers).end('{"error":{"message":"no"}}');
			return;
		}
		if (deed.kind === 'raw') {
			response.writeHead(200, { 'content-type': deed.type }).end(deed.body);
			return;
		}
		response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
		response.flushHeaders();
		const { text = '' } = deed;
		const count = deed.kind === 'reply' ? (deed.pieces ?? 3) : 2;
		const size = Math.max(1, Math.ceil(text.length / count));
		for (let at = 0; at < text.length; at += size) {
			response.write(chunk({ choices: [{ delta: { content: text.slice(at, at + size) }, finish_reason: null }] }));
			if (deed.kind === 'reply' && deed.everyMs) await new Promise((resolve) => setTimeout(resolve, deed.everyMs));
		}
		if (deed.kind === 'hang') return;
		// The pieces have to be on their way before the connection goes.
		if (deed.kind === 'cut') {
			setTimeout(() => response.destroy(), 20);
			return;
		}
		response.write(chunk({ choices: [{ delta: {}, finish_reason: 'stop' }], usage: { total_tokens: 100 } }));
		response.end('data: [DONE]\n\n');
	}
}

function chunk(body: object): string {
	return `data: ${JSON.stringify(body)}\n\n`;
}

function askedOf(headers: IncomingHttpHeaders, text: string): Asked {
	const body = JSON.parse(text) as Asked['body'];
	const said = body.messages.map((message) => message.content).join('\n');
	const fences = [...said.matchAll(/<<<(\w+)(?: (\d+))? (\w{16})>>>\n([\s\S]*?)\n<<<end \3>>>/gu)];
	const named = (name: string): string => fences.find((fence) => fence[1] === name)?.[4] ?? '';
	const passages = fences
		.filter((fence) => fence[1] === 'passage')
		.map((fence) => {
			const [headline = '', ...lines] = (fence[4] ?? '').split('\n');
			return { number: Number(fence[2]), headline, text: lines.join('\n') };
		});
	return { headers, body, said, question: named('question'), draft: named('draft'), passages };
}
