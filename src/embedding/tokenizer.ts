import { z } from 'zod';
import { ModelError } from '../errors.js';

const schema = z.object({ model: z.object({ vocab: z.record(z.string(), z.int().nonnegative()) }) });

const SPECIAL: readonly (readonly [number, string])[] = [
	[0, '[PAD]'],
	[100, '[UNK]'],
	[101, '[CLS]'],
	[102, '[SEP]'],
	[103, '[MASK]'],
];

/**
 * Writes a source's tokenizer anew from its vocabulary alone. Sources print the same tokenizer with other settings and
 * spacing; written in one way it has one checksum, and the same text has the same tokens wherever the model came from.
 */
export function canonicalTokenizer(json: string): string {
	const parsed = schema.safeParse(parse(json));
	if (!parsed.success) throw new ModelError('tokenizer.json 不是分词器文件。', { cause: parsed.error });
	const vocab = Object.fromEntries(Object.entries(parsed.data.model.vocab).sort(([, a], [, b]) => a - b));
	const special = (id: string, type: 'A' | 'B') => [
		...(type === 'A' ? [{ SpecialToken: { id: '[CLS]', type_id: 0 } }] : []),
		{ Sequence: { id: type, type_id: type === 'A' ? 0 : 1 } },
		{ SpecialToken: { id, type_id: type === 'A' ? 0 : 1 } },
	];
	return JSON.stringify({
		version: '1.0',
		truncation: null,
		padding: null,
		added_tokens: SPECIAL.map(([id, content]) => ({
			id,
			content,
			single_word: false,
			lstrip: false,
			rstrip: false,
			normalized: false,
			special: true,
		})),
		normalizer: {
			type: 'BertNormalizer',
			clean_text: true,
			handle_chinese_chars: true,
			strip_accents: null,
			lowercase: false,
		},
		pre_tokenizer: { type: 'BertPreTokenizer' },
		post_processor: {
			type: 'TemplateProcessing',
			single: special('[SEP]', 'A'),
			pair: [...special('[SEP]', 'A'), ...special('[SEP]', 'B')],
			special_tokens: {
				'[CLS]': { id: '[CLS]', ids: [101], tokens: ['[CLS]'] },
				'[SEP]': { id: '[SEP]', ids: [102], tokens: ['[SEP]'] },
			},
		},
		decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
		model: {
			type: 'WordPiece',
			unk_token: '[UNK]',
			continuing_subword_prefix: '##',
			max_input_chars_per_word: 100,
			vocab,
		},
	});
}

function parse(json: string): unknown {
	try {
		return JSON.parse(json);
	} catch {
		return null;
	}
}
