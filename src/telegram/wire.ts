import { z } from 'zod';

/** What wenqu reads of an update. Everything else is dropped here; what has another shape is no update. */
const id = z.number().int().refine(Number.isSafeInteger);
const user = z.object({ id, is_bot: z.boolean().default(false), first_name: z.string().optional() });
const chat = z.object({
	id,
	type: z.enum(['private', 'group', 'supergroup', 'channel']),
	title: z.string().optional(),
});
const entity = z.object({
	type: z.string(),
	offset: z.number().int().nonnegative(),
	length: z.number().int().nonnegative(),
	user: user.optional(),
});
const message = z.object({
	message_id: id,
	chat,
	from: user.optional(),
	via_bot: user.optional(),
	message_thread_id: id.optional(),
	is_topic_message: z.boolean().optional(),
	text: z.string().optional(),
	caption: z.string().optional(),
	entities: z.array(entity).optional(),
	caption_entities: z.array(entity).optional(),
	reply_to_message: z.object({ message_id: id, from: user.optional() }).optional(),
	document: z
		.object({ file_id: z.string(), file_name: z.string().optional(), file_size: z.number().optional() })
		.optional(),
	voice: z.unknown().optional(),
	audio: z.unknown().optional(),
	photo: z.unknown().optional(),
	video: z.unknown().optional(),
	video_note: z.unknown().optional(),
	sticker: z.unknown().optional(),
	animation: z.unknown().optional(),
	contact: z.unknown().optional(),
	location: z.unknown().optional(),
	poll: z.unknown().optional(),
	dice: z.unknown().optional(),
	story: z.unknown().optional(),
	migrate_to_chat_id: id.optional(),
	migrate_from_chat_id: id.optional(),
});
const update = z.object({
	update_id: id,
	message: message.optional(),
	edited_message: message.optional(),
	callback_query: z
		.object({
			id: z.string(),
			from: user,
			data: z.string().optional(),
			message: z
				.object({ message_id: id, chat, message_thread_id: id.optional(), is_topic_message: z.boolean().optional() })
				.optional(),
			inline_message_id: z.string().optional(),
		})
		.optional(),
	inline_query: z.object({ id: z.string(), from: user, query: z.string(), offset: z.string().optional() }).optional(),
	my_chat_member: z.object({ chat, new_chat_member: z.object({ status: z.string() }) }).optional(),
});

export type Message = z.infer<typeof message>;
export type Update = z.infer<typeof update>;
export type CallbackQuery = NonNullable<Update['callback_query']>;
export type InlineQuery = NonNullable<Update['inline_query']>;

/** The kinds of update that are asked for. */
export const ALLOWED_UPDATES = ['message', 'edited_message', 'callback_query', 'inline_query', 'my_chat_member'];

/** An update, or null where the text is none that wenqu can read. */
export function parseUpdate(raw: unknown): Update | null {
	return update.safeParse(raw).data ?? null;
}

const bare = z.object({ update_id: id });

/** The number of an update of any shape, so that one which cannot be read is passed over and not fetched for ever. */
export function updateId(raw: unknown): number | null {
	return bare.safeParse(raw).data?.update_id ?? null;
}

const me = z.object({ id, username: z.string(), can_read_all_group_messages: z.boolean().default(false) });

/** The bot itself, as getMe tells it. */
export type Me = z.infer<typeof me>;

export function parseMe(raw: unknown): Me | null {
	return me.safeParse(raw).data ?? null;
}

/** The number of a message that a send gave back, or null. */
export function sentMessageId(raw: unknown): number | null {
	return z.object({ message_id: id }).safeParse(raw).data?.message_id ?? null;
}
