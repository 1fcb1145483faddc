/** Words that stand in every report or every question and find nothing. */
const WORDS =
	'的 了 在 是 和 与 及 或 把 被 从 等 都 也 还 就 才 只 又 很 最 更 没 不 于 之 其 此 这 那 我 你 他 她 它 们 我们 你们 他们 她们 它们 这个 那个 这些 那些 这里 那里 ' +
	'一个 一些 以及 并 并且 而 而且 但 但是 因为 所以 由于 如果 则 若 虽然 即 将 会 可 可以 能 能够 要 让 使 对 对于 关于 为 为了 以 向 到 由 给 跟 同 ' +
	'吗 呢 吧 啊 呀 哦 嘛 啦 么 什么 怎么 怎样 怎么样 如何 为什么 为何 为啥 谁 哪 哪个 哪些 哪里 哪儿 哪位 哪几 哪一 何时 何处 何人 多少 几 几个 几位 几名 ' +
	'什么样 什么时候 什么地方 啥 请问 请 告诉 知道 是否 有没有 是不是 分别 具体 一共 总共 到底 究竟 有 没有 个 名 位 年 月 日 中 上 下 里 后 前 时 说 称 着 过 地 得 所 ' +
	'the a an of to in on and or for is are was were be with by at as it this that from';

/** Characters of which a pair says nothing: `的是`, `了在`. */
const CHARACTERS =
	'的了在是和与及或把被从等都也还就才只又很最更没不于之其此这那我你他她它们并而但因所则若虽即将会可能要让使对为以向到由给吗呢吧啊呀么什怎谁哪几何请啥有个着过地得';

export const STOP_WORDS: ReadonlySet<string> = new Set(WORDS.split(' '));
export const STOP_CHARACTERS: ReadonlySet<string> = new Set(CHARACTERS);
