import { UsageError } from '../errors.js';

/** A file of prompts/: what it is for, the words it may fill in, what comes out, and its text. */
export interface Prompt {
	readonly purpose: string;
	/** Names that may stand between braces in the body. */
	readonly inputs: readonly string[];
	/** `text`, or an example of the JSON that a model must reply with. */
	readonly output: string;
	readonly body: string;
}

const FIELDS = ['purpose', 'inputs', 'output'] as const;

/** Reads the front matter (`purpose`, `inputs`, `output` between lines of `---`) and holds the body to it. */
export function parsePrompt(text: string, file: string): Prompt {
	const wrong = (what: string): UsageError => new UsageError(`措辞文件 ${file} ${what}。请改正，或换回原来的文件。`);
	const parts = /^\ufeff?---\r?\n([\s\S]*?)\r?\n---\r?\n([\s\S]*)$/u.exec(text);
	if (!parts) throw wrong('开头缺少两行 --- 之间的说明（purpose、inputs、output）');
	const fields = new Map(
		(parts[1] ?? '').split(/\r?\n/u).flatMap((line) => {
			const field = /^(\w+):\s*(.*?)\s*$/u.exec(line);
			return field ? [[field[1] ?? '', field[2] ?? ''] as const] : [];
		}),
	);
	const missing = FIELDS.filter((name) => !fields.has(name) || (name !== 'inputs' && fields.get(name) === ''));
	if (missing.length > 0) throw wrong(`开头的说明缺少 ${missing.join('、')}`);
	const inputs = (fields.get('inputs') ?? '').split(/[\s,，、]+/u).filter(Boolean);
	const body = (parts[2] ?? '').replaceAll('\r\n', '\n');
	const unknown = [...body.matchAll(/\{(\w+)\}/gu)].map((match) => match[1] ?? '').find((one) => !inputs.includes(one));
	if (unknown) throw wrong(`用了没有列在 inputs 里的 {${unknown}}`);
	return { purpose: fields.get('purpose') ?? '', inputs, output: fields.get('output') ?? '', body };
}
