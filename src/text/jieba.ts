import { Jieba } from '@node-rs/jieba';
import { dict } from '@node-rs/jieba/dict.js';

let shared: Jieba | undefined;

/** The word segmenter, its dictionary read once when first needed (some 200 ms). */
export function jieba(): Jieba {
	shared ??= Jieba.withDict(dict);
	return shared;
}
