import type { StoredArticle } from '../../store/types.js';
import type { Press } from '../callbacks.js';
import { type Rich, RichText } from '../rich.js';
import { split } from '../split.js';
import type { Say } from '../wording.js';
import { button, type Markup, markup } from './buttons.js';

const PAGE_LIMIT = 3500;

/** A page of an article and the buttons that turn it. */
export interface Page {
	readonly rich: Rich;
	readonly markup: Markup | null;
}

/**
 * An article, paged, with a stretch of it in bold. `page` null opens the page that holds the stretch. `turn` makes the
 * button data of a page.
 */
export function articlePage(
	article: StoredArticle,
	marked: { readonly at: number; readonly length: number },
	page: number | null,
	turn: (page: number) => Press,
	say: Say,
): Page {
	const { source } = article;
	const end = marked.at + marked.length;
	const body = new RichText()
		.add(tidy(source.slice(0, marked.at)).trimStart())
		.add(tidy(source.slice(marked.at, end)), 'bold')
		.add(tidy(source.slice(end)))
		.build();
	const pages = split(body, PAGE_LIMIT);
	const holding = Math.max(
		0,
		pages.findIndex((one) => one.entities.length > 0),
	);
	const shown = Math.min(page ?? holding, pages.length - 1);
	const part = pages[shown] ?? body;
	const head = new RichText().add(article.issueDate ?? say('undated'), 'italic');
	if (pages.length > 1) head.add(`　${say('page', { page: shown + 1, pages: pages.length })}`, 'italic');
	const top = head.build();
	const offset = top.text.length + 2;
	const rich: Rich = {
		text: `${top.text}\n\n${part.text}`,
		entities: [...top.entities, ...part.entities.map((one) => ({ ...one, offset: one.offset + offset }))],
	};
	return { rich, markup: pages.length > 1 ? turning(shown, pages.length, turn) : null };
}

/** Blank lines of the scan are drawn together. */
function tidy(text: string): string {
	return text.replace(/\r\n?/gu, '\n').replace(/[ \t]*\n[\s\u3000]*\n/gu, '\n\n');
}

/** Buttons to the page before and the page after. */
export function turning(page: number, pages: number, turn: (page: number) => Press): Markup {
	return markup([
		page > 0 ? button('‹', turn(page - 1)) : button('·', { kind: 'idle' }),
		button(`${page + 1}/${pages}`, { kind: 'idle' }),
		page < pages - 1 ? button('›', turn(page + 1)) : button('·', { kind: 'idle' }),
	]);
}
