import type { Place } from '../place.js';
import type { Rich } from '../rich.js';
import { split } from '../split.js';
import type { Outgoing } from '../store/ledger.js';
import type { Markup } from './buttons.js';

/**
 * A text as the messages it takes: the first a reply where the place asks for one, the buttons under the last. With
 * `over`, the first takes the place of that message, and is sent anew only where that one is gone.
 */
export function messagesTo(
	place: Place,
	rich: Rich,
	markup: Markup | null = null,
	over: number | null = null,
): readonly Outgoing[] {
	const parts = split(rich);
	const messages = parts.map((part, n) => ({
		chat: place.chat,
		method: 'sendMessage',
		request: place.request,
		payload: {
			...target(place),
			text: part.text,
			...formatting(part),
			link_preview_options: { is_disabled: true },
			...(n === 0 ? reply(place) : {}),
			...(markup && n === parts.length - 1 ? { reply_markup: markup } : {}),
		},
	}));
	const [first] = messages;
	const [part] = parts;
	if (over === null || !first || !part) return messages;
	const edit = editOf(place.chat, over, part, parts.length === 1 ? markup : null, place.request);
	return [{ ...edit, payload: { ...edit.payload, instead: first.payload } }, ...messages.slice(1)];
}

/** Chat and topic as the Bot API names them. */
export function target(place: Pick<Place, 'chat' | 'thread'>): Readonly<Record<string, unknown>> {
	return { chat_id: place.chat, ...(place.thread === null ? {} : { message_thread_id: place.thread }) };
}

function reply({ replyTo }: Place): Readonly<Record<string, unknown>> {
	return replyTo === null ? {} : { reply_parameters: { message_id: replyTo, allow_sending_without_reply: true } };
}

function formatting(part: Rich): Readonly<Record<string, unknown>> {
	return part.entities.length > 0 ? { entities: part.entities } : {};
}

/** A message changed in place. */
export function editOf(chat: number, message: number, rich: Rich, markup: Markup | null, request: string): Outgoing {
	return {
		chat,
		method: 'editMessageText',
		request,
		payload: {
			chat_id: chat,
			message_id: message,
			text: rich.text,
			...formatting(rich),
			link_preview_options: { is_disabled: true },
			...(markup ? { reply_markup: markup } : {}),
		},
	};
}

/** The answer to a pressed button; without a text it only ends the button's waiting. */
export function pressed(query: string, request: string, text?: string, alert = false): Outgoing {
	return {
		chat: null,
		method: 'answerCallbackQuery',
		request,
		payload: { callback_query_id: query, ...(text ? { text: text.slice(0, 190), show_alert: alert } : {}) },
	};
}
