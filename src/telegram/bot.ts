import { type Wish, wishOf } from './addressing.js';
import { runCommand } from './commands.js';
import type { Context } from './context.js';
import type { Gate } from './gate.js';
import { runInline } from './inline.js';
import { messagesTo, pressed } from './messages/send.js';
import type { Place } from './place.js';
import { runPress } from './presses.js';
import { answerQuestion } from './question.js';
import { plain } from './rich.js';
import type { Outgoing } from './store/ledger.js';
import { takeDocument } from './upload.js';
import type { CallbackQuery, Message, Update } from './wire.js';

/** Makes what is sent for an update: who may ask is asked at the gate, what is meant is found in the message. */
export async function handleUpdate(
	context: Context,
	gate: Gate,
	update: Update,
	request: string,
): Promise<readonly Outgoing[]> {
	if (update.message) return onMessage(context, gate, update.message, request, false);
	if (update.edited_message) return onMessage(context, gate, update.edited_message, request, true);
	if (update.callback_query) return onPress(context, gate, update.callback_query, request);
	if (update.inline_query) {
		const { from } = update.inline_query;
		return gate.lets(from.id, from.id, Date.now()) === 'in' ? runInline(context, update.inline_query, request) : [];
	}
	const member = update.my_chat_member;
	if (member && /^(?:left|kicked)$/u.test(member.new_chat_member.status)) {
		context.people.forgetChat(member.chat.id);
		context.log.info('chat.left', { chat: member.chat.id, request });
	}
	return [];
}

/** What is said when an update cannot be taken or handled: a message is apologised for, a button stops waiting. */
export function excuseFor(
	say: Context['say'],
	update: Update,
	why: 'busy' | 'failed',
	request: string,
): readonly Outgoing[] {
	const text = why === 'busy' ? say('busy') : say('apology', { id: request });
	if (update.callback_query) return [pressed(update.callback_query.id, request, text, true)];
	const message = update.message ?? update.edited_message;
	// In a group nobody may have spoken to us; there silence is better than an apology for nothing.
	if (!message || (message.chat.type !== 'private' && why === 'busy')) return [];
	return messagesTo(placeOf(message, request), plain(text));
}

async function onMessage(
	context: Context,
	gate: Gate,
	message: Message,
	request: string,
	isEdit: boolean,
): Promise<readonly Outgoing[]> {
	const { outbox, people, say, me, log } = context;
	if (message.migrate_to_chat_id) outbox.migrate(message.chat.id, message.migrate_to_chat_id);
	const wish = wishOf(message, me);
	const user = message.from?.id;
	if (!wish || user === undefined) return [];
	const now = Date.now();
	const place = placeOf(message, request, isEdit);
	const isPrivate = message.chat.type === 'private';
	const said = JSON.stringify(wish);
	// An edit may change nothing that is said: a preview that was loaded, a button, a reaction.
	if (isEdit && !people.isNew(place.chat, message.message_id, said)) return [];
	const judgement = gate.lets(user, place.chat, now);
	if (judgement === 'stranger')
		return isPrivate ? messagesTo(place, plain(say('not_allowed', { user, chat: place.chat }))) : [];
	if (judgement === 'warn') return messagesTo(place, plain(say('slow_down')));
	if (judgement !== 'in') return [];
	log.info('message', { request, chat: place.chat, wish: wish.kind, edit: isEdit });
	const calls = await granted(context, place, message, wish, gate.isAdmin(user));
	// Remembered only now: what is cut off by the end of the process is answered after the next start.
	people.remember(place.chat, message.message_id, said, now);
	return calls;
}

/** What is sent for the wish of somebody who may have one. */
function granted(
	context: Context,
	place: Place,
	message: Message,
	wish: Wish,
	isAdmin: boolean,
): Promise<readonly Outgoing[]> | readonly Outgoing[] {
	const { say } = context;
	const inGroup = message.chat.type !== 'private';
	switch (wish.kind) {
		case 'question':
			return answerQuestion(context, place, wish.text);
		case 'command':
			return runCommand(context, place, { name: wish.name, words: wish.words, isAdmin, inGroup });
		case 'document':
			return message.document && isAdmin
				? takeDocument(context, place, message.document, message.caption ?? '')
				: messagesTo(place, plain(say('document_no')));
		case 'media':
			return messagesTo(place, plain(say('media')));
		case 'empty':
			return messagesTo(place, plain(say('empty')));
	}
}

async function onPress(
	context: Context,
	gate: Gate,
	query: CallbackQuery,
	request: string,
): Promise<readonly Outgoing[]> {
	const chat = query.message?.chat;
	const judgement = gate.lets(query.from.id, chat?.id ?? query.from.id, Date.now());
	if (judgement === 'warn') return [pressed(query.id, request, context.say('slow_down'), true)];
	if (judgement !== 'in') return [pressed(query.id, request)];
	const thread = query.message ? topicOf(query.message) : null;
	const place = { chat: chat?.id ?? query.from.id, thread, user: query.from.id, replyTo: null, request };
	return runPress(context, place, query);
}

/** Where an answer to a message goes: into its topic, as a reply wherever others talk too. */
function placeOf(message: Message, request: string, asReply = false): Place {
	return {
		chat: message.chat.id,
		thread: topicOf(message),
		user: message.from?.id ?? message.chat.id,
		replyTo: asReply || message.chat.type !== 'private' ? message.message_id : null,
		request,
	};
}

/** The topic that a message stands in. Outside of topics the number is that of a thread of replies, which is none to send into. */
function topicOf(message: Pick<Message, 'is_topic_message' | 'message_thread_id'>): number | null {
	return message.is_topic_message ? (message.message_thread_id ?? null) : null;
}
