import type { Query } from '../answering/types.js';
import { contentWords } from '../answering/understand.js';
import { objectIn, queryReply } from './reply.js';

/**
 * A question typed by a model. Only its kind, role and number are taken, and a topic made of the question's own words:
 * the names that it insists on stay those that the rules read, so that a model can send it to no other event. Null
 * where the reply does not hold to its schema, or its topic holds words that nobody asked with.
 */
export function typedQuery(query: Query, reply: string): Query | null {
	const parsed = queryReply.safeParse(objectIn(reply));
	if (!parsed.success) return null;
	const { kind, role, leadersOnly, plural, topic } = parsed.data;
	const words = topic.split(/\s+/u).filter(Boolean);
	if (words.some((word) => !query.text.includes(word))) return null;
	return {
		...query,
		kind,
		role: kind === 'chair' ? 'chair' : kind === 'speak' ? 'speak' : kind === 'who' ? (role ?? 'attend') : null,
		leadersOnly,
		plural,
		...(words.length > 0 ? { topic: words.join(' '), words: contentWords(words.join(' ')) } : {}),
	};
}
