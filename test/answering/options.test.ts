import { describe, expect, it } from 'vitest';
import { namesNoOption } from '../../src/answering/options.js';
import { understand } from '../../src/answering/understand.js';

const people = new Set(['周正平', '吴立新', '郑海波']);

describe('a question that leaves a choice', () => {
	it.each([
		['周正平是男的还是女的？', '吴立新', true],
		['周正平是男的还是女的？', '女', false],
		['运动会在室内还是室外举行？', '室外体育场', false],
		['运动会在室内还是室外举行？', '5月', true],
		['周正平和吴立新谁官大？', '郑海波', true],
		['周正平和吴立新谁先发言？', '周正平', false],
		['周正平和谁一起参加了座谈会？', '郑海波', false],
		['座谈会谁主持？', '郑海波', false],
	])('%s %s: names neither is %s', (question, answer, neither) => {
		expect(namesNoOption(understand(question, people), answer)).toBe(neither);
	});
});
