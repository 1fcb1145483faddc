import { createHash } from 'node:crypto';

/** The one embedding model: weights, and how text goes in and vectors come out. */
export const MODEL_NAME = 'bge-small-zh-v1.5';
export const DIMENSION = 512;
/** Asked of questions only, as the model was trained; passages go in bare. */
export const QUESTION_PREFIX = '为这个句子生成表示以用于检索相关文章：';
export const MOST_TOKENS = 512;

/** The weights, quantised to eight bits. Their checksum is compared before they are ever loaded. */
export const WEIGHTS = {
	path: 'onnx/model_quantized.onnx',
	size: 24_010_842,
	sha256: '15b717c382bcb518ba457b93ea6850ede7f4f1cd8937454aa06972366cd19bcc',
} as const;

/** The tokenizer as `canonicalTokenizer` writes it, whatever source its vocabulary came from. */
export const TOKENIZER = {
	path: 'tokenizer.json',
	/** What a source sends is about this long; for the progress bar only. */
	size: 439_125,
	sha256: '0bd2bdc0b1dcb9948db56c534a400ad8180fa726a55026849480cad940c74414',
} as const;

/** The files that are fetched, with what they must be; tests put small ones in their place. */
export interface ModelFiles {
	readonly weights: { readonly path: string; readonly size: number; readonly sha256: string };
	readonly tokenizer: { readonly path: string; readonly size: number; readonly sha256: string };
}

export const MODEL_FILES: ModelFiles = { weights: WEIGHTS, tokenizer: TOKENIZER };

/** Names everything that decides a vector. Vectors of another id are never compared with these. */
export const MODEL_ID = `${MODEL_NAME}-int8 cls normalised 512 ${createHash('sha256')
	.update([WEIGHTS.sha256, TOKENIZER.sha256, QUESTION_PREFIX, MOST_TOKENS].join('\n'))
	.digest('hex')
	.slice(0, 12)}`;

/** Small files that the runtime wants beside the weights; the same for every source, so they are written, not fetched. */
export const WRITTEN_FILES: Readonly<Record<string, string>> = {
	'config.json': JSON.stringify({
		architectures: ['BertModel'],
		model_type: 'bert',
		hidden_size: DIMENSION,
		num_hidden_layers: 4,
		num_attention_heads: 8,
		intermediate_size: 2048,
		max_position_embeddings: MOST_TOKENS,
		type_vocab_size: 2,
		vocab_size: 21_128,
		pad_token_id: 0,
	}),
	'tokenizer_config.json': JSON.stringify({
		tokenizer_class: 'BertTokenizer',
		cls_token: '[CLS]',
		mask_token: '[MASK]',
		pad_token: '[PAD]',
		sep_token: '[SEP]',
		unk_token: '[UNK]',
		model_max_length: MOST_TOKENS,
		do_lower_case: false,
		strip_accents: null,
		tokenize_chinese_chars: true,
	}),
};
