import { z } from 'zod';
import { InputError } from '../errors.js';

const line = z.object({
	id: z.string(),
	kind: z.string(),
	q: z.string().min(1),
	all: z.array(z.string()).default([]),
	none: z.array(z.string()).default([]),
	source: z.string().optional(),
	sources: z.array(z.string()).optional(),
	refuse: z.boolean().optional(),
	turns: z.array(z.string()).optional(),
});

/** A question with what a right answer holds and which article it stands in. */
export type Gold = z.infer<typeof line>;

/** Reads a gold set, one JSON object a line. Throws an InputError that names the first bad line. */
export function parseGold(text: string): readonly Gold[] {
	return text.split('\n').flatMap((row, n) => {
		if (row.trim() === '') return [];
		const parsed = line.safeParse(jsonOrNull(row));
		if (!parsed.success)
			throw new InputError(
				`题库第 ${n + 1} 行不合格式：${parsed.error.issues[0]?.path.join('.') || '不是 JSON'}。每行应有 id、kind、q 和 all。`,
			);
		return [parsed.data];
	});
}

function jsonOrNull(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}
