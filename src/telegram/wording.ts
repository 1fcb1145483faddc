import { parseSentences } from '../answering/wording.js';

const KEYS = [
	'start',
	'help',
	'help_admin',
	'paper',
	'no_questions',
	'understood',
	'sources',
	'nearest',
	'more_sources',
	'undated',
	'empty',
	'ask_usage',
	'too_long',
	'slow_down',
	'busy',
	'apology',
	'media',
	'document_no',
	'not_allowed',
	'admin_only',
	'unknown_command',
	'new',
	'subscribed',
	'unsubscribed',
	'forgotten',
	'person_usage',
	'person_unknown',
	'person_similar',
	'person_head',
	'person_more',
	'issue_head',
	'no_issues',
	'no_such_issue',
	'related_head',
	'related_none',
	'changed',
	'answer_gone',
	'voted',
	'page',
	'announce',
	'status',
	'privacy_on',
	'privacy_off',
	'button_source',
	'button_related',
] as const;

type Key = (typeof KEYS)[number];

/** The bot's sentences of prompts/telegram.md, filled in. */
export type Say = (key: Key, words?: Readonly<Record<string, string | number>>) => string;

/** Reads the bot's sentences; a missing one ends with a UsageError that names it. */
export function parseSayings(markdown: string): Say {
	return parseSentences(markdown, KEYS, 'telegram.md');
}
