/** 会计, 会员 and 会展 are no meetings. */
const GATHERING = /会(?!计|员|展)|仪式|活动|大赛|论坛|调研|启动|开幕|讲座|培训/u;

/** Whether an article's headline tells of a meeting, a ceremony, a visit or another event that people came to. */
export function tellsOfGathering(headline: string): boolean {
	return GATHERING.test(headline);
}
