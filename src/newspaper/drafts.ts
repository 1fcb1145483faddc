import { classify, type Line } from './classify.js';
import { startsReport } from './cues.js';
import type { Draft } from './draft.js';
import { type HeadlineBlock, headlineBlock } from './headline-block.js';
import { bodyBefore, closes, HEAD, placeOf, resembling, told } from './places.js';
import type { PartKind } from './types.js';

/** More short lines than this in a row are a list, not headlines. */
const MOST_TITLES = 5;
/** Paragraphs of a report that are asked whom it names: at its end stand those who took part. */
const LAST_PARAGRAPHS = 5;

/** Puts the lines of a file together to reports; lines that belong to none are left out. */
export function draftsOf(text: string): readonly Draft[] {
	const lines = classify(text);
	const desk = new Desk(lines.filter((line) => line.level > 0).length >= 2);
	for (let i = 0; i < lines.length; ) {
		const line = lines[i];
		if (!line) break;
		if (isBody(line)) {
			desk.body(line);
			i++;
			continue;
		}
		let end = i;
		while (end < lines.length && !isBody(lines[end])) end++;
		desk.run(lines.slice(i, end), bodyFrom(lines, end));
		i = end;
	}
	return desk.drafts.filter((draft) => draft.lines.length > 0);
}

/** The line that a body begins with, with the text of what goes on with it: broken off, it tells too little. */
function bodyFrom(lines: readonly Line[], at: number): Line | undefined {
	const first = lines[at];
	if (first?.form !== 'body') return first;
	let text = first.text;
	for (let i = at + 1; text.length < HEAD; i++) {
		const line = lines[i];
		if (line?.form !== 'body' || (!line.continues && text.length >= HEAD / 4)) break;
		text += line.text;
	}
	return { ...first, text };
}

function isBody(line: Line | undefined): boolean {
	return line?.form === 'body' || line?.form === 'table';
}

class Desk {
	readonly drafts: Draft[] = [];
	private current: Draft | undefined;

	constructor(private readonly marked: boolean) {}

	body(line: Line): void {
		const kind = line.form === 'table' ? 'table' : 'paragraph';
		const begins = startsReport(line.text) && this.current?.lines.some(({ kind }) => kind === 'paragraph');
		if (!this.current || begins) this.open(null);
		this.place(line, kind);
	}

	/** Takes the short lines between two bodies; `next` is the first line of the body behind them. */
	run(run: readonly Line[], next: Line | undefined): void {
		const lines = resembling(run, next);
		let first = lines.findIndex(isTitle);
		while (first > 0 && this.leadsHeadline(lines[first - 1], next)) first--;
		const leading = first < 0 ? lines : lines.slice(0, first);
		for (const line of leading) if (this.current) this.place(line, ownKind(line));
		if (first < 0) {
			// A byline or an attendance line at the top of a file opens a report whose headline is still to come.
			if (!this.current && next) this.openWith(lines.filter((line) => line.form === 'byline'));
			return;
		}
		const rest = this.withoutMasthead(lines.slice(first), next);
		const groups = this.groupsOf(this.withoutList(this.withoutPictureNames(rest)), next);
		groups.forEach((group, n) => {
			const last = n === groups.length - 1;
			this.group(group, last ? next : undefined, last);
		});
	}

	/** People who took part, in front of a headline, belong to it when its report names them and the one before does not. */
	private leadsHeadline(line: Line | undefined, next: Line | undefined): boolean {
		if (line?.form !== 'attendance' || !next) return false;
		const behind = told([line], next.text.slice(0, HEAD));
		const before = this.current?.lines.filter(({ kind }) => kind === 'paragraph').slice(-LAST_PARAGRAPHS) ?? [];
		return behind > 0 && behind > told([line], before.map((placed) => placed.line.text.slice(0, HEAD)).join(''));
	}

	/** A paper's name with the date below it heads the page, not a report. */
	private withoutMasthead(lines: readonly Line[], next: Line | undefined): readonly Line[] {
		const date = lines.findIndex((line) => line.form === 'dateline');
		const rest = lines.slice(date + 1);
		const headed = rest.some((line) => line.form === 'title' || line.form === 'heading');
		return date > 0 && date <= 2 && headed && next && this.drafts.length === 0 ? rest : lines;
	}

	/** A few characters with a picture's room behind them, or below a table, name a picture of the report before. */
	private withoutPictureNames(lines: readonly Line[]): readonly Line[] {
		let names = 0;
		while (names + 1 < lines.length && this.current && this.namesPicture(lines[names], lines[names + 1])) names++;
		for (const line of lines.slice(0, names)) this.place(line, 'caption');
		return lines.slice(names);
	}

	private namesPicture(line: Line | undefined, next: Line | undefined): boolean {
		if (line?.form !== 'title' || !next || next.form === 'dateline') return false;
		const behind = this.current?.lines.at(-1)?.kind;
		return (
			(line.text.length <= 8 && next.apart) || (line.text.length <= 6 && (behind === 'table' || behind === 'caption'))
		);
	}

	/** Very many short lines are a list of the report before: only the last can head a new one. */
	private withoutList(lines: readonly Line[]): readonly Line[] {
		if (titlesOf(lines).length <= MOST_TITLES) return lines;
		const keep = lines.findLastIndex((line) => line.form === 'heading');
		const from = keep >= 0 && lines.length - keep <= MOST_TITLES ? keep : lines.length - 1;
		if (!this.current) this.openWith(lines.slice(0, 1));
		const listed = lines.slice(this.drafts.length === 1 && this.current?.lines.length === 1 ? 1 : 0, from);
		for (const line of listed) this.place(line, line.form === 'title' ? 'paragraph' : ownKind(line));
		return lines.slice(from);
	}

	/** Parts a run where one headline ends and the next begins: behind an attendance line, a caption, or its report. */
	private groupsOf(lines: readonly Line[], next: Line | undefined): readonly (readonly Line[])[] {
		const groups: Line[][] = [];
		let group: Line[] = [];
		lines.forEach((line, n) => {
			const before = group.at(-1);
			if (this.beginsBody(group, line, lines.length - n === 1 ? next : undefined)) {
				group.push({ ...line, form: 'body' });
				return;
			}
			const headed = group.some(isTitle);
			const ended = before && headed && (!isTitle(before) || this.endsHere(group, line, lines.length - n, next));
			if (isTitle(line) && ended) {
				groups.push(group);
				group = [];
			}
			group.push(line);
		});
		if (group.length > 0) groups.push(group);
		return groups;
	}

	/** Behind the people who took part comes the report: its first line, if torn, is as short as a headline. */
	private beginsBody(group: readonly Line[], line: Line, next: Line | undefined): boolean {
		if (line.form !== 'title' || next?.form !== 'body' || group.at(-1)?.form !== 'attendance') return false;
		const titles = titlesOf(group);
		if (titles.length === 0 || !/[，,]/u.test(line.text)) return false;
		return !this.current || !closes(titles, this.current, told(titles, line.text + next.text.slice(0, HEAD)));
	}

	/** Whether short lines head the report before them, and those behind them another. */
	private endsHere(group: readonly Line[], first: Line, left: number, next: Line | undefined): boolean {
		if (!this.current || group.length > MOST_TITLES || left > MOST_TITLES) return false;
		const head = next?.text.slice(0, HEAD) ?? '';
		if (!closes(group, this.current, told(group, head))) return false;
		const body = this.current.lines[bodyBefore(group, this.current)?.at ?? -1]?.line.text.slice(0, HEAD) ?? '';
		return first.form === 'heading' || told([first], head) > told([first], body);
	}

	private group(group: readonly Line[], next: Line | undefined, last: boolean): void {
		const titles = titlesOf(group);
		switch (placeOf({ group, titles, next, last, current: this.current, marked: this.marked })) {
			case 'opens':
				this.openWith(group);
				return;
			case 'closes':
				this.close(group, titles);
				return;
			case 'inside':
				for (const line of group) this.place(line, insideKind(line));
				return;
			case 'caption':
				for (const line of group) this.place(line, isTitle(line) ? 'caption' : ownKind(line));
				return;
		}
	}

	/** A headline behind its report: the paragraphs from where it is said again belong to it. */
	private close(group: readonly Line[], titles: readonly Line[]): void {
		const from = this.current;
		const at = from ? (bodyBefore(titles, from)?.at ?? 0) : 0;
		const moved = from?.lines.splice(at) ?? [];
		if (from && from.lines.length === 0) this.drafts.splice(this.drafts.indexOf(from), 1);
		this.openWith(group);
		this.current?.lines.unshift(...moved);
		this.current = undefined;
	}

	private openWith(group: readonly Line[]): void {
		const block = headlineBlock(titlesOf(group));
		this.open(block);
		for (const line of group) this.place(line, block ? kindIn(block, line) : ownKind(line));
	}

	private open(block: HeadlineBlock | null): void {
		this.current = { block, lines: [] };
		this.drafts.push(this.current);
	}

	private place(line: Line, kind: PartKind): void {
		this.current?.lines.push({ line, kind });
	}
}

function isTitle(line: Line): boolean {
	return line.form === 'heading' || line.form === 'title';
}

function titlesOf(lines: readonly Line[]): readonly Line[] {
	return lines.filter(isTitle);
}

function kindIn(block: HeadlineBlock, line: Line): PartKind {
	if (line === block.main) return 'headline';
	if (block.kickers.includes(line)) return 'kicker';
	return block.subtitles.includes(line) ? 'subtitle' : ownKind(line);
}

/** A short line inside a report: the rest of a sentence, or a section's name. */
function insideKind(line: Line): PartKind {
	if (!isTitle(line)) return ownKind(line);
	return line.behindOpen && line.level === 0 ? 'paragraph' : 'section';
}

/** What a line is in a report when nothing but its form tells. */
function ownKind(line: Line): PartKind {
	switch (line.form) {
		case 'attendance':
		case 'byline':
		case 'caption':
		case 'table':
			return line.form;
		case 'dateline':
			return 'byline';
		case 'tail':
		case 'footer':
			return 'footer';
		case 'heading':
		case 'title':
			return 'section';
		case 'body':
			return 'paragraph';
	}
}
