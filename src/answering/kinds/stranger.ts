import { differsInOne } from '../../store/resembling.js';
import type { Store } from '../../store/store.js';
import { isDictionaryWord } from '../../text/dictionary.js';
import { jieba } from '../../text/jieba.js';
import { nameLengthAt, occurrencesIn } from '../../text/names.js';
import { soundingLike } from '../../text/sounds.js';

/** The name that a question like `张三是谁` asks about, whether the issues hold it or not; null where it holds none. */
export function askedName(text: string): string | null {
	const evidence = occurrencesIn(text);
	// `某某干嘛的` leaves the 是 out.
	const plain = text.replace(/^(?:请问|那|那么|你知道)[，,]?/u, '').replace(/是?(?=干(?:什么|啥|嘛)的)/u, '是');
	const length = opensWithVerb(plain) ? 0 : nameLengthAt(plain, 0, evidence);
	if (
		length > 0 &&
		// 李军|卸任 is no 李军卸 who 任.
		!isDictionaryWord(plain.slice(length - 1, length + 1)) &&
		/^(?:同志|先生|女士)?(?:是|的|担任|今年|什么|现任|任|有|在|做|去|参加|出席|干(?:什么|啥|嘛))/u.test(
			plain.slice(length),
		)
	)
		return plain.slice(0, length);
	return null;
}

/** `来云州参加…的` begins with a surname only by its looks. */
function opensWithVerb(text: string): boolean {
	const [verb, place] = jieba().tag(text);
	return verb?.word.length === 1 && /^[vp]/u.test(verb.tag) && place?.tag === 'ns';
}

/** So many articles have few enough names to listen to each. */
const LISTENED = 100_000;

/** Names of the index that one asked for may be meant for: those that sound the same, then those that differ in one character. */
export async function similarNames(name: string, store: Store): Promise<readonly string[]> {
	const written = (await store.peopleLike(name)).filter((other) => differsInOne(other, name));
	const all = store.counts.articles <= LISTENED ? await store.people() : written;
	const heard = await soundingLike(name, all);
	return [...new Set([...heard, ...written])].slice(0, 3);
}
