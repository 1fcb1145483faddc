import { describe, expect, it } from 'vitest';
import { spanSaid } from '../../../src/answering/kinds/boundaries.js';
import { quantityBonus } from '../../../src/answering/kinds/quantities.js';
import { understand } from '../../../src/answering/understand.js';

function said(question: string, text: string, word: string): string {
	const start = text.indexOf(word);
	const { start: from, end } = spanSaid(understand(question, new Set()), text, { start, end: start + word.length });
	return text.slice(from, end);
}

describe('what is said of a span', () => {
	it.each([
		// Of two figures the one that counts what is asked for, or that tells of the change.
		['运动会设多少个小项？', '运动会设44个大项、1232个小项。', '44个大项、1232个小项', '1232个小项'],
		['人口比上年多了多少？', '人口37.1万人，比上年增加5.9万人。', '37.1万人，比上年增加5.9万人', '5.9万人'],
		['运动会有多少个大项和小项？', '运动会设44个大项、1232个小项。', '44个', '44个大项、1232个小项'],
		['运动会有多少个大项和小项？', '运动会设44个大项、1232个小项。', '1232个', '44个大项、1232个小项'],
		['门票和停车各多少钱？', '门票50元和停车费10元。', '50元和停车费10元', '50元和停车费10元'],
		['批捕和起诉了多少人？', '批准逮捕59人、提起公诉92人。', '59人、提起公诉92人', '59人、提起公诉92人'],
		['有多少人参赛？', '参赛人数达1.5万人次。', '达1.5万人次', '1.5万人次'],
		['来了多少家医院、多少位专家？', '共有47家医院56位专家参加。', '47家医院', '47家医院56位专家'],
		['大赛由谁主办？', '大赛由市科协指导，区政府、云州大学主办。', '市科协指导，区政府、云州大学', '区政府、云州大学'],
		['大赛由谁指导？', '大赛由市科协指导，区政府主办。', '市科协', '市科协'],
		['大赛是谁主办的？', '大赛由市科协指导，《云州报》联合云州银行共同主办。', '云州银行', '《云州报》联合云州银行'],
		['大赛是谁主办的？', '大赛由市科协、云州银行主办，区政府承办。', '市科协', '市科协、云州银行'],
		['大赛是谁主办的？', '大赛由市科协主办。', '市科协', '市科协'],
		// Both ends of a stretch of days.
		[
			'名单从哪天公示到哪天？',
			'公示期为2023年7月24日至2023年7月28日。',
			'2023年7月28日',
			'2023年7月24日至2023年7月28日',
		],
		// The thing that is asked for belongs to its name, and a work is its title.
		['参观了哪处旧居？', '师生参观了卢家旧居。', '卢家', '卢家旧居'],
		['参观了哪处旧居？', '师生参观了展览中心、卢家旧居。', '展览中心、卢家旧居', '卢家旧居'],
		['研究院设在哪座老楼里？', '研究院入驻云州工学院旧址。', '云州工学院', '云州工学院旧址'],
		// Marks that stand on both sides of a stretch that looks balanced.
		[
			'演了哪三个节目？',
			'上演《春潮》歌舞、《山路》朗诵、《灯》。',
			'春潮》歌舞、《山路》朗诵、《灯',
			'《春潮》歌舞、《山路》朗诵、《灯》',
		],
		['学校自查时对照哪份材料？', '各校对标《自查自纠50问》开展自查。', '对标《自查自纠50问》', '《自查自纠50问》'],
	])('%s → %s', (question, text, word, wanted) => {
		expect(said(question, text, word)).toBe(wanted);
	});
});

describe('a quantity', () => {
	it.each([
		['今年新成立了几家工作室？', '共有39家工作室，今年新增5家。', '5家', 3],
		['今年新成立了几家工作室？', '共有39家商会，今年新增5家。', '39家', 0],
		['来了多少支队伍？', '共有16支队伍参赛。', '16支', 3],
	])('gains by the words around it: %s', (question, text, word, bonus) => {
		const start = text.indexOf(word);
		expect(quantityBonus(understand(question, new Set()), text, { start, end: start + word.length })).toBe(bonus);
	});
});
