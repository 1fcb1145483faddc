import type { Role } from './types.js';

const CHAIR = /主持(?!人|下|词)/u;
const SPEAK =
	/致辞|致词|致欢迎|讲话|发言|演讲|(?<![合工协操])作.{0,14}(?:报告|讲解|介绍|汇报|说明|点评|讲座|授课|动员|部署|辅导|表态|总结|交流|分享|宣讲)|表示|指出|强调|要求|介绍|认为|说[，：:“]|提出|宣布|宣读|通报|汇报|解读|授课|主讲|讲授|讲述|分享|寄语|勉励|希望|呼吁|回顾|传达|谈到|点评|讲解|透露|坦言|告诉|宣讲|总结/u;
const SIGN = /签署|签约|签订|共同签|代表.{0,20}签/u;
const ACCOMPANY = /^.{0,3}(?:陪同|随同|陪伴)/u;
const ATTEND =
	/出席|参加|列席|到场|参会|与会|到会|见证|座谈|会见|会谈|调研|视察|检查|走访|慰问|看望|考察|参观|来到|前往|赴|率|带领|带队|一行|揭牌|颁发|颁奖|授牌|授予|启动|点火|点燃|推杆|参与|莅临|主讲|观看|体验|巡视|督导|巡河|共同|为.{2,30}(?:揭|颁|授|剪彩|奠基)/u;
const ABSENT =
	/^[^。；]{0,12}(?:因工作原因|未出席|没有出席|未能出席)|^.{0,4}(?:因故|因病|因公|未能|未出席|没有出席|缺席|请假|委托)/u;
/** Whom the news is about without being there, or who is named as somebody's kin. */
const NOT_THERE =
	/^(?:同志)?(?:之[子女妻夫父母弟兄]|被查|被双开|涉嫌|落马|自杀|坠亡|逝世|去世|于.{0,12}(?:逝世|去世)|.{0,10}(?:身亡|自杀))/u;
/** Named for an office that somebody gets or loses, or for what was ordered, not for being there. */
const OFFICE_ONLY =
	/^(?:同志|女士|先生)?(?:被选为|当选为?|拟?任(?!务)|担任(?!.{0,12}(?:裁判|教练|评委|主持|领队|讲师|主讲))|曾任|兼任|转任)/u;
const ORDERED = /(?:按照|根据|经|受)[^，。]{0,30}$/u;
/** A leader whose words are studied, not who is there. */
const STUDIED_AFTER =
	/^(?:总书记)?(?:新时代|关于|重要|系列|在.{0,20}(?:重要讲话|讲话精神|指示)|同志为核心|.{0,8}(?:思想|论述|指示|批示|嘱托|回信|贺信|精神))/u;
const STUDIED_BEFORE =
	/(?:学习|贯彻|落实|领会|按照|遵循|牢记|根据|围绕|践行|宣传|沿着|以|把|坚持|在)(?:党的.{0,8}和)?[^，。]{0,8}$/u;

/** `…总书记重要讲话精神`: named with the office behind the name, as one is cited; present only where a verb of being there follows. */
const CITED_LEADER = /^(?:总书记|主席)/u;
const CITED_WORDS = /^(?:总书记|主席|总理)[^，。；]{2,40}(?:精神|指示|批示|论述)/u;
const PRESENT_LEADER = /出席|主持|参加|会见|会谈|抵达|致辞|举行|宴请|同.{2,12}(?:会|谈)|发表讲话|在.{2,10}考察/u;

/** What stands around a group of names that share one verb. */
export interface Surroundings {
	/** The clause in front of the first title or name. */
	readonly before: string;
	/** What follows the last name, up to the next group or the sentence's end. */
	readonly after: string;
	/** Whether titles or the length of the list show that these are people taking part. */
	readonly named: boolean;
}

/** The roles that a sentence gives to a group of names; empty when it does not have them take part. */
export function rolesOf({ before, after, named }: Surroundings): readonly Role[] {
	if (ABSENT.test(after)) return [];
	if (STUDIED_AFTER.test(after) && STUDIED_BEFORE.test(before)) return [];
	if (CITED_WORDS.test(after)) return [];
	if (CITED_LEADER.test(after) && !PRESENT_LEADER.test(after.slice(0, 24))) return [];
	if (ORDERED.test(before) && /^(?:的)?(?:部署|安排|指示|要求|批准|委托)/u.test(after)) return [];
	if (/(?:学习|贯彻|落实|领会)了?$/u.test(before) || NOT_THERE.test(after)) return [];
	const own = ownClauses(after);
	if (OFFICE_ONLY.test(own) && !ATTEND.test(own) && !SPEAK.test(own)) return [];
	const roles = new Set<Role>();
	if (/由$/u.test(before) && /^.{0,4}主持/u.test(own)) roles.add('chair');
	else if (CHAIR.test(own) && !/由.{0,30}主持|主持召开/u.test(own)) roles.add('chair');
	if (/^.{0,8}主持召开/u.test(own)) roles.add('chair');
	if (SPEAK.test(own) || /(?:主讲人?|宣讲人|演讲者|致辞人)(?:是|为|[：:])[^，。]*$/u.test(before)) roles.add('speak');
	if (SIGN.test(own)) roles.add('sign');
	if (ACCOMPANY.test(own) || (/在$/u.test(before) && /陪同下/u.test(own))) roles.add('accompany');
	if (roles.size > 0 || ATTEND.test(own) || named) roles.add('attend');
	const order: readonly Role[] = ['attend', 'chair', 'speak', 'sign', 'accompany'];
	return order.filter((role) => roles.has(role));
}

/** The clauses of which the names are still the subject: up to one that brings a subject of its own. */
function ownClauses(after: string): string {
	const clauses = after.split(/(?<=[，,；;])/u);
	let own = clauses[0] ?? '';
	for (const clause of clauses.slice(1)) {
		if (own.length > 80 || /^(?:会议|活动|仪式|大会|会上|会前|会后|记者|据悉|据介绍|由)/u.test(clause)) break;
		own += clause;
		if (/[。！？]/u.test(clause)) break;
	}
	return own;
}
