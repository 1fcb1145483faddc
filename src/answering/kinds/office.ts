import { fullTitle } from '../../facts/full-title.js';
import type { PersonFact } from '../../facts/types.js';
import { overlap } from '../../text/overlap.js';
import { ENDS_WITH_TITLE } from '../../text/titles.js';
import type { Candidate, Desk } from '../desk.js';
import { answered, CitationList, refused } from '../findings.js';
import { holds } from '../relevance.js';
import type { Finding, Query } from '../types.js';
import { described, itemOf } from './people.js';

/** The title that a question asks the holder of: `…的市检察院检察长是谁`. */
export function titleAsked(text: string): string | null {
	const before = /([\p{Script=Han}]{2,12}?)(?:是谁|叫什么|是哪|是啥)/u.exec(text)?.[1] ?? '';
	const asked = ENDS_WITH_TITLE.exec(before)?.[0];
	if (!asked) return null;
	return before.endsWith(`副${asked}`) ? `副${asked}` : asked;
}

const OFFICE = /(?:书记|[长]|主任|主席|经理|总裁|主委|政委|总统|总理|首相|大使)$/u;

/**
 * The holder of an office that the question names (`云州银行的行长是谁`): looked up in the facts, not read. A refusal
 * where nobody in the article holds it; null where no office is asked for.
 */
export function answerOfficeHolder(query: Query, candidate: Candidate, desk: Desk): Finding | null {
	const asked = titleAsked(query.text);
	if (!asked || !OFFICE.test(asked) || query.plural) return null;
	const office = officeAsked(query);
	const holders = candidate.article.facts.people.filter(
		(person) =>
			titleFit(fullTitle(person), asked) === 1 && isOfOffice(query, asked, person, candidate.article.headline),
	);
	const [holder] = holders;
	// 某局局长是谁 asks for the office alone; a holder described by deeds may be found by reading.
	if (!holder)
		return query.topic.length - (office?.length ?? 0) - asked.length <= 3
			? refused(desk, 'not_stated', candidate.article)
			: null;
	if (holders.length > 1) return null;
	const citations = new CitationList();
	const items = [itemOf(holder, candidate.article, citations)];
	return answered(desk.wording.say('span', { text: described(holder) }), items, citations.all);
}

/** How well a printed title answers to the one asked for: 副 must be asked for, and is never given for the chief. */
export function titleFit(title: string, asked: string): number {
	const parts = title.split(/[、兼]/u);
	if (parts.some((part) => part.endsWith(asked) && (asked.startsWith('副') || !part.endsWith(`副${asked}`)))) return 1;
	return title.includes(asked) ? -0.5 : 0;
}

/** The organisation whose office is asked for: `永安镇` in `永安镇的书记是谁`; null where the question names none. */
export function officeAsked(query: Query): string | null {
	const asked = titleAsked(query.text);
	if (!asked || !OFFICE.test(asked)) return null;
	const before = query.text.slice(0, query.text.indexOf(asked)).replace(/(?:的|新任?|现任|原|前任?)$/u, '');
	return query.insisted.find((word) => before.endsWith(word)) ?? null;
}

/**
 * Whether the person's printed office is of that organisation. `区长` is of whatever district is asked for, and in a report
 * whose headline names the place or the body `市长`, `密总统` and a bare `校长` are of that.
 */
export function belongs(person: PersonFact, office: string, headline: string): boolean {
	const title = fullTitle(person);
	if (holds(title, office)) return true;
	if (person.organisation !== null) return false;
	if (headline.includes(office) && ENDS_WITH_TITLE.exec(title)?.[0] === title) return true;
	const isOfPlace =
		headline.includes(office) &&
		!/(?:[省市区县镇乡村]|街道)$/u.test(office) &&
		(/^[省市区县镇乡]/u.test(title) || title.startsWith(office.charAt(0)));
	return title.startsWith(office.slice(-1)) || isOfPlace;
}

/** Whether a question for the holder of an office finds one: else the article does not say. */
export function holdsOffice(query: Query, person: PersonFact, headline: string): boolean {
	const asked = titleAsked(query.text);
	if (!asked || !OFFICE.test(asked)) return true;
	return fullTitle(person).includes(asked) && isOfOffice(query, asked, person, headline);
}

/** Whether a person's office is of the place and the body that the question names, where it names them. */
function isOfOffice(query: Query, asked: string, person: PersonFact, headline: string): boolean {
	const office = officeAsked(query);
	return (office === null || belongs(person, office, headline)) && isOfBody(query.text, asked, person);
}

/** A body right in front of the office that is asked for: `规划局` in `区规划局的局长`. */
const BODY_IN_FRONT =
	/(\p{Script=Han}{1,6}(?:局|公司|集团|银行|协会|联合会|大学|医院|学校|中学|小学|支队|法院|检察院))的?(?:现任|新任)?$/u;
/** How much of the body's name a title must share: bodies are seldom written out. */
const SAME_BODY = 0.3;

/** Whether a person's title is of the body whose office is asked for, or of none that it names. */
function isOfBody(question: string, asked: string, person: PersonFact): boolean {
	const body = BODY_IN_FRONT.exec(question.slice(0, question.indexOf(asked)))?.[1];
	if (!body) return true;
	const title = fullTitle(person);
	const isBare = person.organisation === null && title.split('、').includes(asked);
	return isBare || overlap(body, title) >= SAME_BODY;
}

/** The last characters of the body whose people are asked for: `川区` in `青川区领导`, `卫健局` in `县卫健局派谁去`. */
export function bodyAsked(text: string): string | null {
	return (
		/([\p{Script=Han}]{3})(?:方面)?(?:的)?(?:领导|负责人|干部|代表)(?!和|与|、)|([\p{Script=Han}]{3})派了?(?:谁|哪)/u
			.exec(text)
			?.slice(1)
			.find((body) => body !== undefined) ?? null
	);
}

/**
 * The one whom a body sent (`云州妇联派谁去了论坛`), or its only leader among those who took part: looked up, not read.
 * Null where no body is asked for, or none or several are of it.
 */
export function answerSentBy(query: Query, candidate: Candidate, desk: Desk): Finding | null {
	const body = bodyAsked(query.text);
	if (!body || query.plural) return null;
	const [sent, other] = candidate.article.facts.people.filter(
		(person) => person.roles.includes('attend') && fullTitle(person).includes(body),
	);
	if (!sent || other) return null;
	const citations = new CitationList();
	const items = [itemOf(sent, candidate.article, citations)];
	return answered(desk.wording.say('span', { text: described(sent) }), items, citations.all);
}
