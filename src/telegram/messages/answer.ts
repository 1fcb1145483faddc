import type { Answer, Citation } from '../../answering/types.js';
import { type Rich, RichText } from '../rich.js';
import type { Say } from '../wording.js';
import { button, type Markup, markup, rows } from './buttons.js';

/** Sources that are shown; a question on a whole year may have hundreds. */
export const SOURCES_SHOWN = 6;
const QUOTE_LIMIT = 1200;
const LONG_QUOTE = 240;

/** An answer as a message: the answer first, then each source with its date, headline and quote. */
export function answerText(answer: Answer, say: Say): Rich {
	const text = new RichText();
	text.add(answer.answer);
	if (answer.understood) text.line().add(say('understood', { text: answer.understood }), 'italic');
	if (answer.llm?.note) text.line().add(answer.llm.note, 'italic');
	const cited = answer.status === 'unclear' ? [] : answer.citations;
	if (cited.length === 0) return text.build();
	const found = answer.status === 'answered';
	text.gap().add(say(found ? 'sources' : 'nearest'), 'bold');
	cited.slice(0, SOURCES_SHOWN).forEach((citation, n) => {
		text.line();
		if (n > 0 && found) text.gap();
		if (cited.length > 1) text.add(`${n + 1}. `);
		sourceLine(text, citation, say);
		if (!found) return;
		const quote = tidyQuote(citation.quote);
		text.line().add(quote, quote.length > LONG_QUOTE ? 'expandable_blockquote' : 'blockquote');
	});
	if (cited.length > SOURCES_SHOWN) text.gap().add(say('more_sources', { count: cited.length - SOURCES_SHOWN }));
	return text.build();
}

function sourceLine(text: RichText, citation: Citation, say: Say): void {
	text.add(`${citation.issueDate ?? say('undated')} `).add(`《${citation.headline}》`, 'bold');
}

/** A quote as it is shown: its line breaks kept where they part paragraphs, cut in the middle when it is very long. */
function tidyQuote(quote: string): string {
	const lines = quote.replace(/[ \t]*\r?\n\s*/gu, '\n').trim();
	if (lines.length <= QUOTE_LIMIT) return lines;
	return `${lines.slice(0, QUOTE_LIMIT * 0.75).replace(/[\ud800-\udbff]$/, '')}……${lines.slice(-QUOTE_LIMIT * 0.2).replace(/^[\udc00-\udfff]/, '')}`;
}

/** The buttons under an answer; `id` is what it is kept under. */
export function answerButtons(answer: Answer, id: string, say: Say): Markup | null {
	if (answer.status === 'unclear') {
		const choices = answer.items.map((item, choice) => button(item.text, { kind: 'choice', answer: id, choice }));
		return choices.length > 0 ? markup(...rows(choices.slice(0, 20), 1)) : null;
	}
	return buttonsOf(Math.min(answer.citations.length, SOURCES_SHOWN), id, { up: 0, down: 0 }, say);
}

/** Buttons for so many sources, for related articles, and for 👍 and 👎 with how many pressed them. */
export function buttonsOf(
	count: number,
	id: string,
	votes: { readonly up: number; readonly down: number },
	say: Say,
): Markup {
	const face = (text: string, pressed: number): string => (pressed > 0 ? `${text} ${pressed}` : text);
	const voting = [
		button(face('👍', votes.up), { kind: 'vote', answer: id, value: 1 }),
		button(face('👎', votes.down), { kind: 'vote', answer: id, value: -1 }),
	];
	if (count === 0) return markup(voting);
	const sources = Array.from({ length: count }, (_, citation) =>
		button(count > 1 ? `${say('button_source')} ${citation + 1}` : say('button_source'), {
			kind: 'quote',
			answer: id,
			citation,
			page: null,
		}),
	);
	const related = button(say('button_related'), { kind: 'related', answer: id });
	return count > 2 ? markup(...rows(sources, 3), [related, ...voting]) : markup([...sources, related], voting);
}
