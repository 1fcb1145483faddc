import { fullTitle } from '../../facts/full-title.js';
import type { PersonFact } from '../../facts/types.js';
import type { StoredArticle } from '../../store/types.js';
import { type Candidate, cite, type Desk } from '../desk.js';
import { answered, CitationList } from '../findings.js';
import type { AnswerItem, Finding, Query } from '../types.js';
import { countAsked } from '../understand.js';

/** Titles of people who are no leaders: left out when leaders are asked for. */
const NO_LEADER =
	/学生|学员|居民|村民|家长|选手|球员|队员|运动员|演员|歌手|志愿者|教师|老师|医生|医师|护士|职工|员工|工人|代表$|村医|主播|游客|市民|户主|业主|作家|学者|明星|影星|传承人|候选人/u;

/** Who took part in, chaired or spoke at the event of an article: the whole list, in the article's order. */
export function answerPeople(query: Query, candidate: Candidate, desk: Desk): Finding | null {
	const role = query.role ?? 'attend';
	const able = candidate.article.facts.people.filter((person) => person.roles.includes(role));
	const people = narrow(query, role === 'speak' ? byVerb(query, candidate, able) : able);
	// Fewer than the question counts: the text names them in a way that the grammar does not know.
	if (people.length === 0 || people.length < (countAsked(query.text) ?? 1)) return null;
	const citations = new CitationList();
	const items = people.map((person) => itemOf(person, candidate.article, citations));
	const names = people.map((person) => described(person)).join('，');
	const open = role === 'attend' && candidate.article.facts.listIsOpen && !narrowed(people, able);
	const short = names.length <= 100 + people.length * 3 ? names : people.map((person) => person.name).join('、');
	const key =
		role === 'chair'
			? 'chair'
			: role === 'speak'
				? 'speak'
				: people.length === 1 && !open
					? 'who_one'
					: open
						? 'who_open'
						: 'who';
	return answered(desk.wording.say(key, { names: short, count: people.length }), items, citations.all, !open);
}

function narrowed(people: readonly PersonFact[], all: readonly PersonFact[]): boolean {
	return people.length < all.length;
}

/** Title and name as a Chinese sentence has them: `北京银行党委书记、董事长霍学文`. */
export function described(person: PersonFact): string {
	return fullTitle(person) + person.name;
}

export function itemOf(person: PersonFact, article: StoredArticle, citations: CitationList): AnswerItem {
	return {
		text: person.name,
		title: person.title,
		organisation: person.organisation,
		roles: person.roles,
		citation: citations.add(cite(article, person.proof)),
	};
}

/** Keeps the side or the rank that the question asks for, where that leaves anybody. */
function narrow(query: Query, people: readonly PersonFact[]): readonly PersonFact[] {
	let kept = people;
	const side = /([\p{Script=Han}]{1,8}?)(?:方面|这边|一方|那边)/u.exec(query.text)?.[1];
	// 去武警那边 is a way, 武警那边来了谁 a side.
	if (side && !/两|双|[去到往来在]\p{Script=Han}+$/u.test(side)) {
		const tail = side.slice(-2);
		const sided = kept.filter((person) => fullTitle(person).includes(tail));
		if (sided.length > 0) kept = sided;
	}
	const holders = kept.filter((person) => isAskedFor(query.text, person));
	if (holders.length > 0) kept = ofPlace(query, holders);
	if (query.leadersOnly) {
		const leaders = kept.filter((person) => !person.title || !NO_LEADER.test(person.title));
		if (leaders.length > 0) kept = leaders;
	}
	return kept;
}

/** Of several in the office that is asked for, those of the place that the question names: `天津市是哪位副市长讲话`. */
function ofPlace({ insisted }: Query, holders: readonly PersonFact[]): readonly PersonFact[] {
	const own = holders.filter((person) => insisted.some((word) => fullTitle(person).includes(word)));
	return holders.length > 1 && own.length > 0 ? own : holders;
}

/** One is asked for by body or office: `省总工会是谁讲话`, `天津市是哪位副市长到场`. */
function isAskedFor(text: string, person: PersonFact): boolean {
	const office = /哪一?位(?:是)?(副?(?:省长|市长|区长|县长|镇长|部长|局长|主任|主席|院长|校长|会长|书记|行长))/u.exec(
		text,
	)?.[1];
	const body = /([\p{Script=Han}]{3})(?:方面|那边)?是(?:谁|哪一?位)(?!主持)/u.exec(text)?.[1];
	const title = fullTitle(person);
	if (office) return title.includes(office) && (office.startsWith('副') || !title.includes(`副${office}`));
	return body !== undefined && /[会局委院校司团府部办行社镇区县市厅处]$/u.test(body) && title.includes(body);
}

const SPEECH_VERBS = [
	'致辞',
	'致词',
	'讲话',
	'发言',
	'主讲',
	'演讲',
	'讲座',
	'报告',
	'汇报',
	'介绍',
	'通报',
	'点评',
	'表态',
	'授课',
	'宣读',
	'宣布',
	'讲解',
	'要求',
	'讲课',
];

/** Those who did what the question's own verb says (致辞, 讲话 …), where the sentences tell. */
function byVerb(query: Query, candidate: Candidate, people: readonly PersonFact[]): readonly PersonFact[] {
	const verb = SPEECH_VERBS.find(
		(one) => query.text.includes(one) || (one === '致辞' && /致.{0,3}辞/u.test(query.text)),
	);
	if (!verb) return people;
	const near = people.filter((person) => saysNear(candidate.body.text, person.name, verb === '致词' ? '致辞' : verb));
	return near.length > 0 ? near : people;
}

function saysNear(text: string, name: string, verb: string): boolean {
	for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
		const rest = text.slice(at + name.length, at + name.length + 60).split(/[。！？]/u)[0] ?? '';
		if (rest.includes(verb) || (verb === '致辞' && /致词|致.{0,3}辞/u.test(rest))) return true;
	}
	return false;
}
