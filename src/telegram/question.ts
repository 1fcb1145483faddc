import type { Answer } from '../answering/types.js';
import { askApp } from './ask.js';
import type { Context, Place } from './context.js';
import { answerButtons, answerText, SOURCES_SHOWN } from './messages/answer.js';
import { messagesTo, target } from './messages/send.js';
import { plain, shown } from './rich.js';
import type { KeptAnswer } from './store/answers.js';
import type { PortableTurn } from './store/conversations.js';
import type { Outgoing } from './store/ledger.js';

/** The longest question that is taken. */
export const QUESTION_LIMIT = 1000;
/** Telegram shows "typing" for five seconds. */
const TYPING_MS = 4500;

/** Answers a question; `from` is the turn it goes on from, by default the last of this conversation. */
export async function answerQuestion(
	context: Context,
	place: Place,
	text: string,
	from?: PortableTurn,
): Promise<readonly Outgoing[]> {
	const { say, conversations, answers, people } = context;
	const question = shown(text).trim();
	if (question === '') return messagesTo(place, plain(say('empty')));
	if (question.length > QUESTION_LIMIT)
		return messagesTo(place, plain(say('too_long', { count: question.length, most: QUESTION_LIMIT })));
	const stop = showTyping(context, place);
	try {
		const now = Date.now();
		const { answer, turn } = await askApp(context.app, question, from ?? conversations.last(place, now), place.request);
		conversations.remember(place, turn, now);
		people.count(answer.status);
		if (answer.status === 'not_found' && answer.reason !== 'not_about_issues')
			people.inVain(answer.understood ?? question, now);
		const id = answers.keep(keptOf(answer, turn), place.chat, place.user, now);
		return messagesTo(place, answerText(answer, say), answerButtons(answer, id, say));
	} finally {
		stop();
	}
}

function keptOf(answer: Answer, turn: PortableTurn): KeptAnswer {
	return {
		question: answer.understood ?? answer.question,
		places: answer.citations.slice(0, SOURCES_SHOWN).map(({ file, quote, start }) => ({ file, quote, start })),
		turn: answer.status === 'unclear' ? turn : null,
	};
}

/** Shows "typing" until the function that it gives is called. It is a courtesy: that it fails is nobody's trouble. */
function showTyping({ api }: Context, place: Place): () => void {
	const show = (): void => {
		void api.call('sendChatAction', { ...target(place), action: 'typing' }, { timeoutMs: TYPING_MS }).catch(() => {});
	};
	show();
	const timer = setInterval(show, TYPING_MS);
	return () => clearInterval(timer);
}
