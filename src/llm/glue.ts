/**
 * Words that a sentence may hold though its quote does not: they join what is said and add nothing to it. Whatever is
 * not in this list must stand in the quote, so a word belongs here only if no use of it can make a sentence untrue.
 */
const WORDS = `
的 了 在 是 和 与 及 以及 跟 同 等 等等 也 都 对 向 到 由 被 把 并 并且 而 且 而且 因 因为 由于 所以 因此 为 为了 从而 以便
同时 此外 另外 其中 随后 之后 还 还有 又 均 则 以 通过 于 即 地 得 着 其 这 该 此 这次 此次 本次 这些 他 她 他们 会上 上 中 里
时 时候 有 据 根据 按照 报 报上 报纸 报道 文中 文章 本报 讯 称 说 据悉 据介绍 提到 提及 写道 显示 原因 原因是 目的 是因为 其目的
主要 主要是 包括 包含 涉及 具体 具体来说 方面 一方面 另一方面 内容 情况 如下 分别 分别是 为此 双方 同样 设有 做法 方式 办法 就 便 来自 时间 地点 职务 身份 人数 数量
`;

const glue = new Set(WORDS.trim().split(/\s+/u));

/** Words that say the same of an event or of speech: one in a quote stands for the others. */
const SAME: readonly (readonly string[])[] = [
	['举行', '举办', '召开', '开'],
	['参加', '出席', '到场', '参会', '与会', '参加者', '出席者'],
	['表示', '指出', '强调', '介绍', '认为', '提出', '要求', '说', '谈到'],
	['汇报', '说明', '介绍', '通报'],
	['致辞', '致词'],
];

/** That an event took place is said by whatever somebody does at it. */
const TOOK_PLACE: ReadonlySet<string> = new Set(['举行', '举办', '召开']);
const AT_AN_EVENT = /主持|出席|参加|座谈|启动|开幕|致辞|放在|会上/u;
const CALLED_OFF = /取消|推迟|延期|停办|暂停|改期|未能|原定|中止/u;

/** Whether a quote says that something took place, in whatever words. */
export function saysTookPlace(word: string, quote: string): boolean {
	return TOOK_PLACE.has(word) && AT_AN_EVENT.test(quote) && !CALLED_OFF.test(quote);
}

/** What kind of thing an article is about: its headline may lend this word to a sentence, for quotes seldom repeat it. */
export const KIND_OF_EVENT =
	/^(?:座谈会|约谈会|大赛|比赛|论坛|仪式|启动仪式|开幕式|签约仪式|活动|会议|大会|运动会|展览|讲座|调研|培训|项目|工程)$/u;

/** Whether a word adds nothing to a sentence. */
export function isGlue(word: string): boolean {
	return glue.has(word) || !/[\p{L}\p{N}]/u.test(word);
}

/** Words of which any in the quote allows this one. */
export function sameAs(word: string): readonly string[] {
	return SAME.filter((row) => row.includes(word)).flat();
}

/** Verbs of being there, which many do at once: they need no order of doer and deed. */
export const PRESENCE: ReadonlySet<string> = new Set([
	'参加',
	'出席',
	'到场',
	'参会',
	'与会',
	'列席',
	'来自',
	'包括',
	'分别',
	'还有',
]);
