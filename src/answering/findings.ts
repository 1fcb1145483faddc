import type { StoredArticle } from '../store/types.js';
import { citeHeadline, type Desk } from './desk.js';
import type { AnswerItem, Citation, Finding, Reason } from './types.js';

/** A plain item: a name, place or row without title. */
export function plainItem(text: string, citation: number): AnswerItem {
	return { text, title: null, organisation: null, roles: [], citation };
}

/** A finding that answers. */
export function answered(
	answer: string,
	items: readonly AnswerItem[],
	citations: readonly Citation[],
	complete = true,
): Finding {
	return { status: 'answered', answer, items, complete, citations, reason: null };
}

/** An honest refusal, with the nearest article where there is one. */
export function refused(
	desk: Desk,
	reason: Reason,
	nearest: StoredArticle | null,
	words: Readonly<Record<string, string>> = {},
): Finding {
	const key =
		reason === 'no_such_event' && !nearest
			? 'no_such_event_bare'
			: reason === 'no_such_person' && words['similar']
				? 'no_such_person_similar'
				: reason;
	return {
		status: 'not_found',
		answer: desk.wording.say(key, { headline: nearest?.headline ?? '', ...words }),
		items: [],
		complete: true,
		citations: nearest ? [citeHeadline(nearest)] : [],
		reason,
	};
}

/** Collects citations without repeating one; gives each its index. */
export class CitationList {
	readonly all: Citation[] = [];

	add(citation: Citation): number {
		const known = this.all.findIndex(
			(c) => c.file === citation.file && c.start === citation.start && c.end === citation.end,
		);
		if (known >= 0) return known;
		this.all.push(citation);
		return this.all.length - 1;
	}
}
