import type { ArticleReading, ReadingLine } from '../newspaper/types.js';
import { fileRange, type Range } from '../text/mapped.js';
import { nameLengthAt, type Occurrences, occurrencesIn, partRun } from '../text/names.js';
import { sentencesOf } from '../text/sentences.js';
import { ENDS_WITH_TITLE, partTitle } from '../text/titles.js';
import { findMentions, type Mention, sameList } from './mentions.js';
import { rolesOf } from './roles.js';
import type { PersonFact, Role } from './types.js';

interface Sighting {
	readonly name: string;
	readonly title: string | null;
	readonly roles: readonly Role[];
	readonly range: Range;
	readonly proof: Range;
	/** Whether the sentence says that somebody is at an event. */
	readonly atEvent: boolean;
}

const RUN = /^([\p{Script=Han}\s]{2,60}?)(?:等)?(?:分别|共同)?(出席|参加|主持|列席|致辞|讲话|调研|陪同|见证)/u;
const OPEN =
	/等(?:[^，。；、]{0,14}(?:领导|同志|人员?|嘉宾|代表|负责人|专家))?[^，。；]{0,6}(?:出席|参加|列席|参会|陪同|到场|与会|见证)|(?:负责同志|负责人|相关领导|有关领导|有关人员|代表|家长|嘉宾|学生|群众|居民)[^，。；]{0,14}(?:出席|参加|参会|列席|到场|与会)/u;

/** The people whom an article has take part, in order of first mention, and whether its own list is left open. */
export function attendanceOf(reading: ArticleReading): {
	readonly people: readonly PersonFact[];
	readonly listIsOpen: boolean;
} {
	const article = occurrencesIn(reading.lines.map((line) => line.text.text).join('\n'));
	const sightings: Sighting[] = [];
	const listed = new Set<string>();
	for (const line of reading.lines) {
		if (line.kind === 'footer' || line.kind === 'byline' || line.kind === 'caption' || line.kind === 'table') continue;
		if (line.kind === 'paragraph') {
			sightings.push(...paragraphSightings(line, article), ...profileSightings(line, article));
			continue;
		}
		const run = runSightings(line, article);
		for (const { name } of run) listed.add(name);
		sightings.push(...run, ...namedSightings(line, article));
	}
	const listIsOpen = reading.lines.some((line) => line.kind === 'paragraph' && OPEN.test(line.text.text));
	return {
		people: merge(sightings.map((one) => (listed.size < 2 || isOfEvent(one, listed) ? one : { ...one, roles: [] }))),
		listIsOpen,
	};
}

/** Verbs of being at the event itself. */
const AT_EVENT = /出席|参加|列席|陪同|主持|参会|与会|到会|到场|座谈|签|致辞|讲话|发言|点评|汇报|介绍/u;

/** Where the paper gives a line of who was there, others need a sentence that says so too: `在访期间，甲与乙交流` does not. */
function isOfEvent(one: Sighting, listed: ReadonlySet<string>): boolean {
	return listed.has(one.name) || one.roles.length !== 1 || one.atEvent;
}

function paragraphSightings(line: ReadingLine, article: Occurrences): Sighting[] {
	const { text } = line.text;
	return sentencesOf(text).flatMap(({ start, end }) => {
		const mentions = findMentions(text, start, end, article);
		const proof = fileRange(line.text, start, end);
		return groups(text, mentions).flatMap((group, n, all) => {
			const first = group[0];
			const last = group.at(-1);
			if (!first || !last) return [];
			const next = all[n + 1]?.[0];
			const previous = all[n - 1]?.at(-1);
			const roles = rolesOf({
				before: text.slice(previous?.end ?? start, first.start),
				after: text.slice(last.end, next?.titleStart ?? end),
				named: group.length > 2 || group.some((mention) => mention.title !== null),
			});
			return group.map((mention) => sighting(mention, line, roles, proof, AT_EVENT.test(text.slice(start, end))));
		});
	});
}

function sighting(mention: Mention, line: ReadingLine, roles: readonly Role[], proof: Range, atEvent = true): Sighting {
	return {
		name: mention.name,
		title: mention.title,
		roles,
		range: fileRange(line.text, mention.start, mention.end),
		proof,
		atEvent,
	};
}

/** `张小娜是中街社区党总支书记、居委会主任。`: who somebody is, which is no taking part. */
function profileSightings(line: ReadingLine, article: Occurrences): Sighting[] {
	const { text } = line.text;
	const found: Sighting[] = [];
	for (const match of text.matchAll(
		/(?<=^|[，,。；：“”\s])(\p{Script=Han}{2,4})(?:是|系|现任|担任|时任)([^，,。；！？]{3,30}?)(?=[，,。；])(?:[，,]也是([^，,。；！？]{3,30})(?=[，,。；]))?/gu,
	)) {
		const name = match[1] ?? '';
		const titles = [match[2], match[3]].filter((title) => title !== undefined && ENDS_WITH_TITLE.test(title));
		if (titles.length === 0 || nameLengthAt(`${name}，`, 0, article) !== name.length) continue;
		const sentence = sentencesOf(text).find(({ start, end }) => start <= match.index && match.index < end);
		if (!sentence) continue;
		const range = fileRange(line.text, match.index, match.index + name.length);
		found.push({
			name,
			title: titles.join('、'),
			roles: [],
			range,
			proof: fileRange(line.text, sentence.start, sentence.end),
			atEvent: true,
		});
	}
	return found;
}

/** Names with titles in headline lines (`区人大代表张小娜：`): known, but not as taking part. */
function namedSightings(line: ReadingLine, article: Occurrences): Sighting[] {
	const { text } = line.text;
	const proof = fileRange(line.text, 0, text.length);
	return findMentions(text, 0, text.length, article)
		.filter((mention) => mention.title !== null)
		.map((mention) => sighting(mention, line, [], proof));
}

/** Mentions that share one verb: nothing but list glue between them. */
function groups(text: string, mentions: readonly Mention[]): Mention[][] {
	const grouped: Mention[][] = [];
	for (const mention of mentions) {
		const group = grouped.at(-1);
		const last = group?.at(-1);
		if (group && last && sameList(text.slice(last.end, mention.titleStart))) group.push(mention);
		else grouped.push([mention]);
	}
	return grouped;
}

/** `孟景伟霍学文郑皓参加`: names of a line by themselves, run together or parted by spaces. */
function runSightings(line: ReadingLine, article: Occurrences): Sighting[] {
	const { text } = line.text;
	const found: Sighting[] = [];
	for (const piece of text.matchAll(/\S+(?:\s+\S+)*/gu)) {
		for (const part of piece[0].split(/(?<=出席|参加|点评|主持|讲话|致辞)\s+/u)) {
			const match = RUN.exec(part);
			const names = match?.[1] ?? '';
			const verb = match?.[2] ?? '';
			const base = piece.index + piece[0].indexOf(part);
			let at = 0;
			const spans = names.split(/[\s、]/u).map((run) => {
				const start = names.indexOf(run, at);
				at = start + run.length;
				return (
					(run ? partRun(run, article) : [])?.map((n) => ({
						start: base + start + n.start,
						end: base + start + n.end,
					})) ?? null
				);
			});
			if (!verb || spans.some((span) => span === null)) continue;
			const roles: Role[] =
				verb === '主持' ? ['attend', 'chair'] : verb === '致辞' || verb === '讲话' ? ['attend', 'speak'] : ['attend'];
			const proof = fileRange(line.text, base, base + part.length);
			for (const span of spans.flat()) {
				if (span)
					found.push({
						name: text.slice(span.start, span.end),
						title: null,
						roles,
						range: fileRange(line.text, span.start, span.end),
						proof,
						atEvent: true,
					});
			}
		}
	}
	return found;
}

/** One fact for each name: the fullest title, all roles, and the place that proves most. */
function merge(sightings: readonly Sighting[]): PersonFact[] {
	const byName = new Map<string, Sighting[]>();
	for (const one of sightings) {
		const seen = byName.get(one.name);
		if (seen) seen.push(one);
		else byName.set(one.name, [one]);
	}
	return [...byName].map(([name, seen]) => {
		const titled = seen.filter((one) => one.title).sort((a, b) => (b.title?.length ?? 0) - (a.title?.length ?? 0))[0];
		const order: readonly Role[] = ['attend', 'chair', 'speak', 'sign', 'accompany'];
		const roles = order.filter((role) => seen.some((one) => one.roles.includes(role)));
		const best = titled ?? seen[0];
		if (!best) throw new TypeError('a name without a sighting');
		const parted = titled?.title ? partTitle(titled.title) : { organisation: null, title: null };
		return { name, title: parted.title, organisation: parted.organisation, roles, proof: best.proof, ...best.range };
	});
}
