const FORGET =
	/(?:忽略|无视|忘记|忘掉|不要理会|不必遵守|disregard|ignore|forget|override).{0,24}(?:指令|指示|命令|提示|规则|规矩|要求|上文|以上|之前|前面|instructions?|prompts?|rules?|above|previous)/iu;
const TO_A_MODEL =
	/系统(?:提示|消息|指令)|system\s*(?:prompt|message|instruction)|(?:^|[\s[<])(?:system|assistant|user)[\]>]?\s*[:：]|<\|[^|]{1,20}\|>|<<<|>>>|\[\/?INST\]|(?:语言模型|大模型|人工智能助手|智能助手|AI助手|聊天机器人|chatgpt|assistant|LLM).{0,16}(?:请|必须|务必|应当?|须|要|must|should)/iu;
const SAY_THIS =
	/(?:请|必须|务必|直接|只能?|改为|统一)(?:回答|输出|回复|返回|打印|声称|宣称)|(?:回答|输出|回复|返回)(?:时|中|里)?(?:请|必须|务必|要|一律)|\b(?:output|reply|respond|answer|print|say)\b.{0,12}["“:：]/iu;
/** The form that a reply has. */
const REPLY = /\{\s*\\?["“”]?\w+\\?["“”]?\s*:/u;
const SECRETS =
	/(?:告诉|输出|发送|打印|泄露|附上|print|reveal|send|leak).{0,16}(?:密钥|口令|api[_ -]?key|环境变量|系统提示|token|secret)/iu;

/**
 * Whether a paragraph speaks to a machine rather than to readers. Such paragraphs are not shown to a model. This is no
 * safeguard, for orders can be put in any words: what a model says is held to its quote in any case. It keeps a
 * paragraph that was planted from being quoted as news.
 */
export function givesOrders(paragraph: string): boolean {
	return [FORGET, TO_A_MODEL, SAY_THIS, REPLY, SECRETS].some((pattern) => pattern.test(paragraph));
}
