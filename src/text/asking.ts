/** Words that ask, count or are polite, and name nothing that the issues could hold. */
const ASKING =
	/请问|请告诉我|告诉我|我想(?:知道|问)|想问一?下|帮我(?:查|看|找)(?:一?下)?|麻烦|谢谢|你好|您好|到底|究竟|具体|一共|总共|都有谁|有谁|是谁|谁|哪些人?|哪几[个位家名]?|哪[一两三几]?[位个家名天年月日所座处]|哪里|哪儿|什么时候|啥时候?|什么时间|啥时间|什么地方|啥地方|什么|多少|几[个名位人项次家场支号]|何时|何处|为什么|为何|为啥|怎么样?|怎样|如何|是不是|有没有|吗|呢|啊|吧|呀|啥|[？?！!。，,、；;：:]/gu;

/** What a question is about: the words that are left when those that ask are taken out. */
export function topicOf(text: string): string {
	return text.replace(ASKING, ' ').replace(/\s+/gu, ' ').trim();
}
