/** Characters that hardly any text in traditional characters is without, and that no simplified text holds. */
const TRADITIONAL =
	/[誰參與會議開時間點區鎮鄉銀書長員報導幾個們這樣為請問說話單關於後從對應體學國業專門舉辦處號嗎麼裡裏還邊頭東車馬風電動無買賣讀寫聽見現場館園醫護師黨廳縣臺灣總經濟發產實務價錢萬億歲獎賽隊隻雙錄記訊題項類種層級線網絡環繞]/u;

/**
 * A question in simplified characters, as the issues are printed; as it is where it holds no traditional ones. The
 * tables are read when first needed: hardly any question needs them.
 */
export async function simplified(question: string): Promise<string> {
	if (!TRADITIONAL.test(question)) return question;
	const to = convert ?? (await import('opencc-js/t2cn')).Converter({ from: 't', to: 'cn' });
	convert = to;
	return to(question);
}

let convert: ((text: string) => string) | undefined;
