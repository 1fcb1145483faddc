import type { App } from '../app.js';
import { issuesOf } from './articles.js';
import { issueListing } from './messages/lists.js';
import { messagesTo } from './messages/send.js';
import type { Outbox } from './outbox.js';
import type { Ledger, Outgoing } from './store/ledger.js';
import type { People } from './store/people.js';
import type { Say } from './wording.js';

/** What a refresh gives: what changed, or null where nothing could be written. */
export type Refreshed = Awaited<ReturnType<App['refresh']>>;

/** Headlines of at most so many new issues are sent at once: a whole archive that is copied in is not news. */
const ANNOUNCED_AT_ONCE = 3;

/** Brings the index up to date, one run at a time, and tells those who subscribed what is new. */
export class Refresher {
	#last: Promise<unknown> = Promise.resolve();

	constructor(
		private readonly parts: {
			readonly app: App;
			readonly people: People;
			readonly ledger: Ledger;
			readonly outbox: Outbox;
			readonly say: Say;
		},
	) {}

	refresh(): Promise<Refreshed> {
		const run = this.#last.then(async () => {
			const report = await this.parts.app.refresh();
			await this.announce();
			return report;
		});
		this.#last = run.catch(() => undefined);
		return run;
	}

	/** Sends the headlines of issues that were not announced yet. */
	async announce(): Promise<void> {
		const { app, people, ledger, outbox, say } = this.parts;
		const issues = issuesOf(app.snapshot);
		const fresh = new Set(people.newIssues(issues.map((issue) => issue.file)));
		const news = issues.filter((issue) => fresh.has(issue.file)).slice(0, ANNOUNCED_AT_ONCE);
		const outgoing: Outgoing[] = [];
		for (const chat of people.subscribers())
			for (const issue of [...news].reverse()) {
				const listing = await issueListing(app.snapshot, issue.key, 0, say);
				const head = say('announce', { date: issue.issueDate ?? issue.file, count: issue.articles });
				if (!listing) continue;
				// The list begins with a head of its own; the announcement takes its place.
				const [, ...lines] = listing.rich.text.split('\n');
				const rich = {
					text: [head, ...lines].join('\n'),
					entities: [{ type: 'bold' as const, offset: 0, length: head.length }],
				};
				const place = { chat, thread: null, user: chat, replyTo: null, request: 'announce' };
				outgoing.push(...messagesTo(place, rich, listing.markup));
			}
		outbox.add(ledger.close(null, outgoing, Date.now()));
	}
}
