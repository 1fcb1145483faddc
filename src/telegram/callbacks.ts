/** What a button does when it is pressed. */
export type Press =
	| { readonly kind: 'quote'; readonly answer: string; readonly citation: number; readonly page: number | null }
	| { readonly kind: 'related'; readonly answer: string }
	| { readonly kind: 'vote'; readonly answer: string; readonly value: 1 | -1 }
	| { readonly kind: 'choice'; readonly answer: string; readonly choice: number }
	| { readonly kind: 'article'; readonly article: string; readonly page: number | null }
	| { readonly kind: 'issue'; readonly issue: string; readonly page: number }
	| { readonly kind: 'idle' };

const ANSWER = '([A-Za-z0-9_-]{8,16})';
const KEY = '([0-9a-f]{16})';
const PAGE = '(\\d{1,4}|n)';

/** Button data; 64 bytes at most, whatever is in it. A page of null opens a new message. */
export function dataOf(press: Press): string {
	const page = (n: number | null): string => (n === null ? 'n' : String(n));
	switch (press.kind) {
		case 'quote':
			return `q:${press.answer}:${press.citation}:${page(press.page)}`;
		case 'related':
			return `r:${press.answer}`;
		case 'vote':
			return `v:${press.answer}:${press.value > 0 ? '+' : '-'}`;
		case 'choice':
			return `c:${press.answer}:${press.choice}`;
		case 'article':
			return `a:${press.article}:${page(press.page)}`;
		case 'issue':
			return `i:${press.issue}:${press.page}`;
		case 'idle':
			return '-';
	}
}

/** What button data says, or null when it is none of ours: anybody can send anything. */
export function pressOf(data: string): Press | null {
	if (data === '-') return { kind: 'idle' };
	const read = (pattern: string): string[] | null => new RegExp(`^${pattern}$`, 'u').exec(data)?.slice(1) ?? null;
	const page = (text: string | undefined): number | null => (text === 'n' ? null : Number(text));
	const quote = read(`q:${ANSWER}:(\\d{1,3}):${PAGE}`);
	if (quote) return { kind: 'quote', answer: quote[0] ?? '', citation: Number(quote[1]), page: page(quote[2]) };
	const related = read(`r:${ANSWER}`);
	if (related) return { kind: 'related', answer: related[0] ?? '' };
	const vote = read(`v:${ANSWER}:([+-])`);
	if (vote) return { kind: 'vote', answer: vote[0] ?? '', value: vote[1] === '+' ? 1 : -1 };
	const choice = read(`c:${ANSWER}:(\\d{1,3})`);
	if (choice) return { kind: 'choice', answer: choice[0] ?? '', choice: Number(choice[1]) };
	const article = read(`a:${KEY}:${PAGE}`);
	if (article) return { kind: 'article', article: article[0] ?? '', page: page(article[1]) };
	const issue = read(`i:${KEY}:(\\d{1,4})`);
	if (issue) return { kind: 'issue', issue: issue[0] ?? '', page: Number(issue[1]) };
	return null;
}
