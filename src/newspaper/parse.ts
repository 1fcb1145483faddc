import { piecesOf } from './asides.js';
import type { Draft, PlacedLine } from './draft.js';
import { draftsOf } from './drafts.js';
import { endsSentence } from './forms.js';
import { gapsBetween } from './gaps.js';
import { headlineText, oneLine } from './headline-block.js';
import type { Article, IssueFile, ParsedIssue, Part } from './types.js';

/** What the parser wants to know of a file. */
export type IssueText = Pick<IssueFile, 'file' | 'text' | 'issueDate'>;

/**
 * Takes the articles out of an issue file. Every unit of the file is in exactly one article or gap.
 * Never throws, whatever the text; time grows with the length of the file.
 *
 * @example
 * parseIssue({ file: '2024-09-28.txt', text: '## 图书馆开馆\n\n昨日,…', issueDate: '2024-09-28' }).articles[0]?.headline
 */
export function parseIssue(issue: IssueText): ParsedIssue {
	const articles: Article[] = [];
	for (const draft of draftsOf(issue.text)) {
		const article = articleOf(draft, issue);
		if (article) articles.push(article);
	}
	return {
		file: issue.file,
		issueDate: issue.issueDate,
		articles,
		gaps: gapsBetween(articles, issue.text),
	};
}

function articleOf(draft: Draft, issue: IssueText): Article | null {
	const lines = withoutPageFooter(draft.lines);
	const first = lines[0];
	const last = lines.at(-1);
	if (!first || !last) return null;
	const main = draft.block?.main;
	const headline = draft.block ? headlineText(draft.block) : '';
	const lead = main ? null : leadOf(lines, issue.text);
	return {
		file: issue.file,
		issueDate: issue.issueDate,
		start: first.line.start,
		end: last.line.to,
		headline: headline !== '' ? headline : oneLine(lead ? issue.text.slice(lead.start, lead.end) : first.line.text),
		headlineRange: main ? { start: main.from, end: main.to } : (lead ?? { start: first.line.from, end: first.line.to }),
		parts: lines.flatMap((placed, n) => partsOf(placed, isTorn(lines[n - 1]), issue.text)),
	};
}

/** The foot of the page below a report is no part of it. */
function withoutPageFooter(lines: readonly PlacedLine[]): readonly PlacedLine[] {
	let end = lines.length;
	while (end > 0 && lines[end - 1]?.line.form === 'footer') end--;
	return lines.slice(0, end);
}

/** A report without a headline is called by its first clause. */
function leadOf(lines: readonly PlacedLine[], text: string): { start: number; end: number } | null {
	const placed = lines.find(({ kind }) => kind === 'paragraph');
	if (!placed) return null;
	const head = text.slice(placed.line.from, Math.min(placed.line.to, placed.line.from + 200));
	const skip = /^(?:本报讯\s*)?(?:[(（][^（）()]{0,40}[)）]\s*)?/u.exec(head)?.[0].length ?? 0;
	const clause = /^[^。！？!?；;]{1,40}/u.exec(head.slice(skip))?.[0] ?? head.slice(skip, skip + 40);
	return { start: placed.line.from + skip, end: placed.line.from + skip + clause.length };
}

/** A piece of a sentence that was taken for a headline at first: what comes goes on with it. */
function isTorn(before: PlacedLine | undefined): boolean {
	return before?.kind === 'paragraph' && before.line.form === 'title' && !endsSentence(before.line.text);
}

function partsOf({ line, kind }: PlacedLine, torn: boolean, text: string): readonly Part[] {
	if (kind !== 'paragraph') return [{ start: line.from, end: line.to, kind, continues: false }];
	let open = line.continues || torn;
	return piecesOf(text.slice(line.from, line.to), line.from).map((piece): Part => {
		if (piece.kind !== 'paragraph') return { ...piece, continues: false };
		const part: Part = { ...piece, continues: open };
		open = !endsSentence(text.slice(piece.start, piece.end).trimEnd());
		return part;
	});
}
