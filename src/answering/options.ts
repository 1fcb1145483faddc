import type { Query } from './types.js';

/** `晴天还是雨天`: what stands right in front of and behind the words that leave the choice. */
const EITHER =
	/(?:是|在|有|去|为|选|用|：|，)?([\p{Script=Han}A-Za-z0-9]{1,12}?)[，,]?还是(?:是|在|有|去)?([\p{Script=Han}A-Za-z0-9]{1,6})/u;
/** `甲和乙谁大`: two that are named, one of them asked for. */
const WHICH_OF_TWO = /[和与跟同、](?:\p{Script=Han}{0,6})(?:谁|哪一?[个位])(?!和|与|一起|共同)/u;

/** Whether a question leaves a choice between two things of which an answer names neither: then it answers another question. */
export function namesNoOption(query: Query, answer: string): boolean {
	const either = EITHER.exec(query.text);
	if (either) {
		const [, left = '', right = ''] = either;
		return !sharesWith(left.slice(-4), answer) && !sharesWith(right.slice(0, 4), answer);
	}
	const [first, second] = query.persons;
	if (!first || !second || !WHICH_OF_TWO.test(query.text)) return false;
	return !query.persons.some((name) => answer.includes(name));
}

/** Whether an answer holds two neighbouring characters of an option, or its one. */
function sharesWith(option: string, answer: string): boolean {
	const bare = option.replace(/[的了呢吗]$/u, '');
	if (bare.length < 2) return bare !== '' && answer.includes(bare);
	return [...bare].some((_, n) => n > 0 && answer.includes(bare.slice(n - 1, n + 1)));
}
