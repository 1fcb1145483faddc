import type { Answer } from '../answering/types.js';
import { askApp } from './ask.js';
import { changeOf } from './chart/change.js';
import { drawChart } from './chart/draw.js';
import { figureOf } from './chart/figure.js';
import type { Context } from './context.js';
import { Draft } from './draft.js';
import { reasonOf } from './log.js';
import { answerButtons, answerText, SOURCES_SHOWN } from './messages/answer.js';
import { messagesTo, target } from './messages/send.js';
import { keptPicture } from './payload.js';
import type { Place } from './place.js';
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
	const draft = new Draft(context.outbox, place);
	const stop = showTyping(context, place);
	try {
		const now = Date.now();
		const before = from ?? conversations.last(place, now);
		const { answer, turn } = await askApp(context.app, question, before, place.request, (soFar) => draft.show(soFar));
		conversations.remember(place, turn, now);
		people.count(answer.status);
		if (answer.status === 'not_found' && answer.reason !== 'not_about_issues')
			people.inVain(answer.understood ?? question, now);
		const id = answers.keep(keptOf(answer, turn), place.chat, place.user, now);
		const shownAs = await draft.end();
		const text = messagesTo(place, answerText(answer, say), answerButtons(answer, id, say), shownAs);
		return [...text, ...(await chartOf(context, place, answer))];
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

/** A drawn chart where the answer stands in a table or among figures that are compared. The text says everything without it, so a failure costs only the picture. */
async function chartOf({ app, log }: Context, place: Place, answer: Answer): Promise<readonly Outgoing[]> {
	try {
		const figure = (await figureOf(answer, app.snapshot)) ?? changeOf(answer);
		if (!figure) return [];
		const photo = keptPicture(await drawChart(figure));
		const caption = shown(`${figure.title}　${figure.measure}`).slice(0, 200);
		const { chat, request } = place;
		return [{ chat, method: 'sendPhoto', request, payload: { ...target(place), photo, caption } }];
	} catch (error) {
		log.warn('chart.failed', { request: place.request, reason: reasonOf(error) });
		return [];
	}
}
