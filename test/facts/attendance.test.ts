import { describe, expect, it } from 'vitest';
import { attendanceOf } from '../../src/facts/attendance.js';
import type { PartKind } from '../../src/newspaper/types.js';
import { mapPiece } from '../../src/text/mapped.js';

function read(...lines: readonly (string | readonly [PartKind, string])[]): ReturnType<typeof attendanceOf> {
	let at = 0;
	return attendanceOf({
		lines: lines.map((line) => {
			const [kind, text] = typeof line === 'string' ? (['paragraph', line] as const) : line;
			const mapped = mapPiece(text, at);
			at += text.length + 1;
			return { kind, text: mapped };
		}),
	});
}

const names = (found: ReturnType<typeof attendanceOf>, role = 'attend'): string[] =>
	found.people.filter((person) => person.roles.some((one) => one === role)).map((person) => person.name);

describe('who took part', () => {
	it.each([
		['各镇党委书记依次发言，接受区委书记周正平点评。', '区委书记'],
		['周正平在会上发言。该院院长周正平介绍情况。', '院长'],
		['吴立新、郑海波与云州银行行长周正平会谈。周正平致辞。', '行长'],
	])('leaves out of a title what leads up to it: %s', (line, title) => {
		expect(read(line).people.find((person) => person.name === '周正平' && person.title)?.title).toBe(title);
	});

	it('reads titles in front of names, several sides, one verb for a whole list', () => {
		const found = read(
			'区委书记周正平主持，云州银行党委书记、董事长吴立新，区委副书记、区长郑海波，云州银行行长王思远参加。',
		);
		expect(names(found)).toEqual(['周正平', '吴立新', '郑海波', '王思远']);
		expect(names(found, 'chair')).toEqual(['周正平']);
		expect(found.people[1]).toMatchObject({ title: '党委书记、董事长', organisation: '云州银行' });
	});

	it('gives one title to all names behind it', () => {
		const found = read('区领导侯文杰、秦小涛、吴波参加活动。');
		expect(names(found)).toEqual(['侯文杰', '秦小涛', '吴波']);
		expect(found.people.map((person) => person.title)).toEqual(['区领导', '区领导', '区领导']);
	});

	it('joins the run-together line with the full names of the text', () => {
		const found = read(
			['attendance', '周正平吴立新郑海波参加'],
			'区委书记周正平，云州银行董事长吴立新参加座谈。区长郑海波出席并致辞。',
		);
		expect(names(found)).toEqual(['周正平', '吴立新', '郑海波']);
		expect(names(found, 'speak')).toEqual(['郑海波']);
		expect(found.people[0]?.title).toBe('区委书记');
	});

	it('leaves out reporters, the absent and leaders whose words are studied', () => {
		const found = read(
			'本报讯（记者 陈小雨 通讯员 马明）会议学习习近平总书记重要讲话精神。副区长黄大伟因故未出席。区长郑海波讲话。',
		);
		expect(names(found)).toEqual(['郑海波']);
	});

	it('leaves out the makers of captions and footers', () => {
		expect(names(read(['caption', '区长郑海波参观展览。周明 摄'], ['footer', '责任编辑 王丽']))).toEqual([]);
	});

	it('knows a list that is left open', () => {
		expect(read('区长郑海波等领导出席活动。').listIsOpen).toBe(true);
		expect(read('区长郑海波、副区长黄大伟出席活动。').listIsOpen).toBe(false);
	});

	it('proves each name with the sentence that holds it', () => {
		const text = '会议昨日召开。区长郑海波出席。';
		const found = read(text);
		const [person] = found.people;
		expect(text.slice(person?.proof.start, person?.proof.end)).toBe('区长郑海波出席。');
		expect(text.slice(person?.start, person?.end)).toBe('郑海波');
	});

	it('reads names that no surname gives away, behind a title and in a list', () => {
		const found = read('州政府州长桑吉扎西、州委秘书长彭作为出席，副州长更登才让，局长钱和平参加。');
		expect(names(found)).toEqual(['桑吉扎西', '彭作为', '更登才让', '钱和平']);
	});

	it('takes a list without titles for people where they do something together', () => {
		expect(names(read('周正平、吴立新、钱高员等院士分别发言。'))).toEqual(['周正平', '吴立新', '钱高员']);
		expect(names(read('研讨会由文化、商务、宗教等部门分别发言。'))).toEqual([]);
	});

	it.each([
		'会议传达学习周正平总书记重要讲话精神。',
		'按照区委书记周正平部署安排，各街道值班。',
		'云州医院院长周正平被查。',
		'周正平同志任云州区委委员。',
		'董事周正平、吴立新因工作原因未出席会议。',
		'老院长周正平之子向学校赠书。',
	])('who is studied, ordered, dead or appointed is not there: %s', (text) => {
		expect(names(read(text))).toEqual([]);
	});

	it('lists beside a line of who was there only whom a sentence has there too', () => {
		const found = read(
			['attendance', '周正平吴立新参加'],
			'启动仪式在云州举行，区委书记周正平、东海银行董事长吴立新、行长王思远参加。',
			'在访期间，吴立新与县委书记郑海波就合作进行了交流。',
		);
		expect(names(found)).toEqual(['周正平', '吴立新', '王思远']);
		expect(found.people.map((person) => person.name)).toContain('郑海波');
	});
});
