import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A call that the bot made, as it arrived. */
export interface Call {
	readonly method: string;
	readonly payload: Record<string, unknown>;
	readonly at: number;
	/** Pictures that came with it. */
	readonly files: readonly Buffer[];
}

/** What the server does to a call instead of answering it. */
export type Fault =
	| { readonly kind: 'error'; readonly code: number; readonly description?: string; readonly parameters?: object }
	| { readonly kind: 'html'; readonly status: number }
	| { readonly kind: 'reset' }
	/** Does what was asked and cuts the connection before it says so. */
	| { readonly kind: 'done-then-reset' }
	| { readonly kind: 'hang' };

interface Waiting {
	readonly method: string;
	readonly fault: Fault;
	readonly when: (call: Call) => boolean;
	times: number;
}

/** Messages that Telegram limits. */
const MESSAGES = /^(?:send(?!ChatAction)|edit|copy|forward)/u;

/** A Bot API server on loopback: keeps updates until they are confirmed, checks what it is sent, fails where it is told to. */
export class BotApi {
	readonly calls: Call[] = [];
	readonly problems: string[] = [];
	readonly token = '7000000001:AAtestTOKENtestTOKENtestTOKENtest12';
	readonly me = {
		id: 7000000001,
		is_bot: true,
		first_name: '问区',
		username: 'wenqu_bot',
		can_read_all_group_messages: false,
	};
	readonly blockedBy = new Set<number>();
	readonly files = new Map<string, Buffer>();
	root = '';
	/** Whether calls are kept to be looked at. */
	keeps = true;
	/** Messages that arrived. */
	sent = 0;
	#server: Server | undefined;
	#updates: Record<string, unknown>[] = [];
	#nextUpdate = 1000;
	#nextMessage = 1;
	#faults: Waiting[] = [];
	#wake: (() => void)[] = [];
	#hanging: ServerResponse[] = [];

	async start(): Promise<this> {
		this.#server = createServer((request, response) => void this.#serve(request, response));
		await new Promise<void>((resolve) => this.#server?.listen(0, '127.0.0.1', resolve));
		this.root = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
		return this;
	}

	async stop(): Promise<void> {
		this.#server?.closeAllConnections();
		await new Promise((resolve) => this.#server?.close(resolve));
	}

	/** Hands an update to the bot; gives its number. */
	push(update: Record<string, unknown>): number {
		const update_id = this.#nextUpdate++;
		this.pushRaw({ update_id, ...update });
		return update_id;
	}

	pushRaw(update: Record<string, unknown>): void {
		this.#updates.push(update);
		this.#changed();
	}

	/** A message of a user; gives its message id. */
	message(chat: number, text: string, more: Record<string, unknown> = {}, from = chat > 0 ? chat : 501): number {
		const message_id = this.#nextMessage++;
		this.push({
			message: {
				message_id,
				date: Math.floor(Date.now() / 1000),
				chat: { id: chat, type: chat > 0 ? 'private' : 'supergroup' },
				from: { id: from, is_bot: false, first_name: '某' },
				text,
				...more,
			},
		});
		return message_id;
	}

	/** A pressed button. */
	press(chat: number, message: number, data: string, from = chat > 0 ? chat : 501): string {
		const id = `q${this.#nextMessage++}`;
		this.push({
			callback_query: {
				id,
				from: { id: from, is_bot: false, first_name: '某' },
				data,
				message: { message_id: message, date: 1, chat: { id: chat, type: chat > 0 ? 'private' : 'supergroup' } },
			},
		});
		return id;
	}

	/** Makes the next calls of a method fail; `*` is every method. */
	fail(method: string, fault: Fault, times = 1, when: (call: Call) => boolean = () => true): void {
		this.#faults.push({ method, fault, times, when });
	}

	/** Faults that have not struck yet. */
	get faultsLeft(): number {
		return this.#faults.reduce((sum, one) => sum + one.times, 0);
	}

	heal(): void {
		this.#faults = [];
		for (const response of this.#hanging) response.destroy();
		this.#hanging = [];
	}

	of(method: string, chat?: number): readonly Call[] {
		return this.calls.filter(
			(call) => call.method === method && (chat === undefined || call.payload['chat_id'] === chat),
		);
	}

	/** Texts that arrived in a chat. */
	texts(chat: number): readonly string[] {
		return this.of('sendMessage', chat).map((call) => String(call.payload['text']));
	}

	/** Updates that were not confirmed yet. */
	get unconfirmed(): number {
		return this.#updates.length;
	}

	#changed(): void {
		const waiting = this.#wake;
		this.#wake = [];
		for (const wake of waiting) wake();
	}

	async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const parts: Buffer[] = [];
		try {
			for await (const part of request) parts.push(part as Buffer);
		} catch {
			return;
		}
		const path = request.url ?? '';
		const file = new RegExp(`^/file/bot${this.token}/(.+)$`, 'u').exec(path)?.[1];
		if (file !== undefined) {
			const call: Call = { method: 'file', payload: {}, at: Date.now(), files: [] };
			const fault = this.#faultFor(call);
			if (fault) return this.#act(fault, call, response, request);
			response.end(this.files.get(file) ?? Buffer.alloc(0));
			return;
		}
		const [, token, method = ''] = /^\/bot([^/]+)\/(\w+)$/u.exec(path) ?? [];
		const { payload, files } = read(request, Buffer.concat(parts));
		const call: Call = { method, payload, at: Date.now(), files };
		if (token !== this.token) return send(response, 401, { ok: false, error_code: 401, description: 'Unauthorized' });
		const fault = this.#faultFor(call);
		if (fault) return this.#act(fault, call, response, request);
		await this.#answer(call, response);
	}

	#faultFor(call: Call): Fault | null {
		const at = this.#faults.findIndex(
			(one) => (one.method === '*' || one.method === call.method) && one.times > 0 && one.when(call),
		);
		const found = this.#faults[at];
		if (!found) return null;
		found.times--;
		return found.fault;
	}

	#act(fault: Fault, call: Call, response: ServerResponse, request: IncomingMessage): void {
		if (fault.kind === 'hang') this.#hanging.push(response);
		else if (fault.kind === 'reset') request.socket.resetAndDestroy();
		else if (fault.kind === 'html') {
			response.writeHead(fault.status, { 'content-type': 'text/html' });
			response.end(`<html><body>Bad Gateway ${this.token}</body></html>`);
		} else if (fault.kind === 'error') {
			const { code, description = `error of ${this.token}`, parameters } = fault;
			send(response, code, { ok: false, error_code: code, description, ...(parameters ? { parameters } : {}) });
		} else {
			this.calls.push(call);
			request.socket.resetAndDestroy();
		}
	}

	async #answer(call: Call, response: ServerResponse): Promise<void> {
		const { method, payload } = call;
		if (method === 'getMe') return send(response, 200, { ok: true, result: this.me });
		if (method === 'getUpdates') return this.#giveUpdates(payload, response);
		const chat = Number(payload['chat_id']);
		if (this.blockedBy.has(chat))
			return send(response, 403, { ok: false, error_code: 403, description: 'Forbidden: bot was blocked by the user' });
		if (this.keeps) this.calls.push(call);
		const wrong = faultOf(call);
		if (wrong) {
			this.problems.push(`${method}: ${wrong}`);
			return send(response, 400, { ok: false, error_code: 400, description: `Bad Request: ${wrong}` });
		}
		if (method === 'getFile')
			return send(response, 200, { ok: true, result: { file_id: 'f', file_path: payload['file_id'] } });
		if (MESSAGES.test(method)) {
			if (method === 'sendMessage') this.sent++;
			const message_id = Number(payload['message_id'] ?? this.#nextMessage++);
			return send(response, 200, { ok: true, result: { message_id, chat: { id: chat }, date: 1 } });
		}
		send(response, 200, { ok: true, result: true });
	}

	async #giveUpdates(payload: Record<string, unknown>, response: ServerResponse): Promise<void> {
		const offset = Number(payload['offset'] ?? 0);
		this.#updates = this.#updates.filter((one) => Number(one['update_id']) >= offset);
		const until = Date.now() + Number(payload['timeout'] ?? 0) * 1000;
		while (this.#updates.length === 0 && Date.now() < until && !response.destroyed)
			await new Promise<void>((resolve) => {
				const timer = setTimeout(resolve, until - Date.now());
				this.#wake.push(() => {
					clearTimeout(timer);
					resolve();
				});
				response.once('close', resolve);
			});
		send(response, 200, { ok: true, result: this.#updates.slice(0, Number(payload['limit'] ?? 100)) });
	}
}

function send(response: ServerResponse, status: number, body: object): void {
	if (response.destroyed) return;
	response.writeHead(status, { 'content-type': 'application/json' });
	response.end(JSON.stringify(body));
}

function read(request: IncomingMessage, body: Buffer): { payload: Record<string, unknown>; files: Buffer[] } {
	const type = request.headers['content-type'] ?? '';
	const boundary = /boundary=(\S+)/u.exec(type)?.[1];
	if (!boundary)
		return { payload: body.length > 0 ? (JSON.parse(body.toString()) as Record<string, unknown>) : {}, files: [] };
	const payload: Record<string, unknown> = {};
	const files: Buffer[] = [];
	for (const part of body.toString('latin1').split(`--${boundary}`).slice(1, -1)) {
		const [head = '', ...rest] = part.split('\r\n\r\n');
		const content = Buffer.from(rest.join('\r\n\r\n').replace(/\r\n$/u, ''), 'latin1');
		const name = /name="([^"]+)"/u.exec(head)?.[1] ?? '';
		if (/filename=/u.test(head)) files.push(content);
		else
			payload[name] = /^-?\d+$|^[[{]/u.test(content.toString()) ? JSON.parse(content.toString()) : content.toString();
	}
	return { payload, files };
}

/** What Telegram would refuse a message for, or null. */
function faultOf({ method, payload }: Call): string | null {
	const text = payload['text'];
	if (method === 'sendMessage' || method === 'editMessageText') {
		if (typeof text !== 'string' || text.trim() === '') return 'message text is empty';
		if (text.length > 4096) return 'message is too long';
		if (/\p{Cs}/u.test(text)) return 'text must be encoded in UTF-8';
		if (text.includes('\0')) return 'NUL in text';
		if (payload['parse_mode'] !== undefined) return 'parse_mode is not to be used';
		for (const one of (payload['entities'] ?? []) as { offset: number; length: number }[]) {
			const end = one.offset + one.length;
			if (one.offset < 0 || one.length <= 0 || end > text.length) return 'entity out of bounds';
			if (/[\udc00-\udfff]/.test(text[one.offset] ?? '') || /[\udc00-\udfff]/.test(text[end] ?? ''))
				return 'entity inside a character';
		}
	}
	const markup = payload['reply_markup'] as
		| { inline_keyboard?: { callback_data: string; text: string }[][] }
		| undefined;
	for (const button of markup?.inline_keyboard?.flat() ?? []) {
		if (Buffer.byteLength(button.callback_data) > 64) return 'BUTTON_DATA_INVALID';
		if (button.text === '') return 'button text is empty';
	}
	return null;
}
