/** A document that has not gone yet. */
export const STILL_THERE = 2_147_483_647;

/** What of a namespace belongs to one generation. */
export interface Visible {
	readonly namespace: string;
	readonly generation: number;
	/** Generations that were begun and will never be published: what came in them never was, what went is still there. */
	readonly abandoned: readonly number[];
}

/** The filter that shows one generation of each namespace, and nothing of what is being written. */
export function visible(parts: readonly Visible[]): object {
	const filters = parts.map(visibleIn);
	const [only] = filters;
	return filters.length === 1 && only ? only : { bool: { should: filters, minimum_should_match: 1 } };
}

function visibleIn({ namespace, generation, abandoned }: Visible): object {
	const there = { range: { until: { gt: generation } } };
	const stays = { bool: { should: [there, { terms: { until: abandoned } }], minimum_should_match: 1 } };
	return {
		bool: {
			filter: [{ term: { namespace } }, { range: { from: { lte: generation } } }, abandoned.length > 0 ? stays : there],
			...(abandoned.length > 0 ? { must_not: [{ terms: { from: abandoned } }] } : {}),
		},
	};
}
