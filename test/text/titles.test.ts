import { describe, expect, it } from 'vitest';
import { partTitle } from '../../src/text/titles.js';

describe('a printed title', () => {
	it.each([
		['云州银行党委书记、董事长', '云州银行', '党委书记、董事长'],
		['云州市经济和信息化局副局长', '云州市经济和信息化局', '副局长'],
		['区委书记', null, '区委书记'],
		['云州区领导', '云州区', '领导'],
	])('%s', (printed, organisation, title) => {
		expect(partTitle(printed)).toEqual({ organisation, title });
	});
});
