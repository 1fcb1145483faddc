import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';
import { z } from 'zod';
import { UsageError } from './errors.js';
import type { LlmSettings } from './llm/types.js';
import type { ClusterSettings } from './opensearch/types.js';

/** The package's own folder: bundled seeds, prompts and models lie under it. */
export const PACKAGE_ROOT = fileURLToPath(new URL('..', import.meta.url));

const flag = z
	.enum(['0', '1', 'true', 'false', ''])
	.optional()
	.transform((value) => value === '1' || value === 'true');
const address = z.url({ protocol: /^https?$/ }).optional();

/** fetch refuses addresses that hold a user or a password, and prints them: the key has a setting of its own. */
const plainAddress = z
	.url({ protocol: /^https?$/ })
	.refine((text) => URL.canParse(text) && new URL(text).username === '' && new URL(text).password === '');

/** One address or several, the same user and password in front of each or of one. */
const addresses = z
	.string()
	.transform((text) =>
		text
			.split(',')
			.map((part) => part.trim())
			.filter((part) => part !== ''),
	)
	.pipe(z.array(z.url({ protocol: /^https?$/ })));

/** Each becomes part of ids in the cluster. */
const names = z
	.string()
	.transform((text) => [...new Set(text.split(',').map((part) => part.trim()))])
	.pipe(z.array(z.string().regex(/^[a-z0-9][a-z0-9_-]{0,63}$/)).min(1));

const schema = z.object({
	TELEGRAM_BOT_TOKEN: z.string().min(1).optional(),
	TELEGRAM_API_ROOT: address,
	WENQU_ADMINS: z
		.string()
		.regex(/^\s*(?:\d+\s*(?:[,，\s]\s*\d+\s*)*)?$/u)
		.optional()
		.transform((text) => (text?.match(/\d+/gu) ?? []).map(Number)),
	WENQU_TELEGRAM_ALLOW: z
		.string()
		.regex(/^[-\d\s,，]*$/u)
		.optional()
		.transform((text) => (text?.match(/-?\d+/gu) ?? []).map(Number)),
	WENQU_WEBHOOK_URL: z.url({ protocol: /^https?$/ }).optional(),
	WENQU_WEBHOOK_PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
	WENQU_WEBHOOK_SECRET: z
		.string()
		.regex(/^[\w-]{16,256}$/u)
		.optional(),
	WENQU_SEEDS: z.string().min(1).optional(),
	WENQU_INDEX: z.string().min(1).optional(),
	WENQU_MODEL_DIR: z.string().min(1).optional(),
	WENQU_DATA: z.string().min(1).optional(),
	WENQU_OFFLINE: flag,
	HF_ENDPOINT: address,
	WENQU_PROMPTS: z.string().min(1).optional(),
	WENQU_LLM: flag,
	WENQU_LLM_URL: plainAddress.optional(),
	WENQU_LLM_MODEL: z.string().trim().min(1).optional(),
	WENQU_LLM_KEY: z
		.string()
		.regex(/^[\x21-\x7e]+$/u)
		.optional(),
	WENQU_OPENSEARCH_URL: addresses.optional(),
	WENQU_OPENSEARCH_USER: z.string().min(1).optional(),
	WENQU_OPENSEARCH_PASSWORD: z.string().min(1).optional(),
	WENQU_OPENSEARCH_CA: z.string().min(1).optional(),
	WENQU_OPENSEARCH_CERT: z.string().min(1).optional(),
	WENQU_OPENSEARCH_KEY: z.string().min(1).optional(),
	WENQU_OPENSEARCH_SHARDS: z.coerce.number().int().min(1).max(1024).default(1),
	WENQU_NAMESPACE: names.default(['default']),
	WENQU_LLM_TIMEOUT: z.coerce.number().int().min(1).max(600).default(40),
	WENQU_LLM_REPLY_TOKENS: z.coerce.number().int().min(50).max(100_000).default(1200),
	WENQU_LLM_DAILY_TOKENS: z.coerce.number().int().min(0).default(500_000),
});

/** What each variable must look like, for the line that names a wrong one. */
const EXPECTED: Readonly<Record<string, string>> = {
	TELEGRAM_API_ROOT: '应为 http(s) 网址',
	HF_ENDPOINT: '应为 http(s) 网址',
	WENQU_ADMINS: '应为 Telegram 用户编号，多个用逗号隔开',
	WENQU_TELEGRAM_ALLOW: '应为 Telegram 用户或群的编号，多个用逗号隔开',
	WENQU_WEBHOOK_URL: '应为 https 网址',
	WENQU_WEBHOOK_PORT: '应为端口号',
	WENQU_WEBHOOK_SECRET: '应为 16 到 256 个字母、数字、下划线或连字符',
	WENQU_OFFLINE: '应为 0 或 1',
	WENQU_LLM: '应为 0 或 1',
	WENQU_LLM_URL: '应为 http(s) 网址，不含用户名和密码（密钥用 WENQU_LLM_KEY）',
	WENQU_LLM_KEY: '应为不含空格的英文字母、数字和符号',
	WENQU_OPENSEARCH_URL: '应为 http(s) 网址，几个节点用逗号隔开',
	WENQU_OPENSEARCH_SHARDS: '应为 1 到 1024 的整数',
	WENQU_NAMESPACE: '应由小写字母、数字、- 和 _ 组成，几个用逗号隔开',
	WENQU_LLM_TIMEOUT: '应为 1 到 600 秒',
	WENQU_LLM_REPLY_TOKENS: '应为 50 到 100000',
	WENQU_LLM_DAILY_TOKENS: '应为不小于 0 的整数',
};

/** Everything that can be set, parsed once and passed on. Paths are absolute. */
export interface Settings {
	readonly seedsDir: string;
	/** The bundled issues stand in because the current folder has none. */
	readonly seedsAreBundled: boolean;
	readonly indexDir: string;
	readonly dataDir: string;
	readonly modelDir: string;
	readonly offline: boolean;
	readonly hubEndpoint: string | null;
	/** The cluster that keeps the index; null: files of this machine do. */
	readonly cluster: ClusterSettings | null;
	/** Folders that prompts are looked for in, the user's own first. */
	readonly promptFolders: readonly string[];
	/** The language model; null: none is asked. */
	readonly llm: LlmSettings | null;
	readonly telegram: {
		readonly token: string | null;
		readonly apiRoot: string | null;
		readonly admins: readonly number[];
		/** Users and groups that may ask; empty: everybody. */
		readonly allowed: readonly number[];
		/** Null: updates are polled for. */
		readonly webhook: { readonly url: string; readonly port: number; readonly secret: string } | null;
	};
}

/** The flags that every command takes. */
export interface Flags {
	readonly seeds?: string | undefined;
	readonly index?: string | undefined;
	readonly data?: string | undefined;
	/** Ask the language model, or do not, whatever WENQU_LLM says. */
	readonly llm?: boolean | undefined;
}

function cacheFolder(env: NodeJS.ProcessEnv): string {
	if (env['XDG_CACHE_HOME']) return env['XDG_CACHE_HOME'];
	return process.platform === 'win32' && env['LOCALAPPDATA'] ? env['LOCALAPPDATA'] : join(homedir(), '.cache');
}

function webhookOf(set: z.infer<typeof schema>): Settings['telegram']['webhook'] {
	const url = set.WENQU_WEBHOOK_URL;
	const secret = set.WENQU_WEBHOOK_SECRET;
	if (!url) return null;
	// Without a secret anybody who finds the address could speak in anybody's name.
	if (!secret)
		throw new UsageError(
			`用了 WENQU_WEBHOOK_URL，还要设置 WENQU_WEBHOOK_SECRET，${EXPECTED['WENQU_WEBHOOK_SECRET']}。`,
		);
	return { url, port: set.WENQU_WEBHOOK_PORT, secret };
}

/** Off unless it is asked for: an address that lies in `.env` changes no answer by itself. */
function llmOf(set: z.infer<typeof schema>, asked: boolean): LlmSettings | null {
	if (!asked) return null;
	if (!set.WENQU_LLM_URL) throw new UsageError('要用语言模型，请先把 WENQU_LLM_URL 设为它的网址。');
	return {
		url: set.WENQU_LLM_URL,
		model: set.WENQU_LLM_MODEL ?? null,
		key: set.WENQU_LLM_KEY ?? null,
		timeoutMs: set.WENQU_LLM_TIMEOUT * 1000,
		replyTokens: set.WENQU_LLM_REPLY_TOKENS,
		dailyTokens: set.WENQU_LLM_DAILY_TOKENS,
	};
}

/** User and password may stand in the address; they are taken out of it before anything can print it. */
function clusterOf(set: z.infer<typeof schema>, cwd: string): ClusterSettings | null {
	const urls = (set.WENQU_OPENSEARCH_URL ?? []).map((text) => new URL(text));
	if (urls.length === 0) return null;
	const named = urls.find(({ username }) => username !== '');
	const name = set.WENQU_OPENSEARCH_USER ?? (named ? decodeURIComponent(named.username) : undefined);
	const password = set.WENQU_OPENSEARCH_PASSWORD ?? (named ? decodeURIComponent(named.password) : '');
	for (const url of urls) url.username = url.password = '';
	const { WENQU_OPENSEARCH_CERT: file, WENQU_OPENSEARCH_KEY: key, WENQU_OPENSEARCH_CA: authority } = set;
	if ((file === undefined) !== (key === undefined))
		throw new UsageError('WENQU_OPENSEARCH_CERT 和 WENQU_OPENSEARCH_KEY 要一起设置。');
	return {
		urls: urls.map(String),
		user: name === undefined ? null : { name, password },
		authority: authority === undefined ? null : resolve(cwd, authority),
		certificate: file === undefined || key === undefined ? null : { file: resolve(cwd, file), key: resolve(cwd, key) },
		namespaces: set.WENQU_NAMESPACE,
		shards: set.WENQU_OPENSEARCH_SHARDS,
	};
}

/** Reads flags, then the environment, then `.env` of the current folder. Throws a UsageError that names a wrong value. */
export function readSettings(
	flags: Flags,
	env: NodeJS.ProcessEnv = process.env,
	cwd: string = process.cwd(),
): Settings {
	const file = join(cwd, '.env');
	const written = existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {};
	const parsed = schema.safeParse({ ...written, ...env });
	if (!parsed.success) {
		const name = String(parsed.error.issues[0]?.path[0] ?? '');
		throw new UsageError(`设置 ${name} 的值不对：${EXPECTED[name] ?? '不能为空'}。`);
	}
	const set = parsed.data;
	const own = resolve(cwd, flags.seeds ?? set.WENQU_SEEDS ?? 'seeds');
	const bundled = join(PACKAGE_ROOT, 'seeds');
	const seedsAreBundled = flags.seeds === undefined && set.WENQU_SEEDS === undefined && !existsSync(own);
	return {
		seedsDir: seedsAreBundled ? bundled : own,
		seedsAreBundled,
		indexDir: resolve(cwd, flags.index ?? set.WENQU_INDEX ?? 'index'),
		dataDir: resolve(cwd, flags.data ?? set.WENQU_DATA ?? 'data'),
		modelDir: resolve(cwd, set.WENQU_MODEL_DIR ?? join(cacheFolder(env), 'wenqu', 'models')),
		offline: set.WENQU_OFFLINE,
		hubEndpoint: set.HF_ENDPOINT ?? null,
		cluster: clusterOf(set, cwd),
		promptFolders: [
			...(set.WENQU_PROMPTS === undefined ? [] : [resolve(cwd, set.WENQU_PROMPTS)]),
			join(PACKAGE_ROOT, 'prompts'),
		],
		llm: llmOf(set, flags.llm ?? set.WENQU_LLM),
		telegram: {
			token: set.TELEGRAM_BOT_TOKEN ?? null,
			apiRoot: set.TELEGRAM_API_ROOT ?? null,
			admins: set.WENQU_ADMINS,
			allowed: set.WENQU_TELEGRAM_ALLOW,
			webhook: webhookOf(set),
		},
	};
}
