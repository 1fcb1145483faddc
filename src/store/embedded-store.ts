import { tellsOfGathering } from '../facts/gathering.js';
import { resembles } from './resembling.js';
import { type Active, type Heading, MOST_NAMED, type Store, type StoredIssue } from './store.js';
import type { Snapshot, StoredArticle } from './types.js';

/** A generation in files of this machine as a store: everything is at hand, so each promise is kept already. */
export class EmbeddedStore implements Store {
	readonly counts: Snapshot['counts'];
	readonly newestDate: string | null;
	readonly #snapshot: Snapshot;
	#issues: readonly StoredIssue[] | undefined;
	#people: ReadonlySet<string> | undefined;

	constructor(snapshot: Snapshot) {
		this.#snapshot = snapshot;
		this.counts = snapshot.counts;
		this.newestDate = snapshot.newestDate;
	}

	issues(): readonly StoredIssue[] {
		this.#issues ??= issuesOf(this.#snapshot.headlines());
		return this.#issues;
	}

	async headings(issues: readonly StoredIssue[]): Promise<readonly Heading[]> {
		const all = this.#snapshot.headlines();
		return issues.flatMap(({ first, articles }) => all.slice(first, first + articles));
	}

	async article(number: number): Promise<StoredArticle> {
		return this.#snapshot.article(number);
	}

	async articles(numbers: readonly number[]): Promise<readonly StoredArticle[]> {
		return numbers.map((number) => this.#snapshot.article(number));
	}

	async articleAt(file: string, place: number): Promise<StoredArticle | null> {
		const issue = this.issues().find((one) => one.file === file);
		for (let n = 0; n < (issue?.articles ?? 0); n++) {
			const article = this.#snapshot.article((issue?.first ?? 0) + n);
			if (article.start <= place && place < article.end) return article;
		}
		return null;
	}

	async articlesNaming(person: string): Promise<readonly number[]> {
		return this.#snapshot.articlesNaming(person);
	}

	async articlesContaining(text: string): Promise<readonly number[]> {
		return this.#snapshot.articlesContaining(text);
	}

	async gatherings(issues: readonly StoredIssue[], holding: string | null): Promise<readonly number[]> {
		const within = holding === null ? null : new Set(this.#snapshot.articlesContaining(holding));
		return (await this.headings(issues))
			.filter(({ number, headline }) => tellsOfGathering(headline) && (within === null || within.has(number)))
			.map(({ number }) => number);
	}

	/** All of them: they are in memory, and looking one up costs nothing. */
	async peopleIn(): Promise<ReadonlySet<string>> {
		return this.people();
	}

	async peopleLike(name: string): Promise<readonly string[]> {
		return this.#snapshot.people().filter((other) => resembles(other, name));
	}

	async mostActive(): Promise<readonly Active[]> {
		const takesPart = (name: string, number: number): boolean =>
			this.#snapshot.article(number).facts.people.some((one) => one.name === name && one.roles.length > 0);
		const active = this.#mostNamed(MOST_NAMED).map(({ name, numbers }) => {
			const parts = numbers.filter((number) => takesPart(name, number));
			return { name, articles: parts.length, first: parts[0] ?? 0 };
		});
		const most = Math.max(1, ...active.map(({ articles }) => articles));
		return active.filter(({ articles }) => articles === most);
	}

	async mostNamed(): Promise<string | null> {
		return this.#mostNamed(1)[0]?.name ?? null;
	}

	#mostNamed(limit: number): readonly { readonly name: string; readonly numbers: readonly number[] }[] {
		return this.#snapshot
			.people()
			.map((name) => ({ name, numbers: this.#snapshot.articlesNaming(name) }))
			.sort((a, b) => b.numbers.length - a.numbers.length || (a.name < b.name ? -1 : 1))
			.slice(0, limit);
	}

	async people(): Promise<ReadonlySet<string>> {
		this.#people ??= new Set(this.#snapshot.people());
		return this.#people;
	}

	close(): void {
		this.#snapshot.close();
	}
}

/** Issues by the headings of their articles, which come in order. */
function issuesOf(headings: readonly Heading[]): readonly StoredIssue[] {
	const issues: { file: string; issueDate: string | null; first: number; articles: number }[] = [];
	for (const { number, file, issueDate } of headings) {
		const last = issues.at(-1);
		if (last?.file === file) last.articles++;
		else issues.push({ file, issueDate, first: number, articles: 1 });
	}
	return issues;
}
