import type { Me, Message } from './wire.js';

/** What a message wants of the bot. */
export type Wish =
	| { readonly kind: 'question'; readonly text: string }
	| { readonly kind: 'command'; readonly name: string; readonly words: string }
	| { readonly kind: 'document' }
	| { readonly kind: 'media' }
	| { readonly kind: 'empty' };

/** A command ends where its letters do: Chinese is written on without a space. A path or an address is none. */
const COMMAND = /^\/([A-Za-z0-9_]{1,32})(?:@([A-Za-z0-9_]+))?(?![\w@/.:-])\s*/u;
/** What Telegram names as the sender when an admin of a group writes as the group. */
const ANONYMOUS_ADMIN = 1087968824;

/**
 * What a message wants of the bot, or null when it is not meant for it. In a private chat everything is; in a group a
 * command, a mention, or a reply to the bot. A command with another bot's name is another bot's.
 */
export function wishOf(message: Message, me: Me): Wish | null {
	if ((message.from?.is_bot && message.from.id !== ANONYMOUS_ADMIN) || message.via_bot) return null;
	if (message.chat.type === 'channel') return null;
	const isPrivate = message.chat.type === 'private';
	const text = message.text ?? message.caption ?? '';
	const command = COMMAND.exec(text);
	if (command) {
		const [whole, name = '', bot] = command;
		if (bot ? !sameName(bot, me.username) : false) return null;
		return { kind: 'command', name: name.toLowerCase(), words: withoutMention(text.slice(whole.length), me) };
	}
	const mentioned = mentionsMe(message, text, me);
	const replied = message.reply_to_message?.from?.id === me.id;
	if (!isPrivate && !mentioned && !replied) return null;
	if (message.document) return { kind: 'document' };
	if (hasMedia(message)) return { kind: 'media' };
	if (message.text === undefined) return null;
	const question = withoutMention(text, me);
	return question === '' ? { kind: 'empty' } : { kind: 'question', text: question };
}

const MEDIA = [
	...(['voice', 'audio', 'photo', 'video', 'video_note', 'sticker', 'animation'] as const),
	...(['contact', 'location', 'poll', 'dice', 'story'] as const),
];

function hasMedia(message: Message): boolean {
	return MEDIA.some((kind) => message[kind] !== undefined);
}

/** Telegram marks a mention of a user without a name by its id; else the text itself is looked at, as clients may leave marks out. */
function mentionsMe(message: Message, text: string, me: Me): boolean {
	const marks = message.entities ?? message.caption_entities ?? [];
	if (marks.some((mark) => mark.type === 'text_mention' && mark.user?.id === me.id)) return true;
	return [...text.matchAll(/(?<![\w@/.])@([A-Za-z0-9_]+)/gu)].some((match) => sameName(match[1] ?? '', me.username));
}

function withoutMention(text: string, me: Me): string {
	return text
		.replace(/(?<![\w@/.])@([A-Za-z0-9_]+)/gu, (whole, name: string) => (sameName(name, me.username) ? ' ' : whole))
		.replace(/[ \t]{2,}/gu, ' ')
		.trim();
}

function sameName(one: string, other: string): boolean {
	return one.toLowerCase() === other.toLowerCase();
}
