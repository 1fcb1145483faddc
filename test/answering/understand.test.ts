import { describe, expect, it } from 'vitest';
import { personsIn, understand } from '../../src/answering/understand.js';
import { topicOf } from '../../src/text/asking.js';

const people = new Set(['周正平', '吴立新', '王芳']);

describe('the kind of a question', () => {
	it.each([
		['谁参加了云州区与东海银行的座谈会？', 'who'],
		['座谈会上来了哪些区领导？', 'who'],
		['座谈会是谁主持的？', 'chair'],
		['启动仪式上致辞的是谁？', 'speak'],
		['周正平是什么职务？', 'person'],
		['东海银行的行长是谁？', 'person'],
		['运动会什么时候开幕？', 'when'],
		['图书馆几号开始延时？', 'when'],
		['启动仪式在哪里举行？', 'where'],
		['展览展出多少幅作品？', 'howmany'],
		['运动会有哪些比赛项目？', 'list'],
		['大赛的主办单位是谁？', 'what'],
		['为什么推迟开馆？', 'why'],
		['怎样办理读者证？', 'how'],
		['周正平参加了哪些活动？', 'aggregate'],
		['哪些文章提到会展中心？', 'aggregate'],
		['座谈会上是谁通报的情况？', 'person'],
		['倡议书是谁念的？', 'person'],
		['小镇是谁出资建的？', 'what'],
		['王芳在哪个单位工作？', 'person'],
		['周正平和谁会谈？', 'person'],
		['区里去了谁，又和谁会谈？', 'who'],
		['报上登了什么？', 'aggregate'],
		['今天的新闻发布会有什么内容？', 'list'],
		['考察了哪俩地方？', 'list'],
		['检查组实地跑了哪些城市，报道里点了名的？', 'list'],
		['健康活动是谁主办的，几家单位？', 'list'],
		['代表球员致辞的是哪位？', 'person'],
		['媒体课请了哪几位嘉宾来？', 'who'],
		['研学活动是哪几位领导带队？', 'who'],
		['读书会请了哪几位专家辅导？', 'list'],
		['社工部统一领导哪个国家局？', 'what'],
		['跟着区长参加座谈会的那位政协领导是谁？', 'person'],
		['欢送会上有哪几所学校的负责人发言？', 'list'],
	])('%s → %s', (question, kind) => {
		expect(understand(question, people).kind).toBe(kind);
	});
});

describe('what a question names', () => {
	it('people of the index, none inside another', () => {
		expect(personsIn('周正平和王芳一起出席过什么？', people)).toEqual(['周正平', '王芳']);
	});

	it('banks, towns and quoted titles that the article must hold', () => {
		expect(understand('谁参加了与工商银行的座谈会？', people).insisted).toContain('工商银行');
		expect(understand('“墨香”展览在哪里？', people).insisted).toContain('墨香');
	});

	it('and what is left without the words that ask', () => {
		expect(topicOf('请问运动会在哪里举行？')).toBe('运动会在 举行');
	});
});

describe('names that a question insists on', () => {
	it('are no common words, and no counts in quotes', () => {
		expect(understand('云州农村供水会上提出哪“三早”？', people).insisted).not.toContain('三早');
		expect(understand('云州城乡供水怎么改？', people).insisted.some((word) => word.includes('城乡'))).toBe(false);
		expect(understand('“星火计划”是谁提出的？', people).insisted).toContain('星火计划');
		expect(understand('云州还有哪些好学校快建成了？', people).insisted).not.toContain('好学校');
	});
});
