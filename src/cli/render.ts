import type { Answer, Citation, Explanation } from '../answering/types.js';
import { safe, type Terminal } from './terminal.js';

const QUOTE_LIMIT = 220;

/** An answer for a person: the answer, unless it was shown already, then each source with its quote. */
export function renderAnswer(answer: Answer, terminal: Terminal, isShown = false): string {
	const { colour } = terminal;
	const lines = isShown ? [] : [colour.bold(safe(answer.answer))];
	if (answer.understood) lines.unshift(colour.dim(`（理解为：${safe(answer.understood)}）`));
	if (answer.llm?.note) lines.push(colour.dim(`（${safe(answer.llm.note)}）`));
	answer.citations.slice(0, 6).forEach((citation, n) => {
		lines.push('', `${colour.cyan(`[${n + 1}]`)} ${source(citation, terminal)}`);
		if (answer.status === 'answered') lines.push(`    ${colour.dim('“')}${quoted(citation.quote)}${colour.dim('”')}`);
	});
	if (answer.citations.length > 6) lines.push('', colour.dim(`另有 ${answer.citations.length - 6} 处出处。`));
	if (answer.explain) lines.push('', ...explained(answer.explain).map((line) => colour.dim(safe(line))));
	return lines.join('\n');
}

function explained({ prompts, llm }: Explanation): readonly string[] {
	const files = Object.entries(prompts).map(([file, hash]) => `${file} ${hash}`);
	const lines = [`措辞：${files.join('，')}`];
	if (!llm) return lines;
	const dropped = Object.entries(llm.dropped).map(([reason, count]) => `${reason} ${count}`);
	const cost = llm.cached ? '取自缓存' : `用量 ${llm.tokens}`;
	lines.push(`语言模型：采用 ${llm.kept} 句，舍去 ${dropped.join('，') || '0'} 句，${cost}`);
	return lines;
}

function source(citation: Citation, terminal: Terminal): string {
	const place = `${citation.file}:${citation.start}-${citation.end}`;
	return `${citation.issueDate ? `${citation.issueDate} ` : ''}《${safe(citation.headline)}》 ${terminal.colour.dim(safe(place))}`;
}

/** A quote on one line, cut in the middle when it is long. */
function quoted(quote: string): string {
	const line = safe(quote.replace(/\s*\n\s*/gu, ''));
	if (line.length <= QUOTE_LIMIT) return line;
	return `${line.slice(0, QUOTE_LIMIT * 0.7)}……${line.slice(-QUOTE_LIMIT * 0.25)}`;
}
