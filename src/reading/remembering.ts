/** Results kept, some 2 kB each. */
const MOST = 500;

/**
 * Work whose latest results are remembered. Many people ask the same when an issue is new, some at the same moment:
 * what is being read for one is not read again for the next. The result must depend on nothing but what is given.
 */
export function remembering<Given extends readonly (string | undefined)[], Result>(
	work: (...given: Given) => Promise<Result>,
): (...given: Given) => Promise<Result> {
	const results = new Map<string, Promise<Result>>();
	return (...given) => {
		const key = JSON.stringify(given);
		const result = results.get(key) ?? work(...given);
		// The latest stands last, so that the first is the one to forget.
		results.delete(key);
		results.set(key, result);
		result.catch(() => {
			if (results.get(key) === result) results.delete(key);
		});
		for (const oldest of results.keys()) {
			if (results.size <= MOST) break;
			results.delete(oldest);
		}
		return result;
	};
}
